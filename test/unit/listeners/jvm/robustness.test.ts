import assert from "node:assert/strict";
import { test } from "node:test";
import { predict } from "../../../support/predict.ts";

const POM =
	"<project><properties><mainClass>A</mainClass></properties><dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>";
const SDK = '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>';

/** Texts that no one writes. */
const ODD: Readonly<Record<string, string>> = {
	empty: "",
	zeros: "\0".repeat(1_000),
	"comments that never end": "/* ".repeat(300),
	"tags that never end": "<dependency>".repeat(300),
	brackets: "(".repeat(5_000),
	"nested calls": `class A { static void main(String[] a) { ${"f(".repeat(3_000)}${")".repeat(3_000)}; } }`,
	"nested maps": "a: {".repeat(5_000),
	aliases: `a: &a [x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [*a, *a]`).join("\n")}\n`,
	placeholders: `server.port=${"${".repeat(300)}\na=\${b}\nb=\${a}\nserver.address=\${a}`,
	json: '{"Kestrel":'.repeat(300),
	long: `embeddedServer(Netty, ${"a,".repeat(300)}`,
};

for (const [name, text] of Object.entries(ODD))
	test(`${name}: an answer without a port, soon`, async () => {
		const java = { "src/main/java/A.java": text, "src/main/kotlin/A.kt": `import io.ktor.server\n${text}` };
		const cases = [
			predict(["java", "-jar", "/app/target/a.jar"], { builds: ["mvn package"], files: { "pom.xml": text, ...java } }),
			predict(["java", "-jar", "/app/target/a.jar"], {
				builds: ["mvn package"],
				files: { "pom.xml": POM.replace("spring-boot-starter-web", "x"), ...java },
			}),
			predict(["java", "-jar", "/app/build/a.jar"], { builds: ["gradle build"], files: { "build.gradle": text, "settings.gradle": text } }),
			predict(["dotnet", "A.dll"], { builds: ["dotnet publish"], files: { "A.csproj": text, "Program.cs": text } }),
			predict(["catalina.sh", "run"], { files: { "/usr/local/tomcat/conf/server.xml": text } }),
		];
		for (const prediction of await Promise.all(cases)) assert.deepEqual(prediction.listeners, []);
		const settings = { "src/main/resources/application.yml": text, "src/main/resources/application.properties": text };
		await predict(["java", "-jar", "/app/target/a.jar"], { builds: ["mvn package"], files: { "pom.xml": POM, ...settings } });
		await predict(["dotnet", "A.dll"], {
			builds: ["dotnet publish"],
			files: { "A.csproj": SDK, "Program.cs": `WebApplication.Create();${text}`, "appsettings.json": text },
		});
	});
