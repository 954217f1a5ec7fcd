import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { engineSkip } from "../support/engine/available.ts";
import { lab } from "../support/engine/containers.ts";
import { type Observer, observe } from "../support/engine/observe.ts";
import { waitFor } from "../support/engine/wait.ts";

const { start, full, removeAll } = lab();

suite("what is done to containers", { skip: await engineSkip() }, () => {
	let observer: Observer;
	before(async () => {
		observer = observe();
		observer.watch.setVisible(true, true);
		await observer.watch.report();
	});
	after(async () => {
		observer?.watch.dispose();
		await removeAll();
	});

	async function found(name: string) {
		const { containers } = await observer.watch.report();
		return containers.find((container) => container.name === full(name));
	}

	test("stopped, started, paused, unpaused, restarted and removed, each seen at once", async () => {
		const id = await start("acts", "portlight-test/busybox");
		const engine = observer.watch.engine("default");
		assert.ok(engine);
		await waitFor("running", async () => (await found("acts"))?.state === "running");
		assert.equal(JSON.parse((await engine.inspectText(id)) ?? "").Id, id);

		assert.equal(await engine.act(id, "stop"), null);
		await waitFor("exited", async () => (await found("acts"))?.state === "exited");
		assert.equal((await found("acts"))?.running, false);
		assert.equal(await engine.act(id, "start"), null);
		await waitFor("running", async () => (await found("acts"))?.state === "running");
		assert.equal(await engine.act(id, "pause"), null);
		await waitFor("paused", async () => (await found("acts"))?.state === "paused");
		assert.match((await engine.act(id, "pause")) ?? "", /already paused/);
		assert.equal(await engine.act(id, "unpause"), null);
		const before = (await found("acts"))?.startedAt;
		assert.equal(await engine.act(id, "restart"), null);
		await waitFor("another start", async () => (await found("acts"))?.startedAt !== before);
		assert.equal(await engine.act(id, "remove"), null);
		await waitFor("gone", async () => (await found("acts")) === undefined);
		assert.equal(await engine.inspectText(id), undefined);
		assert.equal(await engine.act(id, "start"), "There is no such container any more.");
	});
});
