import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { EngineChoice } from "../../../server/src/engine/contexts.ts";
import { type Container, EngineProblem } from "../../../server/src/engine/engine.ts";
import { type ContainerWatch, type EngineWorld, watchContainers } from "../../../server/src/engine/engines.ts";
import { container, idOf, STARTED } from "../../support/engine/facts.ts";
import { type FakeWorld, fakeWorld, location } from "../../support/engine/fakeWorld.ts";
import { type HandTimers, handTimers } from "../../support/engine/handTimers.ts";

/** One engine for each name, at `unix:///name`. */
interface Several extends EngineWorld {
	/** What the docker command would use. */
	current: string;
	/** Docker's configuration has changed. */
	reconfigure(): void;
	readonly offered: EngineChoice[];
	readonly followers: Set<() => void>;
}

function several(engines: Record<string, FakeWorld>): Several {
	const at = (url: string) => {
		const found = engines[url.replace("unix:///", "")];
		assert.ok(found, url);
		return found;
	};
	const followers = new Set<() => void>();
	const world: Several = {
		current: Object.keys(engines)[0] ?? "",
		offered: [],
		followers,
		reconfigure() {
			for (const follower of followers) follower();
		},
		locate: async (name) => location(name ?? world.current, [`unix:///${name ?? world.current}`]),
		choices: async () => world.offered,
		followConfiguration(onChange) {
			followers.add(onChange);
			return () => followers.delete(onChange);
		},
		followSockets: () => () => {},
		open: (endpoint) => at(endpoint.url).open(endpoint),
		sockets: (engine, probe) => at(engine.endpoint).sockets(engine, probe),
	};
	return world;
}

const web = container({ id: idOf(1), name: "web" });
const api = container({ id: idOf(2), name: "api" });
const db = container({ id: idOf(3), name: "db" });

function start(t: TestContext, world: EngineWorld, names: readonly string[] = []) {
	let changes = 0;
	const timers = handTimers(STARTED + 3_600_000);
	const watch = watchContainers(world, timers, () => changes++, names);
	t.after(() => watch.dispose());
	return { watch, timers, changes: () => changes };
}

/** `engine state: containers`, one for each engine. */
async function picture(watch: ContainerWatch, patience?: number): Promise<string[]> {
	const { engines, containers } = await watch.report(patience);
	return engines.map(({ name, state }) => {
		const own = containers.filter(({ engine }) => engine === name).map((one) => one.name);
		return `${name} ${state}: ${own.join(" ")}`;
	});
}

/** An engine that answers nothing until it is told to. */
function hanging(...containers: readonly Container[]): { world: FakeWorld; answer(): void } {
	const { promise, resolve } = Promise.withResolvers<void>();
	const world = fakeWorld(...containers);
	const { open } = world;
	world.open = (endpoint) => {
		const engine = open(endpoint);
		return { ...engine, check: () => promise.then(() => engine.check()) };
	};
	return { world, answer: resolve };
}

async function turnUntil(timers: HandTimers, what: () => Promise<boolean>): Promise<void> {
	for (let round = 0; round < 50; round++) {
		if (await what()) return;
		await timers.turn(100);
	}
	assert.fail("never");
}

test("several engines, in the order of the setting; names of containers may be the same", async (t) => {
	const { watch } = start(t, several({ a: fakeWorld(web, api), b: fakeWorld(web) }), ["b", "a", "b"]);
	assert.deepEqual(await picture(watch), ["b connected: web", "a connected: api web"]);
});

test("an engine that fails does not disturb the others, and comes back by itself", async (t) => {
	const bad = fakeWorld(db);
	bad.problem = new EngineProblem("refused", "No engine answers.");
	const { watch, timers, changes } = start(t, several({ a: fakeWorld(web), b: bad }), ["a", "b"]);
	assert.deepEqual(await picture(watch), ["a connected: web", "b refused: "]);
	bad.problem = undefined;
	await timers.turn(1_000);
	assert.deepEqual(await picture(watch), ["a connected: web", "b connected: db"]);
	assert.ok(changes() > 0);
	bad.lose();
	await timers.turn(0);
	assert.deepEqual(await picture(watch, 0), ["a connected: web", "b connecting: "]);
});

test("an engine that hangs keeps nobody waiting: it comes later, and is announced", async (t) => {
	const slow = hanging(db);
	const { watch, timers, changes } = start(t, several({ a: fakeWorld(web), b: slow.world }), ["a", "b"]);
	await timers.turn(0);
	const first = picture(watch, 500);
	await timers.turn(500);
	assert.deepEqual(await first, ["a connected: web", "b connecting: "]);
	assert.equal(changes(), 0);
	slow.answer();
	await timers.turn(100);
	assert.equal(changes(), 1);
	assert.deepEqual(await picture(watch), ["a connected: web", "b connected: db"]);
});

test("the setting changes while running: what stays is not connected to again, what goes is let go", async (t) => {
	const worlds = { a: fakeWorld(web), b: fakeWorld(api), c: fakeWorld(db) };
	const { watch, timers, changes } = start(t, several(worlds), ["a", "b"]);
	await picture(watch);
	watch.setContexts(["c", "a"]);
	await timers.turn(100);
	assert.deepEqual(await picture(watch), ["c connected: db", "a connected: web"]);
	assert.ok(changes() > 0);
	assert.equal(worlds.a.asked.filter((asked) => asked === "open").length, 1);
	assert.ok(worlds.b.asked.includes("dispose"));
	watch.setContexts([]);
	await timers.turn(100);
	assert.deepEqual(await picture(watch), ["a connected: web"], "none: what the docker command would use");
});

test("another context is chosen while running: nothing of the old engine is left", async (t) => {
	const old = fakeWorld(web);
	const slow = hanging(api);
	const world = several({ a: old, b: slow.world });
	const { watch, timers, changes } = start(t, world);
	assert.deepEqual(await picture(watch), ["a connected: web"]);
	await watch.complete();
	const before = changes();
	world.reconfigure();
	await timers.turn(100);
	assert.equal(changes(), before, "the configuration says what it said before");
	world.current = "b";
	world.reconfigure();
	await timers.turn(100);
	assert.deepEqual(await picture(watch, 0), ["b connecting: "]);
	slow.answer();
	await turnUntil(timers, async () => (await picture(watch))[0] === "b connected: api");
	assert.ok(old.asked.includes("dispose"));
	assert.ok(changes() > 0);
});

test("what can be chosen, each with its state; what is shown is not asked again", async (t) => {
	const worlds = { a: fakeWorld(web), b: fakeWorld(), c: fakeWorld(), gone: fakeWorld() };
	worlds.c.problem = new EngineProblem("denied", "You have no permission.");
	worlds.gone.problem = new EngineProblem("absent", "There is none.");
	const world = several(worlds);
	for (const [name, current, onlyIfThere] of [
		["a", true, false],
		["b", false, true],
		["c", false, true],
		["gone", false, true],
	] as const) {
		world.offered.push({ location: location(name, [`unix:///${name}`]), description: `engine ${name}`, current, onlyIfThere });
	}
	world.offered.push({ location: location("unix:///a", ["unix:///a"]), description: "the same as a", current: false, onlyIfThere: true });
	const { watch } = start(t, world);
	await watch.report();
	const listed = await watch.contexts();
	assert.deepEqual(
		listed.map(({ name, state, shown, current }) => [name, state, shown, current]),
		[
			["a", "connected", true, true],
			["b", "connected", false, false],
			["c", "denied", false, false],
		],
	);
	assert.deepEqual([listed[2]?.endpoint, listed[2]?.description, listed[2]?.message], ["unix:///c", "engine c", "You have no permission."]);
	assert.equal(worlds.a.asked.filter((asked) => asked === "open").length, 1);
	assert.deepEqual(worlds.b.asked, ["open", "dispose"]);
});

test("an engine that hangs is listed as silent", async (t) => {
	const slow = hanging();
	const world = several({ a: fakeWorld(web), slow: slow.world });
	world.offered.push({ location: location("slow", ["unix:///slow"]), description: "", current: false, onlyIfThere: false });
	const { watch, timers } = start(t, world);
	await watch.report();
	const soon = watch.contexts(200);
	await timers.turn(200);
	assert.deepEqual(
		(await soon).map(({ name, state, message }) => [name, state, message]),
		[["slow", "connecting", null]],
	);
	const listed = watch.contexts();
	await timers.turn(5_000);
	assert.deepEqual(
		(await listed).map(({ name, state }) => [name, state]),
		[["slow", "silent"]],
	);
	assert.ok(slow.world.asked.includes("dispose"));
});

test("an image is looked for in every engine", async (t) => {
	const other = fakeWorld();
	other.images.set("web:1", { id: "sha256:1", exposed: [], env: [], entrypoint: [], cmd: [], workingDir: "", user: "", layers: [] });
	const { watch } = start(t, several({ a: fakeWorld(), b: other }), ["a", "b"]);
	await watch.report();
	assert.equal((await watch.inspectImage("web:1"))?.id, "sha256:1");
	assert.equal(await watch.inspectImage("none"), undefined);
	assert.equal((await watch.engine("b")?.inspectImage("web:1"))?.id, "sha256:1");
	assert.equal(watch.engine("c"), undefined);
});

test("a refused login is not tried again and again", async (t) => {
	const world = fakeWorld();
	world.problem = new EngineProblem("denied", "ssh cannot log in.");
	const { watch, timers } = start(t, { ...world, locate: async () => location("far", ["ssh://far"]) });
	await watch.report();
	await timers.turn(3_600_000);
	const attempts = world.asked.filter((asked) => asked === "open").length;
	assert.ok(attempts > 3 && attempts < 8, `${attempts} attempts in an hour`);
});

test("a socket that is made anew is tried at once, and nobody waits for it any longer", async (t) => {
	const world = fakeWorld(web);
	world.problem = new EngineProblem("refused", "No engine answers.");
	const { watch, timers } = start(t, world);
	await watch.report();
	await timers.turn(60_000);
	assert.equal(world.socketFollowers.size, 1);
	world.problem = undefined;
	for (const follower of world.socketFollowers) follower();
	await timers.turn(0);
	assert.deepEqual(await picture(watch), ["default connected: web"]);
	assert.equal(world.socketFollowers.size, 0);
});

test("dispose lets go of every engine and of the configuration", async (t) => {
	const worlds = { a: fakeWorld(web), b: fakeWorld(api) };
	const world = several(worlds);
	const { watch, timers } = start(t, world, ["a", "b"]);
	await watch.report();
	watch.dispose();
	await timers.turn(3_600_000);
	assert.equal(timers.pending, 0);
	assert.equal(world.followers.size, 0);
	for (const { asked } of Object.values(worlds)) assert.ok(asked.includes("dispose"));
});
