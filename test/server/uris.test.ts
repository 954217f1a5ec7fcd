import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { startLanguageServer } from "../support/languageServer.ts";

// Editors escape different characters of a URI; Node's own `pathToFileURL` leaves more of them alone than VS Code does.
let folder = "";
before(async () => {
	folder = path.join(await mkdtemp(path.join(tmpdir(), "portlight-uris-")), "a+b (c)@d");
	await mkdir(path.join(folder, "docker"), { recursive: true });
	await write(80);
});
after(() => rm(path.dirname(folder), { recursive: true, force: true }));

const DOCKERFILE = "FROM python\nCOPY app.py /\nCMD python /app.py\n";

function program(port: number): string {
	return `from flask import Flask\nFlask('x').run('0.0.0.0', ${port})\n`;
}

async function write(port: number): Promise<void> {
	await writeFile(path.join(folder, "app.py"), program(port));
}

function uri(name: string): string {
	return pathToFileURL(path.join(folder, name)).href;
}

test("files are the same however the editor spells their URIs", async () => {
	const server = await startLanguageServer(folder);
	const dockerfile = uri("docker/Dockerfile");
	const app = uri("app.py");
	assert.match(app, /a\+b%20\(c\)@d/);
	server.open(dockerfile, DOCKERFILE);
	assert.deepEqual(await server.labels(dockerfile), ["3 ⇢ 80/tcp  app.py:2  not exposed"], "the context is looked for in the root");

	server.open(app, program(81), "python");
	assert.deepEqual(await server.labels(dockerfile), ["3 ⇢ 81/tcp  app.py:2  not exposed"], "unsaved text counts");
	server.change(app, 2, [{ text: program(82) }]);
	assert.deepEqual(await server.labels(dockerfile), ["3 ⇢ 82/tcp  app.py:2  not exposed"]);
	server.close(app);
	assert.deepEqual(await server.labels(dockerfile), ["3 ⇢ 80/tcp  app.py:2  not exposed"]);

	await write(83);
	server.changedOnDisk(app);
	assert.deepEqual(await server.labels(dockerfile), ["3 ⇢ 83/tcp  app.py:2  not exposed"], "changes on disk are noticed");

	const [action] = await server.actions(dockerfile);
	assert.deepEqual(Object.keys(action?.edit?.changes ?? {}), [dockerfile], "edits speak of the editor's own URI");
	assert.equal(await server.stop(), 0);
	assert.equal(server.errors(), "");
});

test("a workspace that is the whole disk", { timeout: 20_000 }, async () => {
	const server = await startLanguageServer("/");
	server.open(uri("Dockerfile"), DOCKERFILE.replace("COPY app.py", "COPY missing.txt app.py"));
	assert.match((await server.labels(uri("Dockerfile"))).join(), /^3 ⇢ \d+\/tcp {2}app\.py:2 {2}not exposed$/);
	assert.equal(await server.stop(), 0);
});

test("what is no URI is left alone, and the server lives on", async () => {
	for (const capabilities of [{}, { textDocument: { diagnostic: {} } }]) {
		const server = await startLanguageServer(folder, "stdio", capabilities);
		for (const odd of ["file:////two/slashes/Dockerfile", "a b:c/Dockerfile", "", "Dockerfile"]) {
			server.open(odd, "FROM httpd\n");
			await server.hints(odd);
			server.change(odd, 2, [{ text: "FROM nginx\n" }]);
			server.close(odd);
		}
		server.open(uri("Dockerfile"), "FROM httpd\n");
		assert.deepEqual(await server.labels(uri("Dockerfile")), ["1 ⇢ 80/tcp  from the image · exposes 80/tcp"]);
		assert.equal(await server.stop(), 0);
		assert.equal(server.errors(), "");
	}
});
