import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, suite, test } from "node:test";
import { watchContainers } from "../../server/src/engine/engines.ts";
import { systemTimers } from "../../server/src/engine/timers.ts";
import { realEngineWorld } from "../../server/src/engine/world.ts";
import type { EngineReport } from "../../server/src/protocol.ts";
import { engineSkip } from "../support/engine/available.ts";
import { lab } from "../support/engine/containers.ts";
import { engineHandler, serve } from "../support/engine/fakeEngine.ts";
import { docker } from "../support/engine/run.ts";
import { startTlsEngine, type TlsEngine } from "../support/engine/tlsEngine.ts";
import { waitFor } from "../support/engine/wait.ts";

const { start, full, removeAll } = lab();

suite("an engine behind TLS", { skip: await engineSkip() }, () => {
	let socket: string;
	let engine: TlsEngine;
	let config: string;
	before(async () => {
		const host = process.env.DOCKER_HOST ?? (await docker("context", "inspect", "--format", "{{.Endpoints.docker.Host}}"));
		socket = host.slice("unix://".length);
		engine = await startTlsEngine(socket);
		config = await mkdtemp(path.join(tmpdir(), "portlight-config-"));
	});
	after(async () => {
		await removeAll();
		await engine?.close();
		await rm(config, { recursive: true, force: true });
	});

	const url = () => `tcp://127.0.0.1:${engine.port}`;

	async function reach(env: NodeJS.ProcessEnv): Promise<EngineReport> {
		const watch = watchContainers(realEngineWorld({ env: { DOCKER_CONFIG: config, ...env } }), systemTimers, () => {});
		try {
			const [report] = (await watch.report()).engines;
			assert.ok(report);
			return report;
		} finally {
			watch.dispose();
		}
	}

	test("by DOCKER_HOST, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH: containers and events", async () => {
		const env = { DOCKER_HOST: url(), DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: engine.certificates };
		const watch = watchContainers(realEngineWorld({ env }), systemTimers, () => {});
		try {
			const [report] = (await watch.report()).engines;
			assert.deepEqual([report?.state, report?.local], ["connected", false], report?.message ?? "");
			await start("tls", "portlight-test/busybox");
			await waitFor("the container", async () => (await watch.report()).containers.some(({ name }) => name === full("tls")));
			// What a terminal would be told does the same.
			const [program = "", ...args] = report?.command ?? [];
			assert.equal(program, "docker");
			assert.match(await docker(...args, "ps", "--format", "{{.Names}}"), new RegExp(full("tls")));
		} finally {
			watch.dispose();
		}
	});

	test("by a context that docker made", async () => {
		const part = (name: string) => path.join(engine.certificates, `${name}.pem`);
		const endpoint = `host=${url()},ca=${part("ca")},cert=${part("cert")},key=${part("key")}`;
		await docker("--config", config, "context", "create", "far", "--description", "the one behind TLS", "--docker", endpoint);
		const report = await reach({ DOCKER_CONTEXT: "far" });
		assert.deepEqual(
			[report.state, report.name, report.command],
			["connected", "far", ["docker", "--context", "far"]],
			report.message ?? "",
		);
		await docker("--config", config, "context", "create", "lax", "--docker", `${endpoint},skip-tls-verify=true`);
		assert.equal((await reach({ DOCKER_CONTEXT: "lax" })).state, "connected");
		const choices = await realEngineWorld({ env: { DOCKER_CONFIG: config } }).choices();
		assert.equal(choices.find(({ location }) => location.name === "far")?.description, "the one behind TLS");
	});

	test("without a certificate, or with another authority's: refused, and the reason said", async () => {
		const door = await engine.doorkeeper();
		try {
			for (const DOCKER_CERT_PATH of [engine.authorityOnly, engine.strangers]) {
				const report = await reach({ DOCKER_HOST: `tcp://127.0.0.1:${door.port}`, DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH });
				assert.match(report.message ?? "", /does not accept this client's certificate/);
				assert.equal(report.state, "denied");
			}
		} finally {
			door.close();
		}
	});

	test("an engine that nobody vouches for", async () => {
		const report = await reach({ DOCKER_HOST: url(), DOCKER_TLS_VERIFY: "1" });
		assert.match(report.message ?? "", /its certificate is not signed by the given authority/);
		assert.equal(report.state, "denied");
	});

	test("a certificate for another host", async () => {
		const other = await startTlsEngine(socket, "DNS:engine.example");
		try {
			const env = { DOCKER_HOST: `tcp://127.0.0.1:${other.port}`, DOCKER_CERT_PATH: other.certificates };
			const report = await reach({ ...env, DOCKER_TLS_VERIFY: "1" });
			assert.deepEqual([report.state, /is for another host/.test(report.message ?? "")], ["denied", true], report.message ?? "");
			assert.equal((await reach({ ...env, DOCKER_TLS: "1" })).state, "connected", "not verified");
		} finally {
			await other.close();
		}
	});

	test("a certificate that has expired", async () => {
		const old = await startTlsEngine(socket, "IP:127.0.0.1", -1);
		try {
			const report = await reach({
				DOCKER_HOST: `tcp://127.0.0.1:${old.port}`,
				DOCKER_CERT_PATH: old.certificates,
				DOCKER_TLS_VERIFY: "1",
			});
			assert.deepEqual([report.state, /has expired/.test(report.message ?? "")], ["denied", true], report.message ?? "");
		} finally {
			await old.close();
		}
	});

	test("TLS towards an engine in the clear, and the other way round", async () => {
		const clear = await reach({ DOCKER_HOST: url() });
		assert.deepEqual([clear.state, clear.message === null], ["refused", false]);
		const plain = await serve(engineHandler(() => ({})));
		const proxy = createServer((outer) => void outer.pipe(connect(plain.path)).pipe(outer));
		await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
		try {
			const { port } = proxy.address() as { port: number };
			const secure = await reach({ DOCKER_HOST: `tcp://127.0.0.1:${port}`, DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: engine.certificates });
			assert.deepEqual([secure.state, /does not speak TLS/.test(secure.message ?? "")], ["foreign", true], secure.message ?? "");
		} finally {
			proxy.close();
			await plain.close();
		}
	});
});
