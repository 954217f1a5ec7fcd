import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

describe("archives that their makers built", () => {
	check("Jenkins", "java -jar /usr/share/jenkins/jenkins.war", { listens: ["[::]:8080 convention"] });
	check("Jenkins elsewhere", "java -jar jenkins.war --httpPort=8081", { listens: ["[::]:8081 certain"] });
	check("WireMock by its class", "java -cp /lib/wiremock.jar:/extensions/* wiremock.Run --port 8081", { listens: ["[::]:8081 certain"] });
	check("a class that nobody knows", "java -cp /lib/wiremock.jar other.Run", { gaps: ["the project of Run is not found"] });
	check("a runner beside a project", "java -jar target/jetty-runner.jar target/shop.war", {
		files: { "pom.xml": "<project><artifactId>shop</artifactId></project>" },
		builds: ["mvn package"],
		listens: ["[::]:8080 convention"],
	});
	check("SonarQube by a property", "java -Dsonar.web.port=9001 -jar lib/sonarqube.jar", { listens: ["[::]:9001 certain"] });
	check("SonarQube's search node", "java -jar lib/sonarqube.jar", {
		environment: { SONAR_CLUSTER_NODE_TYPE: "search" },
		gaps: ["the project of sonarqube.jar is not found"],
	});
	check("DynamoDB", "java -jar DynamoDBLocal.jar -inMemory -port 8001", { listens: ["[::]:8001 certain"] });
	check("Selenium as a client", "java -jar selenium-server-4.20.jar --version", {
		gaps: ["the project of selenium-server-4.20.jar is not found"],
	});
	check("Metabase by a variable", "java -jar /app/metabase.jar", {
		environment: { MB_JETTY_PORT: "3001" },
		listens: ["[::]:3001 certain"],
	});
	check("another archive", "java -jar tool.jar", { gaps: ["the project of tool.jar is not found"] });
});

describe("Minecraft", () => {
	check("by default", "java -Xmx2G -jar paper-1.21.jar --nogui", { listens: ["[::]:25565 convention"] });
	check("server.properties", "java -jar server.jar", {
		files: { "server.properties": "server-port=25570\nenable-rcon=true\nrcon.port=25580\nenable-query=true\nserver-ip=\n" },
		listens: ["[::]:25570 certain", "[::]:25580 certain", "[::]:25565/udp convention"],
	});
	check("Paper by its name alone", "java -jar paper-1.21.jar", { listens: ["[::]:25565 convention"] });
	check("BungeeCord", "java -jar BungeeCord.jar", { listens: ["[::]:25577 convention"] });
	check("any server.jar", "java -jar server.jar", { gaps: ["the project of server.jar is not found"] });
});
