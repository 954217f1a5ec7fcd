import assert from "node:assert/strict";
import { test } from "node:test";
import { describeListener } from "../../../../server/src/verdict/describe.ts";
import { analyseFiles } from "../../../support/analysis.ts";

const module = {
	"services/orders/Dockerfile": 'FROM eclipse-temurin:21\nCOPY target/orders-1.0.jar /app/\nCMD ["java", "-jar", "/app/orders-1.0.jar"]',
	"services/orders/pom.xml":
		"<project><parent><artifactId>services</artifactId></parent><artifactId>orders</artifactId><build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build></project>",
	"services/orders/src/main/resources/application.yml": "server:\n  port: 8081\n",
};
const web =
	"<dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies>";

async function listens(files: Record<string, string>): Promise<string[]> {
	const { target } = await analyseFiles({ ...module, ...files }, { path: "services/orders/Dockerfile" });
	return [...(target?.listeners ?? []).map(describeListener), ...(target?.gaps ?? []).map((gap) => `? ${gap.reason}`)];
}

test("a module that is built alone inherits from the project above the build context", async () => {
	const parent = `<project><artifactId>services</artifactId>${web}<modules><module>orders</module></modules></project>`;
	assert.deepEqual(await listens({ "services/pom.xml": parent }), ["8081/tcp"]);
});

test("and from the one above that", async () => {
	const files = {
		"services/pom.xml": "<project><parent><artifactId>all</artifactId></parent><artifactId>services</artifactId></project>",
		"pom.xml": `<project><artifactId>all</artifactId>${web}</project>`,
	};
	assert.deepEqual(await listens(files), ["8081/tcp"]);
	assert.deepEqual(await listens({ "services/pom.xml": "<project/>", "pom.xml": files["pom.xml"] }), [
		"? no web server among the dependencies",
	]);
});
