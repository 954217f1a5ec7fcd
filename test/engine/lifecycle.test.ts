import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { engineSkip } from "../support/engine/available.ts";
import { lab } from "../support/engine/containers.ts";
import { ensureImage } from "../support/engine/images.ts";
import { type Observer, observe } from "../support/engine/observe.ts";
import { docker } from "../support/engine/run.ts";
import { waitFor } from "../support/engine/wait.ts";

const BUSYBOX = "portlight-test/busybox";
const { start, network, full, removeAll } = lab(`portlight-life-${process.pid}-`);
const httpd = (port: number) => ["httpd", "-f", "-p", String(port), "-h", "/www"];

suite("containers that change while they are watched", { skip: await engineSkip() }, () => {
	let observer: Observer;
	const find = async (name: string) => (await observer.watch.report()).containers.find((one) => one.name === full(name));

	before(async () => {
		await ensureImage(BUSYBOX);
		observer = observe();
		observer.watch.setVisible(true, true);
	});
	after(async () => {
		observer.watch.dispose();
		await removeAll();
	});

	test("created, started, stopped: only a running one has live ports", async () => {
		await docker(
			"create",
			"--label",
			"portlight.test=1",
			"--label",
			`portlight.test.run=${full("")}`,
			"--name",
			full("born"),
			BUSYBOX,
			...httpd(8080),
		);
		// To create one is no event that changes what runs: it is seen at the next look.
		await observer.watch.refresh();
		const created = await waitFor("the created container", async () => find("born"));
		assert.deepEqual([created.state, created.running, created.sockets.known, created.startedAt], ["created", false, false, null]);
		await docker("start", full("born"));
		await observer.until(full("born"), "8080/tcp live :: httpd = not-exposed");
		await docker("stop", "--time", "0", full("born"));
		const stopped = await waitFor("the stopped container", async () => {
			const found = await find("born");
			return found && !found.running && found;
		});
		assert.deepEqual([stopped.state, stopped.ports.filter(({ live }) => live)], ["exited", []]);
		observer.watch.setVisible(true, false);
		await waitFor("no stopped container", async () => (await find("born")) === undefined);
		observer.watch.setVisible(true, true);
	});

	test("two networks: an address in each", async () => {
		await network("one");
		await network("two");
		await start("double", BUSYBOX, ["--network", full("one")], httpd(80));
		await observer.until(full("double"), "80/tcp live :: httpd = not-exposed");
		await docker("network", "connect", full("two"), full("double"));
		const joined = await waitFor("both networks", async () => {
			const found = await find("double");
			return found?.networks.length === 2 && found;
		});
		assert.deepEqual(joined.networks.map(({ name }) => name).sort(), [full("one"), full("two")]);
		for (const { ip } of joined.networks) assert.match(ip ?? "", /^\d+\.\d+\.\d+\.\d+$/);
		assert.equal(new Set(joined.networks.map(({ ip }) => ip)).size, 2);
		await docker("network", "disconnect", full("one"), full("double"));
		await waitFor("one network", async () => (await find("double"))?.networks.length === 1);
	});

	test("a new name, and a new port of the host after a restart", async () => {
		await start("before", BUSYBOX, ["--publish", "127.0.0.1::80"], httpd(80));
		await observer.until(full("before"), "80/tcp published live :: httpd = not-exposed");
		await docker("rename", full("before"), full("after"));
		await observer.until(full("after"), "80/tcp published live :: httpd = not-exposed");
		assert.equal(await find("before"), undefined);
		await docker("restart", "--time", "0", full("after"));
		const bound = await docker("port", full("after"), "80/tcp");
		await waitFor("the real port", async () => {
			const [binding] = (await find("after"))?.ports[0]?.published ?? [];
			return `${binding?.hostIp}:${binding?.hostPort}` === bound;
		});
	});

	test("a server that stops listening while its container goes on", { timeout: 90_000 }, async () => {
		const script = "httpd -f -p 8081 -h /www & server=$!; sleep 4; kill $server; exec sleep 100000";
		await start("fading", BUSYBOX, [], ["sh", "-c", script]);
		await observer.until(full("fading"), "8081/tcp live :: httpd = not-exposed");
		await observer.until(full("fading"), "no ports", 60_000);
		assert.equal((await find("fading"))?.running, true);
	});

	test("a health check that floods the engine's events is no news", async () => {
		await start("healthy", BUSYBOX, ["--health-cmd", "true", "--health-interval", "200ms"], httpd(8082));
		await observer.until(full("healthy"), "8082/tcp live :: httpd = not-exposed");
		const before = observer.changes();
		const checks = async (): Promise<readonly unknown[]> =>
			JSON.parse(await docker("inspect", "--format", "{{json .State.Health.Log}}", full("healthy"))) ?? [];
		// The engine keeps the last five.
		await waitFor("five health checks", async () => (await checks()).length === 5);
		assert.ok(observer.changes() - before <= 4, `${observer.changes() - before} changes`);
	});
});
