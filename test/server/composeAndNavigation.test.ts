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
	"compose.yaml": "services:\n  web:\n    build: web\n    ports:\n      - 8080:80\n",
};

describe("compose files and ways between files", () => {
	let folder = "";
	let server: LanguageServer;
	const uri = (name: string) => pathToFileURL(path.join(folder, name)).href;

	before(async () => {
		folder = await mkdtemp(path.join(tmpdir(), "portlight-compose-"));
		for (const [name, text] of Object.entries(texts)) {
			await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
			await writeFile(path.join(folder, name), text);
		}
		server = await startLanguageServer(folder, "stdio");
		server.open(uri("web/Dockerfile"), texts["web/Dockerfile"]);
		server.open(uri("compose.yaml"), texts["compose.yaml"], "yaml");
	});
	after(async () => {
		assert.equal(await server.stop(), 0);
		assert.equal(server.errors(), "");
		await rm(folder, { recursive: true });
	});

	test("hints and findings of a compose file, whatever language it has", async () => {
		assert.deepEqual(await server.labels(uri("compose.yaml")), ["2 ⇢ 5000/tcp  app.py:2", "5 → web listens on 5000/tcp, not 80"]);
		const report = await server.diagnostics(uri("compose.yaml"));
		assert.ok(report.kind === "full");
		assert.deepEqual(
			report.items.map(({ code, message }) => [code, message]),
			[["publishes-silence", "8080:80 publishes 80/tcp of web, but web listens on 5000/tcp"]],
		);
	});

	test("an unsaved Dockerfile counts for the compose file that builds it", async () => {
		const changed = 'FROM python:3.12\nEXPOSE 80\nCMD ["python", "-m", "http.server", "80"]\n';
		server.change(uri("web/Dockerfile"), 2, [{ text: changed }]);
		assert.deepEqual(await server.labels(uri("compose.yaml")), ["2 ⇢ 80/tcp", "5 ✓ python -m http.server"]);
		server.change(uri("web/Dockerfile"), 3, [{ text: texts["web/Dockerfile"] }]);
	});

	test("definition, references and rename", async () => {
		const position = { line: 2, character: 8 };
		const textDocument = { uri: uri("web/Dockerfile") };
		const place = { start: { line: 1, character: 26 }, end: { line: 1, character: 30 } };
		assert.deepEqual(await server.connection.sendRequest("textDocument/definition", { textDocument, position }), [
			{ uri: uri("web/app.py"), range: place },
		]);
		const all = await server.connection.sendRequest<{ uri: string }[]>("textDocument/references", {
			textDocument,
			position,
			context: { includeDeclaration: true },
		});
		assert.deepEqual(
			all.map((one) => one.uri),
			[uri("web/app.py"), uri("web/Dockerfile")],
		);
		assert.deepEqual(await server.connection.sendRequest("textDocument/prepareRename", { textDocument, position }), {
			range: { start: { line: 2, character: 7 }, end: { line: 2, character: 11 } },
			placeholder: "5000",
		});
		const edit = await server.connection.sendRequest<{ changes: Record<string, unknown[]> }>("textDocument/rename", {
			textDocument,
			position,
			newName: "5001",
		});
		assert.deepEqual(Object.keys(edit.changes).sort(), [uri("web/Dockerfile"), uri("web/app.py")]);
		await assert.rejects(
			server.connection.sendRequest("textDocument/rename", { textDocument, position, newName: "99999" }),
			/from 1 to 65535/,
		);
		await assert.rejects(
			server.connection.sendRequest("textDocument/prepareRename", { textDocument, position: { line: 0, character: 2 } }),
			/no port here/,
		);
	});

	test("references the other way, from the line that listens, in files that are open or not", async () => {
		const ask = async () => {
			const found = await server.connection.sendRequest<{ uri: string; range: { start: { line: number } } }[]>("textDocument/references", {
				textDocument: { uri: uri("web/app.py") },
				position: { line: 1, character: 27 },
				context: { includeDeclaration: false },
			});
			return found.map((one) => `${one.uri.slice(uri("").length + 1)}:${one.range.start.line + 1}`).sort();
		};
		const published = texts["compose.yaml"].replace("8080:80", "8080:5000");
		server.change(uri("compose.yaml"), 2, [{ text: published }]);
		const everywhere = ["compose.yaml:5", "web/Dockerfile:3"];
		assert.deepEqual(await ask(), everywhere);
		await writeFile(path.join(folder, "compose.yaml"), published);
		server.changedOnDisk(uri("compose.yaml"));
		server.close(uri("compose.yaml"));
		assert.deepEqual(await ask(), everywhere);
		server.open(uri("compose.yaml"), texts["compose.yaml"], "yaml");
	});

	test("completion inside EXPOSE offers what listens", async () => {
		server.change(uri("web/Dockerfile"), 4, [{ text: texts["web/Dockerfile"].replace("EXPOSE 5000", "EXPOSE ") }]);
		const items = await server.connection.sendRequest<{ label: string; detail: string }[]>("textDocument/completion", {
			textDocument: { uri: uri("web/Dockerfile") },
			position: { line: 2, character: 7 },
		});
		assert.deepEqual(
			items.map(({ label, detail }) => [label, detail]),
			[["5000", "app.py:2"]],
		);
	});
});
