import assert from "node:assert/strict";
import { chmod, mkdtemp, rename, rm } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { dockerEngine } from "../../../server/src/engine/docker.ts";
import type { Engine, EngineEvent, EngineProblem } from "../../../server/src/engine/engine.ts";
import { engineHandler, type Listening, serve, serveSockets } from "../../support/engine/fakeEngine.ts";

const folder = await mkdtemp(path.join(tmpdir(), "portlight-engine-"));
const cleanUp: (() => unknown)[] = [() => rm(folder, { recursive: true })];
after(async () => {
	for (const step of cleanUp.reverse()) await step();
});

/** Milliseconds; short, because one of the fake engines never answers. */
const TIMEOUT = 400;

function open(endpoint: string): Engine {
	const engine = dockerEngine({ url: endpoint, tls: null }, { timeout: TIMEOUT });
	cleanUp.push(() => engine.dispose());
	return engine;
}

async function standing(server: Promise<Listening>): Promise<string> {
	const listening = await server;
	cleanUp.push(() => listening.close());
	return listening.endpoint;
}

async function problem(attempt: Promise<unknown>): Promise<EngineProblem> {
	return attempt.then(
		() => assert.fail("must be a problem"),
		(error: EngineProblem) => error,
	);
}

/** A socket file whose process is gone, as a killed engine leaves it. */
async function staleSocket(): Promise<string> {
	const { promise, resolve } = Promise.withResolvers<void>();
	const server = createServer();
	const file = path.join(folder, "stale.sock");
	server.listen(file, () => resolve());
	await promise;
	// Closing would unlink it; a listener that is moved away first leaves its file behind.
	const kept = path.join(folder, "kept.sock");
	await rename(file, kept);
	await new Promise((done) => server.close(done));
	return `unix://${kept}`;
}

const page = "<!doctype html><title>It works!</title>";
const redirect = (to: string) => (_: unknown, response: ServerResponse) => response.writeHead(302, { location: to }).end();
const half = (_: unknown, response: ServerResponse) =>
	response.writeHead(200, { "content-length": "100" }).write('{"ApiVersion":"1.4', () => response.destroy());
const wantsTls = (_: unknown, response: ServerResponse) => response.writeHead(400).end("Client sent an HTTP request to an HTTPS server.\n");
const cases: readonly [string, () => Promise<string> | string, EngineProblem["state"], RegExp][] = [
	["no socket", () => `unix://${folder}/none.sock`, "absent", /There is no engine at .*none\.sock/],
	["a folder in the way that is none", () => "unix:///dev/null/docker.sock", "absent", /There is no engine/],
	["a stale socket", staleSocket, "refused", /No engine answers at/],
	["a file", () => `unix://${import.meta.filename}`, "refused", /No engine answers at/],
	["a closed TCP port", () => "tcp://127.0.0.1:1", "refused", /No engine answers at tcp:\/\/127\.0\.0\.1:1/],
	["an engine that hangs", () => standing(serveSockets(() => {})), "silent", /does not answer/],
	[
		"one that hangs within its answer",
		() => standing(serve((_, response) => response.writeHead(200).write('{"Api'))),
		"silent",
		/does not answer/,
	],
	["one that hangs up", () => standing(serveSockets((socket) => socket.destroy())), "refused", /No engine answers/],
	["an HTML page", () => standing(serve((_, response) => response.end(page))), "foreign", /not a Docker Engine/],
	["an HTML page with 404", () => standing(serve((_, response) => response.writeHead(404).end(page))), "foreign", /not a Docker Engine/],
	["JSON of something else", () => standing(serve((_, response) => response.end('{"version":"1"}'))), "foreign", /not a Docker Engine/],
	["JSON null", () => standing(serve((_, response) => response.end("null"))), "foreign", /not a Docker Engine/],
	["an empty answer", () => standing(serve((_, response) => response.end())), "foreign", /not a Docker Engine/],
	["no HTTP at all", () => standing(serveSockets((socket) => socket.end("220 mail ready\r\n"))), "foreign", /not a Docker Engine/],
	["a proxy that forbids", () => standing(serve((_, response) => response.writeHead(403).end("{}"))), "denied", /no permission/],
	["a web server that redirects to nowhere", () => standing(serve(redirect("http://127.0.0.1:1/"))), "foreign", /not a Docker Engine/],
	["a web server that redirects to itself", () => standing(serve(redirect("/login"))), "foreign", /not a Docker Engine/],
	["a web server that redirects to what is no web", () => standing(serve(redirect("ftp://x/"))), "foreign", /not a Docker Engine/],
	["an answer that breaks off", () => standing(serve(half)), "refused", /No engine answers/],
	["an engine that wants TLS", () => standing(serve(wantsTls)), "foreign", /wants TLS\. Set DOCKER_TLS_VERIFY/],
	["an engine in trouble", () => standing(serve((_, response) => response.writeHead(500).end('{"message":"x"}'))), "silent", /HTTP 500/],
];
for (const [title, endpoint, state, words] of cases) {
	test(`${title}: ${state}`, async () => {
		const error = await problem(open(await endpoint()).check());
		assert.equal(error.state, state);
		assert.match(error.message, words);
		assert.doesNotMatch(error.message, /\n|\bat .*:\d+:\d+/, "one sentence, no stack");
	});
}

test("a socket without permission: denied", async () => {
	const listening = await serve(engineHandler(() => ({})));
	cleanUp.push(() => listening.close());
	await chmod(listening.path, 0);
	const root = process.geteuid?.() === 0;
	if (root) process.seteuid?.(65_534); // root may open every socket
	try {
		const error = await problem(open(listening.endpoint).check());
		assert.equal(error.state, "denied");
		assert.match(error.message, /usermod --append --groups docker/);
	} finally {
		if (root) process.seteuid?.(0);
	}
});

test("one that redirects is asked once, and is answered for at once", async () => {
	const paths: string[] = [];
	const endpoint = await standing(
		serve((request, response) => {
			paths.push(request.url ?? "");
			response.writeHead(301, { location: "http://127.0.0.1:1/elsewhere" }).end();
		}),
	);
	await problem(open(endpoint).check());
	assert.deepEqual(paths, ["/version"]);
});

test("a key that is none is said, whatever waits at the other end", async () => {
	const tls = { ca: null, cert: "no certificate", key: "no key", verify: true, files: {} };
	const engine = dockerEngine({ url: "tcp://127.0.0.1:1", tls }, { timeout: TIMEOUT });
	cleanUp.push(() => engine.dispose());
	const error = await problem(engine.check());
	assert.equal(error.state, "denied");
	assert.match(error.message, /the key, the certificate or the authority's certificate cannot be used/);
});

test("dispose gives up what is being asked", async () => {
	const engine = dockerEngine({ url: await standing(serveSockets(() => {})), tls: null }, { timeout: 60_000 });
	const asked = problem(engine.list(false));
	await new Promise((resolve) => setImmediate(resolve));
	engine.dispose();
	assert.equal((await asked).state, "silent");
});

test("environment variables of Docker do not reach a connection to a given endpoint", async (t) => {
	const endpoint = await standing(serve(engineHandler(() => ({}))));
	const before = { ...process.env };
	t.after(() => {
		process.env = before;
	});
	process.env = { ...before, DOCKER_HOST: "tcp://127.0.0.1:1", DOCKER_PATH_PREFIX: "/elsewhere", DOCKER_CERT_PATH: "/none" };
	await open(endpoint).check();
});

const ID = "a".repeat(64);
test("what is gone is undefined, what is garbage is foreign", async () => {
	const endpoint = await standing(
		serve(
			engineHandler(() => ({
				"/images/web:1/json": { Id: "sha256:1", Config: { ExposedPorts: { "80/tcp": {} } } },
				[`/containers/${ID}/json`]: [],
			})),
		),
	);
	const engine = open(endpoint);
	assert.equal(await engine.inspect("b".repeat(64)), undefined);
	assert.equal(await engine.inspectImage("none"), undefined);
	assert.deepEqual((await engine.inspectImage("web:1"))?.exposed, [{ port: 80, protocol: "tcp" }]);
	assert.equal((await problem(engine.inspect(ID))).state, "foreign");
});

test("everything that the engine says of a container is text, and an action that it refuses has its words", async () => {
	const endpoint = await standing(
		serve((request, response) => {
			const route = (request.url ?? "").split("?")[0];
			if (request.method === "GET" && route === `/containers/${ID}/json`) response.end('{"Id":"x","New":[1]}');
			else if (route === `/containers/${ID}/start`) response.writeHead(409).end('{"message":"cannot start a paused container"}');
			else if (route === `/containers/${ID}/stop`) response.writeHead(204).end();
			else response.writeHead(404).end('{"message":"No such container"}');
		}),
	);
	const engine = open(endpoint);
	assert.equal(await engine.inspectText(ID), '{\n  "Id": "x",\n  "New": [\n    1\n  ]\n}');
	assert.equal(await engine.inspectText("b".repeat(64)), undefined);
	assert.equal(await engine.act(ID, "stop"), null);
	assert.equal(await engine.act(ID, "start"), "cannot start a paused container");
	assert.equal(await engine.act(ID, "restart"), "There is no such container any more.");
	assert.equal((await problem(open(`unix://${folder}/none.sock`).act(ID, "stop"))).state, "absent");
});

test("an image reference cannot lead to another path", async () => {
	const asked: string[] = [];
	const endpoint = await standing(
		serve((request, response) => {
			asked.push(request.url ?? "");
			response.end("{}");
		}),
	);
	for (const reference of ["../containers", "a/../../b", "a?b", "a b", "", "/etc", "a//b"])
		assert.equal(await open(endpoint).inspectImage(reference), undefined);
	assert.deepEqual(asked, []);
});

test("events arrive, and a stream that breaks is lost once", async () => {
	const streams: ServerResponse[] = [];
	const endpoint = await standing(
		serve(
			engineHandler(
				() => ({}),
				(response) => streams.push(response),
			),
		),
	);
	const events: EngineEvent[] = [];
	const { promise: lost, resolve } = Promise.withResolvers<EngineProblem>();
	let losses = 0;
	const arrived = Promise.withResolvers<void>();
	await open(endpoint).watch(
		(event) => {
			events.push(event);
			arrived.resolve();
		},
		(error) => {
			losses++;
			resolve(error);
		},
	);
	streams[0]?.write(`${JSON.stringify({ Type: "container", Action: "start", Actor: { ID } })}\n{"Type":"con`);
	await arrived.promise;
	assert.deepEqual(events, [{ action: "start", containerId: ID }]);
	streams[0]?.destroy();
	assert.equal((await lost).state, "refused");
	assert.equal(losses, 1);
});

test("nothing is called back after dispose", async () => {
	const endpoint = await standing(serve(engineHandler(() => ({}))));
	const engine = open(endpoint);
	await engine.watch(
		() => assert.fail("event"),
		() => assert.fail("lost"),
	);
	engine.dispose();
	assert.equal((await problem(engine.check())).state, "silent");
});
