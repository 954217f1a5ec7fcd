import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { EngineProblem } from "../../../server/src/engine/engine.ts";
import { type ContainerWatch, watchContainers } from "../../../server/src/engine/engines.ts";
import type { EngineReport } from "../../../server/src/protocol.ts";
import { container, idOf, image, STARTED, tcp } from "../../support/engine/facts.ts";
import { type FakeWorld, fakeWorld, known } from "../../support/engine/fakeWorld.ts";
import { type HandTimers, handTimers } from "../../support/engine/handTimers.ts";

const HOUR = 3_600_000;
const web = container({ id: idOf(1), name: "web" });
const api = container({ id: idOf(2), name: "api", pid: 200 });
const socket = (port: number) => ({ ...tcp(port), protocol: "tcp" as const, address: "0.0.0.0", process: null });
const listens = (port: number) => known(socket(port));

interface Watching {
	readonly watch: ContainerWatch;
	readonly timers: HandTimers;
	/** How often a change was announced since everything was known. */
	changes(): number;
	/** When everything is known. */
	ready(): Promise<void>;
}

function start(t: TestContext, world: FakeWorld): Watching {
	let changes = 0;
	// The containers have been running for an hour, so that nothing is read again for their start.
	const timers = handTimers(STARTED + HOUR);
	const watch = watchContainers(world, timers, () => changes++);
	t.after(() => watch.dispose());
	const ready = async () => {
		await watch.complete();
		await timers.turn(100);
		changes = 0;
	};
	return { watch, timers, changes: () => changes, ready };
}

async function engineOf(watch: ContainerWatch): Promise<EngineReport> {
	const [engine] = (await watch.report()).engines;
	assert.ok(engine);
	return engine;
}

async function names(watch: ContainerWatch): Promise<string> {
	return (await watch.report()).containers.map(({ name }) => name).join(" ");
}

async function livePorts(watch: ContainerWatch, name: string): Promise<string> {
	const found = (await watch.report()).containers.find((one) => one.name === name);
	return found?.sockets.known
		? found.ports
				.filter(({ live }) => live)
				.map(({ port }) => port)
				.join(" ")
		: `unknown: ${found?.sockets.reason}`;
}

test("the first report is whole: subscribed before listed, images once each, sockets read", async (t) => {
	const world = fakeWorld(web, api);
	world.images.set("sha256:web", image(tcp(80)));
	world.live.set(web.id, listens(80));
	const { watch, changes } = start(t, world);
	const report = await watch.complete();
	assert.deepEqual(report.engines, [
		{
			name: "default",
			endpoint: "unix:///fake",
			state: "connected",
			message: null,
			tried: ["unix:///fake"],
			kind: "docker",
			local: true,
			command: ["docker", "--host", "unix:///fake"],
		},
	]);
	assert.deepEqual(
		report.containers.map(({ name, ports }) => [name, ports[0]?.verdict]),
		[
			["api", "nothing-listens"],
			["web", "ok"],
		],
	);
	assert.deepEqual(world.asked, ["open", "watch", "list", "inspect web", "inspect api", "read web", "read api"]);
	assert.equal(changes(), 0, "who asked has the answer");
});

test("what happens while the list is read is not missed", async (t) => {
	const world = fakeWorld(web);
	world.beforeList = () => {
		queueMicrotask(() => {
			world.containers.delete(web.id);
			world.containers.set(api.id, api);
			world.emit("die", web.id);
			world.emit("start", api.id);
		});
	};
	const { watch, ready } = start(t, world);
	await ready();
	assert.equal(await names(watch), "api");
});

test("an event refreshes only its container, and is announced", async (t) => {
	const world = fakeWorld(web, api);
	const { watch, timers, changes, ready } = start(t, world);
	await ready();
	world.asked.length = 0;
	world.containers.set(api.id, { ...api, name: "api2" });
	world.emit("rename", api.id);
	await timers.turn(100);
	assert.deepEqual(world.asked, ["inspect api2", "read api2"]);
	assert.equal(await names(watch), "api2 web");
	assert.equal(changes(), 1);
});

test("stopped and removed containers leave, at once", async (t) => {
	const world = fakeWorld(web, api);
	const { watch, timers, ready } = start(t, world);
	await ready();
	world.containers.set(api.id, { ...api, running: false, state: "exited", pid: 0 });
	world.emit("die", api.id);
	world.containers.delete(web.id);
	world.emit("destroy", web.id);
	await timers.turn(0);
	assert.equal(await names(watch), "");
});

test("stopped containers are there when they are wanted, and no longer when they are not", async (t) => {
	const stopped = { ...api, running: false, state: "exited", pid: 0 };
	const world = fakeWorld(web, stopped);
	const { watch, timers, changes } = start(t, world);
	assert.equal(await names(watch), "web");
	watch.setVisible(true, true);
	await timers.turn(100);
	assert.equal(await names(watch), "api web");
	assert.ok(changes() >= 1);
	world.containers.set(web.id, { ...web, running: false, state: "exited", pid: 0 });
	world.emit("die", web.id);
	await timers.turn(100);
	assert.equal(await names(watch), "api web");
	watch.setVisible(true, false);
	await timers.turn(100);
	assert.equal(await names(watch), "");
});

test("announcements are 100 ms apart, and an event that changes nothing makes none", async (t) => {
	const world = fakeWorld(web);
	const { watch, timers, changes, ready } = start(t, world);
	await ready();
	world.emit("update", web.id);
	await timers.turn(1_000);
	assert.equal(changes(), 0);
	for (let round = 0; round < 50; round++) {
		world.containers.set(web.id, { ...web, name: `web${round}` });
		world.emit("rename", web.id);
		await timers.turn(10);
	}
	await timers.turn(100);
	assert.ok(changes() >= 4 && changes() <= 6, `${changes()} changes in 500 ms`);
	assert.equal(await names(watch), "web49");
});

test("after a start the sockets are read again at 0.5, 2, 5 and 15 s, then slowly", async (t) => {
	const world = fakeWorld();
	const { watch, timers, changes, ready } = start(t, world);
	await ready();
	const began = timers.now();
	world.containers.set(web.id, { ...web, startedAt: new Date(began).toISOString() });
	world.emit("start", web.id);
	const reads: number[] = [];
	for (let ms = 0; ms < 16_000; ms += 100) {
		world.asked.length = 0;
		await timers.turn(100);
		if (world.asked.includes("read web")) reads.push(timers.now() - began);
	}
	assert.deepEqual(reads, [100, 500, 2_000, 5_000, 15_000]);
	world.live.set(web.id, listens(80));
	const before = changes();
	await timers.turn(20_000);
	assert.equal(changes(), before + 1);
	assert.equal(await livePorts(watch, "web"), "80");
});

test("a container that has just been started when the watch begins is followed too", async (t) => {
	const world = fakeWorld({ ...web, startedAt: new Date(STARTED + HOUR - 1_000).toISOString() });
	const { watch, timers, ready } = start(t, world);
	await ready();
	world.live.set(web.id, listens(80));
	await timers.turn(1_100); // 2 s after the start
	assert.equal(await livePorts(watch, "web"), "80");
});

test("while nobody looks no socket is read, and what was not read is unknown", async (t) => {
	const world = fakeWorld(web);
	world.live.set(web.id, listens(80));
	const { watch, timers, ready } = start(t, world);
	await ready();
	watch.setVisible(false, false);
	world.asked.length = 0;
	world.containers.set(web.id, { ...web, pid: 101, startedAt: new Date(timers.now()).toISOString() });
	world.emit("start", web.id);
	await timers.turn(60_000);
	assert.deepEqual(world.asked, ["inspect web"]);
	assert.equal(await livePorts(watch, "web"), "unknown: not read yet", "the sockets of the old process are not the new one's");
	watch.setVisible(true, false);
	await timers.turn(100);
	assert.equal(await livePorts(watch, "web"), "80");
});

test("a lost engine empties the list, says why, and is found again, for ever", async (t) => {
	const world = fakeWorld(web);
	const { watch, timers, changes, ready } = start(t, world);
	await ready();
	world.problem = new EngineProblem("refused", "No engine answers.");
	world.lose();
	await timers.turn(0);
	const lost = await watch.report();
	assert.deepEqual([lost.engines[0]?.state, lost.containers], ["connecting", []]);
	assert.match(lost.engines[0]?.message ?? "", /connection to the engine was lost/);
	await timers.turn(5_000);
	assert.deepEqual([(await engineOf(watch)).state, (await engineOf(watch)).message], ["refused", "No engine answers."]);
	await timers.turn(24 * HOUR);
	const attempts = world.asked.filter((asked) => asked === "open").length;
	assert.ok(attempts > 5_000 && attempts < 6_000, `${attempts} attempts in a day`);
	world.problem = undefined;
	const before = changes();
	await timers.turn(15_000);
	assert.equal((await engineOf(watch)).state, "connected");
	assert.equal(await names(watch), "web");
	assert.ok(changes() > before);
	const disposals = world.asked.filter((asked) => asked === "dispose").length;
	assert.equal(world.asked.filter((asked) => asked === "open").length - disposals, 1, "every engine but the last was disposed");
});

test("an engine that breaks off again and again is not asked without pause", async (t) => {
	const world = fakeWorld(web);
	const { timers, ready } = start(t, world);
	await ready();
	for (let second = 0; second < 60; second++) {
		world.lose();
		await timers.turn(1_000);
	}
	const attempts = world.asked.filter((asked) => asked === "open").length;
	assert.ok(attempts < 15, `${attempts} attempts in a minute`);
});

test("an engine that hangs behind an open event stream is noticed", async (t) => {
	const world = fakeWorld(web);
	const { watch, timers, ready } = start(t, world);
	await ready();
	world.problem = new EngineProblem("silent", "The engine does not answer.");
	await timers.turn(21_000);
	assert.equal((await engineOf(watch)).state, "silent");
});

test("an engine that began to hang while nobody looked is noticed as soon as somebody does", async (t) => {
	const world = fakeWorld(web);
	const { watch, timers } = start(t, world);
	await watch.report();
	watch.setVisible(false, false);
	world.problem = new EngineProblem("silent", "The engine does not answer.");
	await timers.turn(HOUR);
	assert.equal((await engineOf(watch)).state, "connected");
	watch.setVisible(true, false);
	await timers.turn(1_000);
	assert.equal((await engineOf(watch)).state, "silent");
});

test("refresh looks for the engine now and reads everything again", async (t) => {
	const world = fakeWorld(web);
	world.problem = new EngineProblem("absent", "none");
	const { watch, changes } = start(t, world);
	assert.equal((await engineOf(watch)).state, "absent");
	world.problem = undefined;
	await watch.refresh();
	assert.equal(await names(watch), "web");
	assert.equal(changes(), 0);
});

test("a refresh during the first attempt: the report waits for the refresh", async (t) => {
	const world = fakeWorld(web);
	const { watch } = start(t, world);
	const refreshed = watch.refresh();
	assert.equal(await names(watch), "web");
	await refreshed;
	assert.deepEqual(world.asked.filter((asked) => asked === "open" || asked === "dispose").sort(), ["dispose", "open", "open"]);
});

test("containers in one network: a port counts as exposed when either says so, and as missing only for its own", async (t) => {
	const joined = container({ id: idOf(3), name: "joined", imageId: "sha256:joined", networkMode: `container:${web.id}` });
	const world = fakeWorld(web, joined);
	world.images.set("sha256:web", image(tcp(80), tcp(81)));
	world.images.set("sha256:joined", image(tcp(3100)));
	const sockets = known(socket(80), socket(3100));
	world.live.set(web.id, sockets).set(joined.id, sockets);
	const { containers } = await start(t, world).watch.complete();
	const verdicts = containers.map(({ name, ports }) => [name, ...ports.map(({ port, verdict }) => `${port} ${verdict}`)]);
	assert.deepEqual(verdicts, [
		["joined", "80 ok", "3100 ok"],
		["web", "80 ok", "81 nothing-listens", "3100 ok"],
	]);
});

test("dispose leaves nothing running, whenever it comes", async (t) => {
	for (const when of ["at once", "connected", "lost"] as const) {
		const world = fakeWorld(web);
		const { watch, timers, changes } = start(t, world);
		if (when !== "at once") await watch.complete();
		if (when === "lost") world.lose();
		watch.dispose();
		await timers.turn(HOUR);
		assert.equal(timers.pending, 0, when);
		assert.equal(changes(), 0, when);
		const opened = world.asked.filter((asked) => asked === "open").length;
		assert.ok(world.asked.filter((asked) => asked === "dispose").length >= opened, when);
		assert.deepEqual((await watch.report()).containers, [], when);
	}
});

test("an image can be asked for while an engine is connected", async (t) => {
	const world = fakeWorld();
	world.images.set("python:3", image(tcp(8000)));
	const { watch, ready } = start(t, world);
	await ready();
	assert.deepEqual((await watch.inspectImage("python:3"))?.exposed, [tcp(8000)]);
	assert.equal(await watch.inspectImage("none"), undefined);
	world.problem = new EngineProblem("silent", "x");
	assert.equal(await watch.inspectImage("python:3"), undefined);
});
