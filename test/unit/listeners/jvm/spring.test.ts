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
