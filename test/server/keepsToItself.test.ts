import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import { CONTAINERS_REQUEST } from "../../server/src/protocol.ts";
import { startLanguageServer } from "../support/languageServer.ts";

const TRAP = pathToFileURL(path.join(import.meta.dirname, "../support/trap.mjs")).href;

const DOCKERFILE = 'FROM node:22\nWORKDIR /app\nCOPY . .\nADD https://example.com/a.tar.gz /a\nCMD ["node", "server.js"]\n';
const FILES = {
	Dockerfile: DOCKERFILE,
	"server.js": 'const { port } = require("./config");\nrequire("express")().listen(port);\nfetch("https://example.com");\n',
	"config.js": "exports.port = 4321;\n",
	"compose.yaml": "services:\n  web:\n    build: .\n    ports: ['80:4321']\n",
};

async function startTrapped(t: TestContext, cache?: string) {
	const home = await mkdtemp(path.join(tmpdir(), "portlight-alone-"));
	const folder = path.join(home, "ws");
	for (const name of ["ws", "tmp"]) await mkdir(path.join(home, name));
	for (const [name, text] of Object.entries(FILES)) await writeFile(path.join(folder, name), text);
	const socket = `unix://${home}/no.sock`;
	const env = {
		...process.env,
		HOME: home,
		TMPDIR: path.join(home, "tmp"),
		XDG_CACHE_HOME: cache ?? path.join(home, ".cache"),
		DOCKER_HOST: socket,
	};
	const server = await startLanguageServer(folder, "ipc", undefined, { env, flags: ["--import", TRAP] });
	t.after(() => server.process.kill());
	return { home, server, uri: (name: string) => pathToFileURL(path.join(folder, name)).href };
}

/** What stands there, without the compiled code of the server itself, which Node keeps in the user's cache. */
async function snapshot(folder: string): Promise<readonly string[]> {
	const names = (await readdir(folder, { recursive: true })).filter((name) => !/^\.cache($|\/portlight($|\/code))/.test(name));
	return Promise.all(names.sort().map(async (name) => `${name} ${(await stat(path.join(folder, name))).mtimeMs}`));
}

test("the analysis asks nobody on the network, starts no program and writes nothing to the disk but its own compiled code", async (t) => {
	const { home, server, uri } = await startTrapped(t);
	const before = await snapshot(home);
	server.open(uri("Dockerfile"), DOCKERFILE);
	server.open(uri("compose.yaml"), FILES["compose.yaml"], "yaml");
	assert.match((await server.labels(uri("Dockerfile"))).join(), /4321\/tcp/);
	await server.diagnostics(uri("Dockerfile"));
	await server.hover(uri("Dockerfile"), 4);
	await server.actions(uri("Dockerfile"));
	assert.ok((await server.labels(uri("compose.yaml"))).length > 0);
	assert.doesNotMatch(server.errors(), /TRAPPED/);
	await server.stop();
	assert.deepEqual(await snapshot(home), before);
});

test("a disk that takes nothing any more disturbs nothing", { skip: process.platform === "linux" ? false : "no /dev/full" }, async (t) => {
	const { server, uri } = await startTrapped(t, "/dev/full");
	server.open(uri("Dockerfile"), DOCKERFILE);
	assert.match((await server.labels(uri("Dockerfile"))).join(), /4321\/tcp/);
	assert.equal(await server.stop(), 0);
	assert.equal(server.errors(), "");
});

test("the engine is connected to when somebody asks for containers, and nothing else is", async (t) => {
	const { home, server } = await startTrapped(t);
	const before = await snapshot(home);
	await server.connection.sendRequest(CONTAINERS_REQUEST);
	assert.deepEqual([...new Set(server.errors().match(/TRAPPED \w+/g))], ["TRAPPED connect"]);
	await server.stop();
	assert.deepEqual(await snapshot(home), before);
});

test("two windows on one folder say the same, and neither disturbs the other", async (t) => {
	const { home, server, uri } = await startTrapped(t);
	const other = await startLanguageServer(path.join(home, "ws"), "ipc");
	t.after(() => other.process.kill());
	for (const one of [server, other]) one.open(uri("Dockerfile"), DOCKERFILE);
	assert.deepEqual(await server.labels(uri("Dockerfile")), await other.labels(uri("Dockerfile")));
	// What one of them edits and has not saved is its own.
	server.change(uri("Dockerfile"), 2, [{ text: "FROM redis:7\n" }]);
	assert.match((await server.labels(uri("Dockerfile"))).join(), /6379/);
	assert.match((await other.labels(uri("Dockerfile"))).join(), /4321/);
	assert.equal(await server.stop(), 0);
	assert.match((await other.labels(uri("Dockerfile"))).join(), /4321/);
});

test("a compose file of one folder of the workspace may build from another one", async (t) => {
	const { home, server, uri } = await startTrapped(t);
	await mkdir(path.join(home, "deploy"));
	const compose = "services:\n  web:\n    build: ../ws\n    ports: ['80:4321']\n";
	await writeFile(path.join(home, "deploy", "compose.yaml"), compose);
	const added = { uri: pathToFileURL(path.join(home, "deploy")).href, name: "deploy" };
	const own = { uri: uri("").replace(/\/$/, ""), name: "ws" };
	server.connection.onRequest("workspace/workspaceFolders", () => [own, added]);
	void server.connection.sendNotification("workspace/didChangeWorkspaceFolders", { event: { added: [added], removed: [] } });
	server.open(`${added.uri}/compose.yaml`, compose, "yaml");
	assert.match((await server.labels(`${added.uri}/compose.yaml`)).join(), /4321/);
});

test("a document without a disk behind it gets the hints that need none", async (t) => {
	const { server } = await startTrapped(t);
	const uri = "vscode-vfs://github/owner/repo/Dockerfile";
	server.open(uri, "FROM redis:7\nEXPOSE 6379\nCOPY a.conf /\n");
	assert.match((await server.labels(uri)).join("\n"), /^2 ✓/m);
	const program = "vscode-vfs://github/owner/other/Dockerfile";
	server.open(program, DOCKERFILE);
	assert.match((await server.labels(program)).join("\n"), /ports unknown/);
});
