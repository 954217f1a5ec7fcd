import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before, suite, test } from "node:test";
import { type EngineServer, startEngineServer } from "../support/engine/engineServer.ts";
import { describe } from "../support/engine/observe.ts";
import { type SecondEngine, secondEngineSkip, startSecondEngine } from "../support/engine/secondEngine.ts";
import { waitFor } from "../support/engine/wait.ts";

// Milliseconds. A hung engine keeps its connections open: it is noticed when it is asked the next time, 20 s apart.
const NOTICED = 40_000;
const LIVE = "80/tcp live :: httpd = not-exposed";

suite("an engine that is killed, stopped and hung while the tree is open", { skip: await secondEngineSkip() }, () => {
	let engine: SecondEngine;
	let server: EngineServer;
	before(async () => {
		engine = await startSecondEngine();
		await engine.take("portlight-test/busybox");
		server = await startEngineServer([engine.url, "default"]);
	});
	after(async () => {
		// It says nothing unhandled, whatever happened.
		await server?.stop();
		await engine?.remove();
	});

	/** The state of the second engine, while the first one is as ever. */
	async function until(state: string, names = "", deadline?: number): Promise<void> {
		await server.until(new RegExp(`^${engine.url} ${state}:${names && ` ${names}`}\ndefault connected:`), deadline);
	}

	async function start(name: string): Promise<void> {
		await engine.docker("run", "--detach", "--network", "none", "--stop-timeout", "1", "--name", name, "portlight-test/busybox");
	}

	async function live(name: string): Promise<void> {
		await waitFor(`${name} to listen`, async () => describe((await server.report()).containers.find((one) => one.name === name)) === LIVE);
	}

	test("its containers are seen beside those of the other engine, with what they listen on", async () => {
		await start("first");
		await until("connected", "first");
		await live("first");
	});

	test("killed: the socket is stale; started again, it is found, and its containers are what they are now", async () => {
		await engine.signal("SIGKILL");
		await until("refused");
		assert.match((await server.report()).engines[0]?.message ?? "", /No engine answers at unix:/);
		await engine.start();
		await until("connected");
		await engine.docker("start", "first");
		await until("connected", "first");
		await live("first");
	});

	test("stopped and started", async () => {
		await engine.signal("SIGTERM");
		await until("(absent|refused)");
		await engine.start();
		await until("connected");
	});

	test("hung: it counts as silent, and is back as soon as it goes on", async () => {
		await start("second");
		await until("connected", "second");
		await engine.signal("SIGSTOP");
		await until("silent", "", NOTICED);
		await engine.signal("SIGCONT");
		await until("connected", "second");
		await live("second");
	});

	test("something else takes its socket, and gives it back", async () => {
		await engine.signal("SIGKILL");
		await rm(engine.socket, { force: true });
		await until("absent");
		await writeFile(engine.socket, "no socket");
		await until("refused");
		await rm(engine.socket);
		const web = createServer((_, response) => response.writeHead(302, { location: "/login" }).end("<html>"));
		await new Promise<void>((resolve) => web.listen(engine.socket, resolve));
		await until("foreign");
		web.closeAllConnections();
		await new Promise((resolve) => web.close(resolve));
		await engine.start();
		await until("connected");
	});
});
