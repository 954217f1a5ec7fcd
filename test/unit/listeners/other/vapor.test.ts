import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

describe("Vapor", () => {
	const builds = ["swift build -c release"];
	const configure = (text: string) => ({
		"Sources/App/configure.swift": `import Vapor\npublic func configure(_ app: Application) throws {\n${text}\n}\n`,
	});
	check("with flags", "/app/App serve --env production --hostname 0.0.0.0 --port 8080", { builds, listens: ["0.0.0.0:8080 certain"] });
	check("defaults", "./App serve", { builds, listens: ["127.0.0.1:8080 convention"] });
	check("another program that serves", "/app/App serve", { gaps: ["nothing is known about App"] });
	check("its configuration", "/app/App serve", {
		builds,
		files: configure('  app.http.server.configuration.hostname = "0.0.0.0"\n  app.http.server.configuration.port = 8081 // 1'),
		listens: ["0.0.0.0:8081 certain"],
	});
	check("its configuration, with the environment", "/app/App serve --hostname 0.0.0.0", {
		builds,
		files: configure('  app.http.server.configuration.port = Environment.get("PORT").flatMap(Int.init) ?? 8082'),
		listens: ["0.0.0.0:8082 default PORT"],
	});
	check("flags win", "/app/App serve --hostname 0.0.0.0 --port 8083", {
		builds,
		files: configure("  app.http.server.configuration.port = 1"),
		listens: ["0.0.0.0:8083 certain"],
	});
	check("a client's configuration", "/app/App serve", {
		builds,
		files: configure("  app.http.client.configuration.port = 1"),
		listens: ["127.0.0.1:8080 convention"],
	});
	check("a configuration that is not plain", "/app/App serve", {
		builds,
		files: configure("  app.http.server.configuration = settings()"),
		gaps: ["the server's configuration in configure.swift is not followed"],
	});
});
