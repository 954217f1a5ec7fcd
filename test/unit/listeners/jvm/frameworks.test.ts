import { describe } from "node:test";
import { check, type PredictionCase } from "../../../support/predict.ts";

/** A Maven project in /app with these dependencies, `group:artifact`. */
function maven(
	dependencies: readonly string[],
	files: Readonly<Record<string, string>>,
	more: Partial<PredictionCase> = {},
): PredictionCase {
	const written = dependencies.map(
		(one) => `<dependency><groupId>${one.split(":")[0]}</groupId><artifactId>${one.split(":")[1]}</artifactId></dependency>`,
	);
	return {
		builds: ["mvn package"],
		...more,
		files: { "pom.xml": `<project><dependencies>${written.join("")}</dependencies></project>`, ...files },
	};
}

const RUN = "java -jar /app/target/app.jar";

describe("Quarkus", () => {
	const quarkus = ["io.quarkus:quarkus-rest"];
	check("default", "java -jar /app/target/quarkus-app/quarkus-run.jar", maven(quarkus, {}, { listens: ["0.0.0.0:8080 convention"] }));
	check(
		"application.properties",
		RUN,
		maven(quarkus, { "src/main/resources/application.properties": "quarkus.http.port=8081" }, { listens: ["0.0.0.0:8081 certain"] }),
	);
	check(
		"the profile wins",
		RUN,
		maven(
			quarkus,
			{ "src/main/resources/application.properties": "quarkus.http.port=1\n%dev.quarkus.http.port=2\n%prod.quarkus.http.port=8082" },
			{ listens: ["0.0.0.0:8082 certain"] },
		),
	);
	check("QUARKUS_HTTP_PORT", RUN, maven(quarkus, {}, { environment: { QUARKUS_HTTP_PORT: "8083" }, listens: ["0.0.0.0:8083 certain"] }));
	check(
		"-D and an address",
		"java -Dquarkus.http.host=127.0.0.1 -Dquarkus.http.port=8084 -jar /app/target/app.jar",
		maven(quarkus, {}, { listens: ["127.0.0.1:8084 certain"] }),
	);
	check(
		"a native executable",
		"/app/target/app-runner -Dquarkus.http.host=0.0.0.0",
		maven(quarkus, {}, { listens: ["0.0.0.0:8080 convention"] }),
	);
	check(
		"the start script of Red Hat's images",
		"/opt/jboss/container/java/run/run-java.sh",
		maven(
			quarkus,
			{},
			{
				environment: { JAVA_APP_JAR: "/app/target/quarkus-app/quarkus-run.jar", JAVA_OPTS_APPEND: "-Dquarkus.http.port=8085" },
				listens: ["0.0.0.0:8085 certain"],
			},
		),
	);
	check("in development", "mvn quarkus:dev", maven(quarkus, {}, { listens: ["127.0.0.1:8080 convention"] }));
	check("an MCP server over HTTP", RUN, maven(["io.quarkiverse.mcp:quarkus-mcp-server-sse"], {}, { listens: ["0.0.0.0:8080 convention"] }));
	check(
		"an MCP server over standard input",
		RUN,
		maven(["io.quarkus:quarkus-arc", "io.quarkiverse.mcp:quarkus-mcp-server-stdio"], {}, { gaps: ["no web server among the extensions"] }),
	);
	check(
		"no HTTP extension",
		RUN,
		maven(["io.quarkus:quarkus-arc", "io.quarkus:quarkus-rest-client"], {}, { gaps: ["no web server among the extensions"] }),
	);
});

describe("Micronaut", () => {
	const micronaut = ["io.micronaut:micronaut-http-server-netty"];
	check("default", RUN, maven(micronaut, {}, { listens: ["[::]:8080 convention"] }));
	check(
		"application.yml",
		RUN,
		maven(
			micronaut,
			{ "src/main/resources/application.yml": "micronaut:\n  server:\n    port: 8086\n" },
			{ listens: ["[::]:8086 certain"] },
		),
	);
	check(
		"MICRONAUT_SERVER_PORT",
		RUN,
		maven(micronaut, {}, { environment: { MICRONAUT_SERVER_PORT: "8087" }, listens: ["[::]:8087 certain"] }),
	);
	check("only a client", RUN, maven(["io.micronaut:micronaut-http-client"], {}, { gaps: ["no web server among the dependencies"] }));
});

describe("Helidon", () => {
	check(
		"microprofile-config.properties",
		RUN,
		maven(
			["io.helidon.microprofile.bundles:helidon-microprofile"],
			{ "src/main/resources/META-INF/microprofile-config.properties": "server.port=8088\nserver.host=0.0.0.0" },
			{ listens: ["0.0.0.0:8088 certain"] },
		),
	);
});

describe("Dropwizard", () => {
	const dropwizard = ["io.dropwizard:dropwizard-core"];
	check("default", `${RUN} server`, maven(dropwizard, {}, { listens: ["[::]:8080 convention", "[::]:8081 convention"] }));
	check(
		"connectors",
		`${RUN} server config.yml`,
		maven(
			dropwizard,
			{
				"config.yml":
					"server:\n  applicationConnectors:\n    - type: http\n      port: ${PORT:-9000}\n  adminConnectors:\n    - type: http\n      port: 9001\n      bindHost: localhost\n",
			},
			{ listens: ["[::]:9000 default PORT", "127.0.0.1:9001 certain"] },
		),
	);
	check(
		"a simple server",
		`${RUN} server config.yml`,
		maven(
			dropwizard,
			{ "config.yml": "server:\n  type: simple\n  connector:\n    type: http\n    port: 9002\n" },
			{ listens: ["[::]:9002 certain"] },
		),
	);
	check("another subcommand", `${RUN} db migrate config.yml`, maven(dropwizard, {}));
});

describe("Play", () => {
	const sbt = {
		builds: ["sbt stage"],
		files: { "build.sbt": 'lazy val root = (project in file(".")).enablePlugins(PlayScala)', "conf/application.conf": "" },
	};
	check("default", "/app/target/universal/stage/bin/app", { ...sbt, listens: ["[::]:9000 convention"] });
	check("-Dhttp.port", "/app/target/universal/stage/bin/app -Dhttp.port=9003", { ...sbt, listens: ["[::]:9003 certain"] });
	check("application.conf", "/app/target/universal/stage/bin/app", {
		...sbt,
		files: { ...sbt.files, "conf/application.conf": "play.server {\n  http.port = 9004\n}\n" },
		listens: ["[::]:9004 certain"],
	});
});

describe("Ktor", () => {
	const gradle = (text: string) => ({
		"build.gradle.kts": `plugins { id("io.ktor.plugin") }\napplication { mainClass.set("${text}") }\ndependencies { \n implementation("io.ktor:ktor-server-netty")\n}`,
	});
	const built = { builds: ["gradle shadowJar"] };
	const run = "java -jar /app/build/libs/app-all.jar";
	check("application.conf", run, {
		...built,
		files: {
			...gradle("io.ktor.server.netty.EngineMain"),
			"src/main/resources/application.conf": "ktor {\n  deployment {\n    port = 8089\n    port = ${?PORT}\n  }\n}",
		},
		listens: ["0.0.0.0:8089 default PORT"],
	});
	check("application.yaml", run, {
		...built,
		files: {
			...gradle("io.ktor.server.netty.EngineMain"),
			"src/main/resources/application.yaml": 'ktor:\n  deployment:\n    port: "$PORT:8090"\n',
		},
		listens: ["0.0.0.0:8090 default PORT"],
	});
	const main = (text: string) => ({
		...gradle("com.acme.MainKt"),
		"src/main/kotlin/com/acme/Main.kt": `package com.acme\nimport io.ktor.server.engine.*\n${text}`,
	});
	check("embeddedServer", run, {
		...built,
		files: main('fun main() { embeddedServer(Netty, port = 8091, host = "127.0.0.1") { }.start(wait = true) }'),
		listens: ["127.0.0.1:8091 certain"],
	});
	check("a variable", run, {
		...built,
		files: main('val port = System.getenv("PORT")?.toInt() ?: 8092\nfun main() { embeddedServer(Netty, port) { }.start(wait = true) }'),
		listens: ["0.0.0.0:8092 default PORT"],
	});
	check("what is not followed", run, {
		...built,
		files: main("fun main() { embeddedServer(Netty, port = pick()) { }.start(wait = true) }"),
		gaps: ["pick() is not followed"],
	});
});
