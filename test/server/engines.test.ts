import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, suite, test } from "node:test";
import { type EngineServer, startEngineServer } from "../support/engine/engineServer.ts";
import { idOf } from "../support/engine/facts.ts";
import { engineHandler, type Listening, serve, serveSockets } from "../support/engine/fakeEngine.ts";
import { waitFor } from "../support/engine/wait.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** An engine with one running container, until it is told to behave otherwise. */
async function engine(
	name: string,
): Promise<Listening & { behave: (handler: Handler) => void; streams: Set<ServerResponse>; good: Handler }> {
	const streams = new Set<ServerResponse>();
	const id = idOf(1);
	const good = engineHandler(
		() => ({
			"/containers/json": [{ Id: id, Names: [`/${name}`], Image: "x", State: "running", Status: "Up 1 minute" }],
			[`/containers/${id}/json`]: { Id: id, Name: `/${name}`, State: { Status: "running", Running: true, Pid: 1 }, Config: { Image: "x" } },
		}),
		(response) => {
			streams.add(response);
			response.on("close", () => streams.delete(response));
		},
	);
	let now: Handler = good;
	const listening = await serve((request, response) => now(request, response));
	return { ...listening, streams, good, behave: (handler) => (now = handler) };
}

suite("engines that misbehave, in the bundled server", () => {
	let steady: Awaited<ReturnType<typeof engine>>;
	let shaky: Awaited<ReturnType<typeof engine>>;
	let server: EngineServer;
	before(async () => {
		steady = await engine("steady");
		shaky = await engine("shaky");
		server = await startEngineServer([steady.endpoint, shaky.endpoint]);
	});
	after(async () => {
		await server?.stop();
		await steady?.close();
		await shaky?.close();
	});

	const both = (state: string, names = "") => `${steady.endpoint} connected: steady\n${`${shaky.endpoint} ${state}: ${names}`.trim()}`;

	const misdeeds: readonly [string, Handler, string][] = [
		["answers with a page", (_, response) => response.end("<!doctype html><title>It works!</title>"), "foreign"],
		["redirects to nowhere", (_, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(), "foreign"],
		["redirects to what is no web", (_, response) => response.writeHead(302, { location: "gopher://x/" }).end(), "foreign"],
		["answers with half JSON", (_, response) => response.end('{"ApiVersion":"1.4'), "foreign"],
		["breaks off within an answer", (_, response) => response.writeHead(200).write("{", () => response.destroy()), "refused"],
		["answers every question with 500", (_, response) => response.writeHead(500).end('{"message":"no space left"}'), "silent"],
		["hangs up", (request) => request.socket.destroy(), "refused"],
	];
	for (const [title, misdeed, state] of misdeeds) {
		test(`one that ${title}: ${state}, nothing of it is left, and it comes back`, async () => {
			await server.refresh();
			await server.until(both("connected", "shaky"));
			shaky.behave(misdeed);
			for (const stream of shaky.streams) stream.destroy();
			await server.until(both(state));
			shaky.behave(shaky.good);
			await server.until(both("connected", "shaky"));
		});
	}

	test("one that cannot describe a container: it is there as far as the list tells, and its ports are unknown", async () => {
		await server.refresh();
		await server.until(both("connected", "shaky"));
		const describes = (request: IncomingMessage) => request.url?.includes(idOf(1)) === true;
		shaky.behave((request, response) => (describes(request) ? response.end("[]") : shaky.good(request, response)));
		await server.refresh();
		const found = await waitFor("the reason", async () => {
			const { containers } = await server.report();
			const sockets = containers.find(({ name }) => name === "shaky")?.sockets;
			return sockets?.known === false && sockets.reason === "the engine does not describe the container" && sockets;
		});
		assert.equal(found.known, false);
		await server.until(both("connected", "shaky"));
		shaky.behave(shaky.good);
	});

	test("one that closes in the middle of an event", async () => {
		await server.refresh();
		await server.until(both("connected", "shaky"));
		const stream = await waitFor("the old connection to end", () => shaky.streams.size === 1 && [...shaky.streams][0]);
		stream.end(`{"Type":"container","Action":"sta`);
		await server.until(both("connecting"));
		await server.until(both("connected", "shaky"));
	});

	test("one that hangs while the others answer: nobody waits for it", async () => {
		const hanging = await serveSockets(() => {});
		try {
			server.choose([hanging.endpoint, steady.endpoint]);
			await server.until(`${hanging.endpoint} connecting:\n${steady.endpoint} connected: steady`);
			await server.until(`${hanging.endpoint} silent:\n${steady.endpoint} connected: steady`);
			const contexts = await server.contexts();
			assert.ok(contexts.some(({ name }) => name === "default"));
			server.choose([steady.endpoint, shaky.endpoint]);
			await server.until(both("connected", "shaky"));
		} finally {
			await hanging.close();
		}
	});
});

suite("Docker's configuration changes while the server runs", () => {
	let folder: string;
	let one: Awaited<ReturnType<typeof engine>>;
	let two: Awaited<ReturnType<typeof engine>>;
	let server: EngineServer;
	before(async () => {
		folder = await mkdtemp(path.join(tmpdir(), "portlight-config-"));
		one = await engine("one");
		two = await engine("two");
		await context("one", one.endpoint);
		await context("two", two.endpoint);
		await use("one");
		server = await startEngineServer([], environment());
	});
	after(async () => {
		await server?.stop();
		await one?.close();
		await two?.close();
		await rm(folder, { recursive: true, force: true });
	});

	function environment(): NodeJS.ProcessEnv {
		const { DOCKER_HOST: _, DOCKER_CONTEXT: __, ...env } = process.env;
		return { ...env, DOCKER_CONFIG: folder };
	}

	async function context(name: string, host: string): Promise<void> {
		const meta = path.join(folder, "contexts/meta", createHash("sha256").update(name).digest("hex"));
		await mkdir(meta, { recursive: true });
		await writeFile(path.join(meta, "meta.json"), JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker: { Host: host } } }));
	}

	/** As `docker context use` writes it. */
	async function use(name: string): Promise<void> {
		await writeFile(path.join(folder, "config.json.new"), JSON.stringify({ currentContext: name }));
		await rename(path.join(folder, "config.json.new"), path.join(folder, "config.json"));
	}

	test("another context is used within seconds, without anybody asking", async () => {
		assert.equal(server.shown(), "one connected: one");
		await use("two");
		await server.until("two connected: two", 3_000);
		const [first] = (await server.report()).engines;
		assert.deepEqual(first?.command, ["docker", "--context", "two"]);
	});

	test("the list says which one is used", async () => {
		const listed = (await server.contexts()).filter(({ name }) => !name.includes("://") && name !== "default");
		assert.deepEqual(
			listed.map(({ name, state, shown, current }) => [name, state, shown, current]),
			[
				["one", "connected", false, false],
				["two", "connected", true, true],
			],
		);
	});

	test("a configuration that cannot be read is told", async () => {
		await writeFile(path.join(folder, "config.json"), "{");
		await server.until(/^default /, 3_000);
		assert.match((await server.report()).engines[0]?.message ?? "", /config\.json is not JSON/);
		await use("one");
		await server.until("one connected: one", 3_000);
	});

	test("portlight ps behind a web server that redirects answers at once", async () => {
		const web = await serve((_, response) => response.writeHead(301, { location: "http://127.0.0.1:1/" }).end());
		try {
			const began = Date.now();
			const cli = path.join(import.meta.dirname, "../../dist/cli.js");
			const env = { ...environment(), DOCKER_HOST: web.endpoint };
			const { status, err } = await new Promise<{ status: unknown; err: string }>((resolve) => {
				execFile(process.execPath, [cli, "ps"], { env }, (error, _, stderr) => resolve({ status: error?.code ?? 0, err: stderr }));
			});
			assert.equal(status, 2);
			assert.match(err, /^portlight ps: What answers at unix:.* is not a Docker Engine/);
			assert.ok(Date.now() - began < 3_000, `${Date.now() - began} ms`);
		} finally {
			await web.close();
		}
	});
});
