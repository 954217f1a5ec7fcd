import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { CancellationTokenSource, InlayHintRequest, LSPErrorCodes, type ResponseError } from "vscode-languageserver-protocol/node";
import { type LanguageServer, startLanguageServer } from "../support/languageServer.ts";

const LARGE = "FROM python\nCOPY large /app\nWORKDIR /app\nCMD python main.py\n";
const SMALL = "FROM redis\n";
const everything = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };

let server: LanguageServer;
let folder: string;
const uri = (name: string) => pathToFileURL(path.join(folder, name)).href;

before(async () => {
	folder = await mkdtemp(path.join(tmpdir(), "portlight-large-"));
	// Before the server looks: nobody tells it of files that come later.
	for (const name of ["large", "second", "third"]) await writeProgram(name);
	server = await startLanguageServer(folder);
});
after(async () => {
	assert.equal(await server.stop(), 0);
	assert.equal(server.errors(), "");
	await rm(folder, { recursive: true, force: true });
});

/** Of each program. */
const MODULES = 60;

/** A program of many modules, none of which the server has read before. */
async function writeProgram(name: string): Promise<void> {
	await mkdir(path.join(folder, name));
	const modules = Array.from({ length: MODULES }, (_, i) => `module_${i}`);
	const body = Array.from({ length: 300 }, (_, i) => `def function_${i}(value):\n    return [value + ${i}, {"${name}": value}]\n`).join("");
	await Promise.all(modules.map((one, i) => writeFile(path.join(folder, name, `${one}.py`), `# ${i}\n${body}`)));
	const main = `${modules.map((one) => `import ${one}\n`).join("")}from flask import Flask\nFlask("x").run("0.0.0.0", 8123)\n`;
	await writeFile(path.join(folder, name, "main.py"), main);
}

test("a small Dockerfile is answered while a large program is evaluated", async () => {
	server.open(uri("Dockerfile"), LARGE);
	server.open(uri("small.dockerfile"), SMALL);
	const order: string[] = [];
	const large = server.labels(uri("Dockerfile")).then((labels) => {
		order.push("large");
		return labels;
	});
	await server.labels(uri("small.dockerfile"));
	order.push("small");
	assert.deepEqual(await large, [`4 ⇢ 8123/tcp  main.py:${MODULES + 2}  not exposed`]);
	assert.deepEqual(order, ["small", "large"]);
});

test("a cancelled request is answered at once, and the others get their answer", async () => {
	server.change(uri("Dockerfile"), 2, [{ text: LARGE.replace("large", "second") }]);
	const order: string[] = [];
	const report = server.diagnostics(uri("Dockerfile")).then(() => order.push("answered"));
	const source = new CancellationTokenSource();
	const hints = server.connection.sendRequest(
		InlayHintRequest.type,
		{ textDocument: { uri: uri("Dockerfile") }, range: everything },
		source.token,
	);
	source.cancel();
	const error = await hints.then(
		() => undefined,
		(error: ResponseError) => error,
	);
	assert.equal(error?.code, LSPErrorCodes.RequestCancelled);
	order.push("cancelled");
	await report;
	assert.deepEqual(order, ["cancelled", "answered"]);
});

test("an edit ends what is computed of the text before it", async () => {
	server.change(uri("Dockerfile"), 3, [{ text: LARGE.replace("large", "third") }]);
	const outdated = server.labels(uri("Dockerfile")).then(
		() => undefined,
		(error: ResponseError) => error,
	);
	server.change(uri("Dockerfile"), 4, [{ text: SMALL }]);
	const [error, labels] = await Promise.all([outdated, server.labels(uri("Dockerfile"))]);
	assert.equal(error?.code, LSPErrorCodes.ContentModified);
	assert.deepEqual(labels, ["1 ⇢ 6379/tcp  from the image · exposes 6379/tcp"]);
});
