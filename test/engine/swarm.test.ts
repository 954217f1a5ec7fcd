import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { type EngineServer, startEngineServer } from "../support/engine/engineServer.ts";
import { describe } from "../support/engine/observe.ts";
import { type SecondEngine, secondEngineSkip, startSecondEngine } from "../support/engine/secondEngine.ts";
import { waitFor } from "../support/engine/wait.ts";

suite("a manager of a swarm", { skip: await secondEngineSkip() }, () => {
	let engine: SecondEngine;
	let server: EngineServer;
	before(async () => {
		engine = await startSecondEngine();
		await engine.take("portlight-test/busybox");
		await engine.becomeManager();
		server = await startEngineServer([engine.url]);
	});
	after(async () => {
		await server?.stop();
		await engine?.remove();
	});

	test("the tasks of a service are containers that name their service, their task and their stack, with live ports", async () => {
		const labels = ["--label", "com.docker.stack.namespace=shop", "--container-label", "com.docker.stack.namespace=shop"];
		const image = ["--no-resolve-image", "portlight-test/busybox"];
		await engine.docker(
			"service",
			"create",
			"--detach",
			"--name",
			"shop_web",
			"--network",
			"host",
			...labels,
			...image,
			"httpd",
			"-f",
			"-p",
			"39880",
		);
		const task = await waitFor(
			"the task's port",
			async () => {
				const found = (await server.report()).containers.find(({ name }) => name.startsWith("shop_web.1."));
				return found && describe(found) === "39880/tcp live :: httpd = not-exposed" && found;
			},
			60_000,
		);
		assert.equal(task.project, "shop");
		assert.equal(task.labels["com.docker.swarm.service.name"], "shop_web");
		assert.equal(task.labels["com.docker.swarm.task.name"], task.name);
	});

	test("a service that is removed takes its tasks with it", async () => {
		await engine.docker("service", "rm", "shop_web");
		await waitFor("no task", async () => (await server.report()).containers.length === 0, 30_000);
	});
});
