import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { type LanguageServer, startLanguageServer } from "../support/languageServer.ts";

const texts = {
	"web/Dockerfile": 'FROM python:3.12\nCOPY app.py /\nEXPOSE 5000\nCMD ["python", "/app.py"]\n',
	"web/app.py": "from flask import Flask\nFlask('x').run('0.0.0.0', 5000)\n",
	".devcontainer/devcontainer.json": '{\n\t"build": { "dockerfile": "../web/Dockerfile" },\n\t"forwardPorts": [5000]\n}\n',
	"k8s/web.yaml":
		"apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: web\n      image: web\n      ports:\n        - containerPort: 80\n",
};

describe("files that lead to containers", () => {
	let folder = "";
	let server: LanguageServer;
	const uri = (name: string) => pathToFileURL(path.join(folder, name)).href;

	before(async () => {
		folder = await mkdtemp(path.join(tmpdir(), "portlight-manifests-"));
		for (const [name, text] of Object.entries(texts)) {
			await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
			await writeFile(path.join(folder, name), text);
		}
		server = await startLanguageServer(folder, "stdio");
	});
	after(async () => {
		assert.equal(await server.stop(), 0);
		assert.equal(server.errors(), "");
		await rm(folder, { recursive: true });
	});

	const devContainer = ".devcontainer/devcontainer.json";

	test("a dev container file: hints, the table, the way to the line that listens, and no findings", async () => {
		server.open(uri(devContainer), texts[devContainer], "jsonc");
		assert.deepEqual(await server.labels(uri(devContainer)), ["3 ⇢ app.py:2  once started"]);
		const textDocument = { uri: uri(devContainer) };
		const position = { line: 2, character: 19 };
		const hover = await server.connection.sendRequest<{ contents: { value: string } }>("textDocument/hover", { textDocument, position });
		assert.match(hover.contents.value, /\| 5000\/tcp \| yes: \[app\\?\.py:2\]/);
		const places = await server.connection.sendRequest<{ uri: string }[]>("textDocument/definition", { textDocument, position });
		assert.deepEqual(
			places.map((one) => one.uri),
			[uri("web/app.py")],
		);
		const report = await server.diagnostics(uri(devContainer));
		assert.deepEqual(report.kind === "full" && report.items, []);
	});

	test("an unsaved program counts for it", async () => {
		server.open(uri("web/app.py"), texts["web/app.py"].replace("5000", "5001"), "python");
		assert.deepEqual(await server.labels(uri(devContainer)), ["3 ? the image's command would listen on 5001/tcp"]);
		server.close(uri("web/app.py"));
		assert.deepEqual(await server.labels(uri(devContainer)), ["3 ⇢ app.py:2  once started"]);
	});

	test("a manifest: hints and no findings, which follow the Dockerfile", async () => {
		server.open(uri("k8s/web.yaml"), texts["k8s/web.yaml"], "yaml");
		assert.deepEqual(await server.labels(uri("k8s/web.yaml")), ["6 ⇢ 5000/tcp  app.py:2", "8 → web listens on 5000/tcp, not 80"]);
		const report = await server.diagnostics(uri("k8s/web.yaml"));
		assert.deepEqual(report.kind === "full" && report.items, []);
		server.open(uri("web/Dockerfile"), "FROM nginx:1.27\n");
		assert.deepEqual(await server.labels(uri("k8s/web.yaml")), ["6 ⇢ 80/tcp  from the image", "8 ✓ from the image"]);
		server.close(uri("web/Dockerfile"));
	});

	test("references from a YAML file that holds a program's configuration", async () => {
		const settings = "server:\n  port: 9090\n";
		const position = { line: 1, character: 10 };
		await mkdir(path.join(folder, "spring/src/main/resources"), { recursive: true });
		const files = {
			"spring/Dockerfile": "FROM eclipse-temurin:21\nCOPY target/app.jar /app.jar\nEXPOSE 9090\nCMD java -jar /app.jar\n",
			"spring/pom.xml":
				"<project><artifactId>app</artifactId><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>\n",
			"spring/src/main/resources/application.yml": settings,
		};
		for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
		server.open(uri("spring/Dockerfile"), files["spring/Dockerfile"]);
		server.open(uri("spring/src/main/resources/application.yml"), settings, "yaml");
		assert.deepEqual(await server.labels(uri("spring/Dockerfile")), ["3 ✓ pom.xml:1", "4 ⇢ 9090/tcp  pom.xml:1"]);
		const found = await server.connection.sendRequest<{ uri: string }[]>("textDocument/references", {
			textDocument: { uri: uri("spring/src/main/resources/application.yml") },
			position,
			context: { includeDeclaration: false },
		});
		assert.deepEqual(
			found.map((one) => one.uri),
			[uri("spring/Dockerfile")],
		);
	});

	for (const [name, text] of [
		["broken", texts["k8s/web.yaml"].replace("containers:", "containers: [")],
		["no manifest", "a: 1\n"],
		["large", `${texts["k8s/web.yaml"]}${"# more\n".repeat(800_000)}`],
		["a circle", "apiVersion: v1\nkind: List\nitems: &a\n  - *a\n  - apiVersion: v1\n    kind: List\n    items: *a\n"],
		["a template", "apiVersion: v1\nkind: Pod\n{{- if .Values.x }}\nspec: {}\n{{- end }}\n"],
		["binary", "kind: Pod\u0000\u0001"],
	] as const) {
		test(`a YAML file that is ${name}`, async () => {
			const one = uri(`k8s/${name}.yaml`);
			server.open(one, text, "yaml");
			const labels = await server.labels(one);
			if (name !== "broken") assert.deepEqual(labels, []);
			server.close(one);
		});
	}

	for (const [name, text] of [
		["broken", '{ "build": { "dockerfile": "Dockerfile" }, "forwardPorts": [5000, '],
		["empty", ""],
		["no object", "[1]"],
		["deep", `{ "forwardPorts": ${"[".repeat(100_000)}`],
		["large", `{ "image": "x", "forwardPorts": [${"1000, ".repeat(800_000)}] }`],
		["binary", "\u0000\u0001{"],
	] as const) {
		test(`a dev container file that is ${name}`, async () => {
			const one = uri(`${name}/.devcontainer.json`);
			server.open(one, text, "jsonc");
			assert.ok(Array.isArray(await server.labels(one)));
			server.close(one);
		});
	}
});
