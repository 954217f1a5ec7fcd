import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { watchContainers } from "../../server/src/engine/engines.ts";
import { systemTimers } from "../../server/src/engine/timers.ts";
import { realEngineWorld } from "../../server/src/engine/world.ts";
import { engineSkip } from "../support/engine/available.ts";
import { type Observer, observing } from "../support/engine/observe.ts";
import { type PodmanEngine, podmanSkip, startPodman } from "../support/engine/podmanEngine.ts";
import { waitFor } from "../support/engine/wait.ts";

const LIVE = "80/tcp live :: httpd = not-exposed";

suite("Podman's service beside Docker's", { skip: (await engineSkip()) || (await podmanSkip()) }, () => {
	let engine: PodmanEngine;
	let observer: Observer;
	before(async () => {
		engine = await startPodman();
		await engine.start("early", "portlight-test/busybox", ["--publish", "127.0.0.1::80"]);
		observer = observing((onChange) => watchContainers(realEngineWorld(), systemTimers, onChange, [engine.url, "default"]));
	});
	after(async () => {
		observer?.watch.dispose();
		await engine?.remove();
	});

	const names = async () => {
		const { containers } = await observer.watch.report();
		return containers.filter((one) => one.engine === engine.url).map(({ name }) => name);
	};

	test("it is known for what it is, and both are there", async () => {
		const { engines } = await observer.watch.report();
		assert.deepEqual(
			engines.map(({ name, kind, state, local }) => [name, kind, state, local]),
			[
				[engine.url, "podman", "connected", true],
				["default", "docker", "connected", true],
			],
		);
		assert.deepEqual(engines[0]?.command, ["podman", "--url", engine.url]);
	});

	test("a container that ran before: names, addresses, the published port, and what the kernel says", async () => {
		const found = await observer.until("early", "80/tcp published live :: httpd = not-exposed");
		assert.equal(found.sockets.known && found.sockets.via, "kernel");
		assert.match(found.image, /^localhost\/portlight-test\/busybox/);
		assert.match(found.networks[0]?.ip ?? "", /^10\.\d+\.\d+\.\d+$/);
		const [binding] = found.ports[0]?.published ?? [];
		assert.equal(`${binding?.hostIp}:${binding?.hostPort}`, await engine.podman("port", "early", "80/tcp"));
	});

	test("an image that exposes what listens, another that does not", async () => {
		await engine.start("exposed", "web:exposed", ["--network", "none"]);
		await observer.until("exposed", "80/tcp exposed live :: httpd = ok");
		await engine.start("scratch", "portlight-test/scratch", ["--network", "none"]);
		await observer.until("scratch", "8080/tcp live :: httpd = not-exposed");
	});

	test("events in Podman's words: started, paused, stopped, started again, removed", async () => {
		await engine.start("late", "portlight-test/busybox", ["--network", "none"]);
		await observer.until("late", LIVE);
		const state = async () => (await observer.watch.report()).containers.find(({ name }) => name === "late")?.state;
		await engine.podman("pause", "late");
		await waitFor("paused", async () => (await state()) === "paused");
		await engine.podman("unpause", "late");
		await waitFor("running", async () => (await state()) === "running");
		await engine.podman("stop", "--time", "0", "late");
		await waitFor("it to leave", async () => !(await names()).includes("late"));
		await engine.podman("start", "late");
		await observer.until("late", LIVE);
		await engine.podman("rm", "--force", "--time", "0", "late");
		await waitFor("it to leave", async () => !(await names()).includes("late"));
	});

	test("nothing was ever executed in a container: Podman keeps two processes for each", async () => {
		assert.equal(await engine.podman("events", "--stream=false", "--since", "10m", "--filter", "event=exec"), "");
	});
});
