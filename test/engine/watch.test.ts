import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { engineSkip } from "../support/engine/available.ts";
import { lab } from "../support/engine/containers.ts";
import { describe, type Observer, observe } from "../support/engine/observe.ts";
import { docker } from "../support/engine/run.ts";
import { waitFor } from "../support/engine/wait.ts";

const { start, network, full, remove, removeAll } = lab();
const LIVE = "80/tcp live :: httpd = not-exposed";

suite("changes are seen as they happen", { skip: await engineSkip() }, () => {
	let observer: Observer;
	before(async () => {
		observer = observe();
		await observer.watch.report();
	});
	after(async () => {
		observer?.watch.dispose();
		await removeAll();
	});

	async function announced(what: () => Promise<unknown>): Promise<void> {
		const before = observer.changes();
		await what();
		await waitFor("a change to be announced", () => observer.changes() > before);
	}

	async function gone(name: string): Promise<void> {
		await waitFor(
			`${name} to leave`,
			async () => !(await observer.watch.report()).containers.some((container) => container.name === full(name)),
		);
	}

	test("a container starts, and its port opens a moment later", async () => {
		await announced(() => start("starts", "portlight-test/busybox"));
		await observer.until(full("starts"), LIVE);
	});

	test("a port that opens late is seen without any event", async () => {
		await start("late", "portlight-test/busybox", [], ["sh", "-c", "sleep 3; exec httpd -f -p 80 -h /www"]);
		await observer.until(full("late"), "no ports");
		await announced(async () => {});
		await observer.until(full("late"), LIVE);
	});

	test("paused, unpaused, renamed, connected", async () => {
		await start("moves", "portlight-test/busybox");
		await observer.until(full("moves"), LIVE);
		const state = async () => (await observer.watch.report()).containers.find((container) => container.name === full("moves"))?.state;
		await docker("pause", full("moves"));
		await waitFor("paused", async () => (await state()) === "paused");
		await docker("unpause", full("moves"));
		await waitFor("running", async () => (await state()) === "running");
		await network("second");
		await docker("network", "connect", full("second"), full("moves"));
		await waitFor("the second address", async () => {
			const found = (await observer.watch.report()).containers.find((container) => container.name === full("moves"));
			return found?.networks.map(({ name }) => name).join(" ") === `bridge ${full("second")}`;
		});
		assert.equal(
			describe((await observer.watch.report()).containers.find((container) => container.name === full("moves"))),
			LIVE,
			"Docker's resolver is not shown",
		);
		await docker("rename", full("moves"), full("moved"));
		await observer.until(full("moved"), LIVE);
	});

	test("stopped and removed containers leave", async () => {
		await start("stops", "portlight-test/busybox");
		await observer.until(full("stops"), LIVE);
		await announced(() => docker("stop", "--time", "0", full("stops")));
		await gone("stops");
		await start("removed", "portlight-test/busybox");
		await observer.until(full("removed"), LIVE);
		await remove("removed");
		await gone("removed");
	});

	test("a published port is another one after a restart", async () => {
		await start("restarts", "portlight-test/busybox", ["--publish", "127.0.0.1::80"]);
		const first = await observer.until(full("restarts"), "80/tcp published live :: httpd = not-exposed");
		await docker("restart", "--time", "0", full("restarts"));
		const real = await docker("port", full("restarts"), "80/tcp");
		await waitFor(`80/tcp at ${real}`, async () => {
			const found = (await observer.watch.report()).containers.find(({ id }) => id === first.id);
			const [binding] = found?.ports[0]?.published ?? [];
			return found?.ports[0]?.live === true && `${binding?.hostIp}:${binding?.hostPort}` === real;
		});
	});
});
