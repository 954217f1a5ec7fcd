import { describe } from "node:test";
import { check, type PredictionCase } from "../../../support/predict.ts";

const pom = (...artifacts: string[]) =>
	`<project><artifactId>api</artifactId><dependencies>${artifacts.map((one) => `<dependency><groupId>org.springframework.boot</groupId><artifactId>${one}</artifactId></dependency>`).join("")}</dependencies></project>`;
const WEB = pom("spring-boot-starter-web", "spring-boot-starter-actuator");
const APP = "/app/target/api.jar";

function boot(settings: Readonly<Record<string, string>>, more: Partial<PredictionCase> = {}): PredictionCase {
	const resources = Object.fromEntries(Object.entries(settings).map(([name, text]) => [`src/main/resources/${name}`, text]));
	return { builds: ["./mvnw package"], ...more, files: { "pom.xml": WEB, ...resources, ...more.files } };
}

describe("Spring Boot", () => {
	check("default", `java -jar ${APP}`, boot({}, { listens: ["[::]:8080 convention"], evidence: ["Dockerfile:10", "pom.xml:1"] }));
	check(
		"application.properties",
		`java -jar ${APP}`,
		boot(
			{ "application.properties": "server.port=8081" },
			{ listens: ["[::]:8081 certain"], evidence: ["Dockerfile:10", "pom.xml:1", "application.properties:1"] },
		),
	);
	check(
		"application.yml with an address",
		`java -jar ${APP}`,
		boot({ "application.yml": "server:\n  port: 8082\n  address: 127.0.0.1\n" }, { listens: ["127.0.0.1:8082 certain"] }),
	);
	check(
		"a placeholder",
		`java -jar ${APP}`,
		boot({ "application.yml": "server:\n  port: ${PORT:8083}\n" }, { listens: ["[::]:8083 default PORT"] }),
	);
	check(
		"a placeholder that the image sets",
		`java -jar ${APP}`,
		boot({ "application.yml": "server:\n  port: ${PORT:8083}\n" }, { environment: { PORT: "8084" }, listens: ["[::]:8084 certain"] }),
	);
	check(
		"a placeholder without a default",
		`java -jar ${APP}`,
		boot({ "application.yml": "server:\n  port: ${PORT}\n" }, { gaps: ["PORT is not set"] }),
	);
	check(
		"SERVER_PORT wins over files",
		`java -jar ${APP}`,
		boot({ "application.properties": "server.port=8081" }, { environment: { SERVER_PORT: "8085" }, listens: ["[::]:8085 certain"] }),
	);
	check(
		"-D wins over variables",
		`java -Dserver.port=8086 -jar ${APP}`,
		boot({}, { environment: { SERVER_PORT: "8085" }, listens: ["[::]:8086 certain"] }),
	);
	check("options behind -jar", `java -jar -Dserver.port=8089 ${APP}`, boot({}, { listens: ["[::]:8089 certain"] }));
	check("arguments win over all", `java -Dserver.port=8086 -jar ${APP} --server.port=8087`, boot({}, { listens: ["[::]:8087 certain"] }));
	check(
		"JAVA_TOOL_OPTIONS",
		`java -jar ${APP}`,
		boot({}, { environment: { JAVA_TOOL_OPTIONS: "-Xmx1g -Dserver.port=8088" }, listens: ["[::]:8088 certain"] }),
	);
	check(
		"SPRING_APPLICATION_JSON",
		`java -jar ${APP}`,
		boot({}, { environment: { SPRING_APPLICATION_JSON: '{"server":{"port":8089}}' }, listens: ["[::]:8089 certain"] }),
	);
	check(
		"a profile",
		`java -jar ${APP}`,
		boot(
			{
				"application.properties": "server.port=1",
				"application-prod.properties": "server.port=8090",
				"application-dev.properties": "server.port=2",
			},
			{ environment: { SPRING_PROFILES_ACTIVE: "prod" }, listens: ["[::]:8090 certain"] },
		),
	);
	check(
		"a profile's document",
		`java -jar ${APP} --spring.profiles.active=prod`,
		boot(
			{ "application.yml": "server.port: 1\n---\nspring.config.activate.on-profile: prod\nserver.port: 8091\n" },
			{ listens: ["[::]:8091 certain"] },
		),
	);
	check(
		"a document of another profile",
		`java -jar ${APP}`,
		boot(
			{ "application.yml": "server.port: 8092\n---\nspring.config.activate.on-profile: prod\nserver.port: 1\n" },
			{ listens: ["[::]:8092 certain"] },
		),
	);
	check(
		"management",
		`java -jar ${APP}`,
		boot({ "application.properties": "management.server.port=9001" }, { listens: ["[::]:8080 convention", "[::]:9001 certain"] }),
	);
	check(
		"a class of the unpacked jar",
		"java -cp /app/target/classes:/app/lib/* com.acme.Application",
		boot({}, { listens: ["[::]:8080 convention"] }),
	);
	check("the launcher", "java org.springframework.boot.loader.launch.JarLauncher", boot({}, { listens: ["[::]:8080 convention"] }));
	check("mvn spring-boot:run", "mvn spring-boot:run", boot({}, { builds: [], listens: ["[::]:8080 convention"] }));
	check("Gradle", "java -jar /app/build/libs/api.jar", {
		builds: ["gradle bootJar"],
		files: {
			"build.gradle":
				"plugins { id 'org.springframework.boot' version '3.2.0' }\ndependencies {\n  implementation 'org.springframework.boot:spring-boot-starter-web'\n}",
		},
		listens: ["[::]:8080 convention"],
	});
	check("a version catalog", "java -jar /app/build/libs/api.jar", {
		builds: ["./gradlew build"],
		files: {
			"build.gradle.kts":
				"plugins { alias(libs.plugins.spring.boot) }\ndependencies {\n  implementation(libs.spring.boot.starter.webflux)\n}",
		},
		listens: ["[::]:8080 convention"],
	});
	check("a module of a Maven build", "java -jar /app/api/target/api-1.0.jar", {
		builds: ["mvn package"],
		files: {
			"pom.xml": "<project><artifactId>all</artifactId><modules><module>api</module><module>worker</module></modules></project>",
			"api/pom.xml": WEB,
			"worker/pom.xml": pom("spring-boot-starter-batch"),
			"api/src/main/resources/application.properties": "server.port=8093",
		},
		listens: ["[::]:8093 certain"],
	});
	check(
		"gRPC beside it",
		`java -jar ${APP}`,
		boot(
			{},
			{
				files: {
					"pom.xml": WEB.replace(
						"</dependencies>",
						"<dependency><groupId>net.devh</groupId><artifactId>grpc-server-spring-boot-starter</artifactId></dependency></dependencies>",
					),
				},
				listens: ["[::]:9090 convention", "[::]:8080 convention"],
			},
		),
	);
	check("web-application-type none", `java -jar ${APP}`, boot({ "application.properties": "spring.main.web-application-type=none" }));
	check(
		"no web starter",
		`java -jar ${APP}`,
		boot({}, { files: { "pom.xml": pom("spring-boot-starter-amqp") }, gaps: ["no web server among the dependencies"] }),
	);
	check(
		"a web starter for tests only",
		`java -jar ${APP}`,
		boot(
			{},
			{
				files: {
					"pom.xml": pom("spring-boot-starter").replace(
						"</dependencies>",
						"<dependency><artifactId>spring-boot-starter-web</artifactId><scope>test</scope></dependency></dependencies>",
					),
				},
				gaps: ["no web server among the dependencies"],
			},
		),
	);
	check("a jar from nowhere", "java -jar other.jar", { gaps: ["the project of other.jar is not found"] });
});

describe("Spring Boot: where settings come from", () => {
	const main = (body: string) => ({
		"src/main/java/com/acme/Application.java": `package com.acme;\n@SpringBootApplication\npublic class Application {\npublic static void main(String[] args) {\n${body}\n}\n}`,
	});
	const run = `java -jar ${APP}`;
	check(
		"default properties of the main class",
		run,
		boot({}, { files: main('app.setDefaultProperties(Collections.singletonMap("server.port", "8091"));'), listens: ["[::]:8091 certain"] }),
	);
	check(
		"a file wins over default properties",
		run,
		boot(
			{ "application.properties": "server.port=8081" },
			{ files: main('builder.properties("server.port=8091");'), listens: ["[::]:8081 certain"] },
		),
	);
	check(
		"a system property of the main class wins over a file",
		run,
		boot(
			{ "application.properties": "server.port=8081" },
			{ files: main('System.setProperty("server.port", "8092");'), listens: ["[::]:8092 certain"] },
		),
	);
	check(
		"a system property that is computed",
		run,
		boot({}, { files: main('System.setProperty("server.port", choose());'), gaps: ["server.port is set in the source"] }),
	);
	check(
		"a look-up with a default sets nothing",
		run,
		boot({}, { files: main('log(env.getProperty("server.port", "9999"));'), listens: ["[::]:8080 convention"] }),
	);
	check(
		"spring.config.name in the main class",
		run,
		boot(
			{ "acme.yml": "server:\n  port: 8093\n" },
			{ files: main('builder.properties("spring.config.name=acme");'), listens: ["[::]:8093 certain"] },
		),
	);
	check(
		"spring.config.name on the command line",
		`java -Dspring.config.name=acme -jar ${APP}`,
		boot({ "acme.properties": "server.port=8094", "application.properties": "server.port=1" }, { listens: ["[::]:8094 certain"] }),
	);
	const filtered = (properties: string) =>
		WEB.replace(
			"</project>",
			`<profiles><profile><activation><activeByDefault>true</activeByDefault></activation>${properties}</profile></profiles></project>`,
		);
	const PROFILES = {
		"application.yml": "spring:\n  profiles:\n    active: @stage@\n",
		"application-dev.yml": "server:\n  port: 8095\n",
		"application-prod.yml": "server:\n  port: 8096\n",
	};
	check(
		"a profile that Maven fills in",
		run,
		boot(PROFILES, { files: { "pom.xml": filtered("<properties><stage>prod</stage></properties>") }, listens: ["[::]:8096 certain"] }),
	);
	check("a profile that nobody knows", run, boot(PROFILES, { gaps: ["stage is filled in by the build"] }));
	check(
		"profiles that agree",
		run,
		boot({ ...PROFILES, "application-dev.yml": "server:\n  port: 8096\n" }, { listens: ["[::]:8096 certain"] }),
	);
	check(
		"profiles that are included",
		run,
		boot(
			{ "application.yml": "spring:\n  profiles:\n    include: web\n", "application-web.yml": "server:\n  port: 8097\n" },
			{ listens: ["[::]:8097 certain"] },
		),
	);
	const CLOUD = { "pom.xml": pom("spring-boot-starter-web", "spring-cloud-starter-config") };
	check(
		"a configuration server",
		run,
		boot(
			{ "bootstrap.yml": "spring:\n  cloud:\n    config:\n      uri: http://config:8888\n" },
			{ files: CLOUD, gaps: ["the port comes from a configuration server"] },
		),
	);
	check(
		"an import from a configuration server over a port",
		run,
		boot(
			{ "application.yml": "server:\n  port: 8098\nspring:\n  config:\n    import: 'configserver:http://config:8888'\n" },
			{ files: CLOUD, listens: ["[::]:8098 default spring.cloud.config"] },
		),
	);
	check(
		"an import that is optional",
		run,
		boot(
			{ "application.yml": "spring:\n  config:\n    import: 'optional:configserver:'\n" },
			{ files: CLOUD, listens: ["[::]:8080 convention"] },
		),
	);
});
