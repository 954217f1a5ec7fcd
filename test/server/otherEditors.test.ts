import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { PublishDiagnosticsNotification, type PublishDiagnosticsParams, ResponseError } from "vscode-languageserver-protocol/node";
import { copyOfExamples, type LanguageServer, startLanguageServer } from "../support/languageServer.ts";

// An editor that knows one root, pulls no diagnostics, registers nothing and watches no files.
let server: LanguageServer;
let examples: Awaited<ReturnType<typeof copyOfExamples>>;
const published: PublishDiagnosticsParams[] = [];
let arrived: () => void = () => {};

before(async () => {
	examples = await copyOfExamples();
	server = await startLanguageServer(examples.folder, "stdio", {});
	server.connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
		published.push(params);
		arrived();
	});
});
after(async () => {
	assert.equal(await server.stop(), 0);
	assert.equal(server.errors(), "");
	await examples.remove();
});

/** The codes that are published for the next version of a document. */
async function next(): Promise<unknown[]> {
	if (published.length === 0) await new Promise<void>((resolve) => (arrived = resolve));
	return published.shift()?.diagnostics.map((one) => one.code) ?? [];
}

test("diagnostics are sent when they are not pulled, and taken back when the document closes", async () => {
	assert.equal(server.capabilities.diagnosticProvider, undefined);
	const uri = examples.uri("flask/Dockerfile");
	const text = await readFile(path.join(examples.folder, "flask/Dockerfile"), "utf8");
	server.open(uri, text);
	assert.deepEqual(await next(), ["not-exposed"]);
	server.change(uri, 2, [{ text: text.replace("CMD", "EXPOSE 8080\nCMD") }]);
	assert.deepEqual(await next(), ["nothing-listens", "not-exposed"]);
	server.close(uri);
	assert.deepEqual(await next(), []);
});

test("a Dockerfile by name, whatever the editor calls its language", async () => {
	const uri = examples.uri("flask/Containerfile");
	server.open(uri, "FROM httpd\n", "plaintext");
	assert.deepEqual(await server.labels(uri), ["1 ⇢ 80/tcp  from the image · exposes 80/tcp"]);
	assert.deepEqual(await next(), []);
});

test("files are read again when nobody tells that they change", async () => {
	const uri = examples.uri("flask/Dockerfile");
	server.open(uri, "FROM python\nADD . .\nCMD python app.py\n");
	const app = path.join(examples.folder, "flask/app.py");
	await writeFile(app, "from flask import Flask\nFlask('x').run('0.0.0.0', 81)\n");
	assert.deepEqual(await server.labels(uri), ["3 ⇢ 81/tcp  app.py:2  not exposed"]);
	await writeFile(app, "from flask import Flask\nFlask('x').run('0.0.0.0', 82)\n");
	assert.deepEqual(await server.labels(uri), ["3 ⇢ 82/tcp  app.py:2  not exposed"]);
});

test("an editor that refuses what it said it could do is served all the same", async () => {
	const refusing = await startLanguageServer(examples.folder, "stdio", {
		workspace: {
			configuration: true,
			didChangeConfiguration: { dynamicRegistration: true },
			didChangeWatchedFiles: { dynamicRegistration: true },
		},
		textDocument: { diagnostic: {}, synchronization: { dynamicRegistration: true } },
	});
	for (const method of ["client/registerCapability", "workspace/configuration"])
		refusing.connection.onRequest(method, () => new ResponseError(-32603, "not today"));
	const uri = examples.uri("flask/Dockerfile");
	refusing.open(uri, "FROM python\nADD . .\nCMD python app.py\n");
	await writeFile(path.join(examples.folder, "flask/app.py"), "from flask import Flask\nFlask('x').run('0.0.0.0', 83)\n");
	assert.deepEqual(await refusing.labels(uri), ["3 ⇢ 83/tcp  app.py:2  not exposed"]);
	// Nobody watches files for the server, although the editor announced it.
	await writeFile(path.join(examples.folder, "flask/app.py"), "from flask import Flask\nFlask('x').run('0.0.0.0', 84)\n");
	assert.deepEqual(await refusing.labels(uri), ["3 ⇢ 84/tcp  app.py:2  not exposed"]);
	await refusing.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
	const report = await refusing.diagnostics(uri);
	assert.ok(report.kind === "full");
	assert.equal(report.items[0]?.code, "not-exposed");
	assert.equal(await refusing.stop(), 0);
	assert.equal(refusing.errors(), "");
});
