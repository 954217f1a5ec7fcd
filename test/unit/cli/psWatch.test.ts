import assert from "node:assert/strict";
import { test } from "node:test";
import type { Output } from "../../../server/src/cli/output.ts";
import { runPs } from "../../../server/src/cli/ps.ts";
import { EngineProblem } from "../../../server/src/engine/engine.ts";
import { container, idOf, STARTED } from "../../support/engine/facts.ts";
import { type FakeWorld, fakeWorld } from "../../support/engine/fakeWorld.ts";
import { type HandTimers, handTimers } from "../../support/engine/handTimers.ts";

/** `portlight ps --watch` in a window, until it is interrupted. */
function watching(world: FakeWorld, size: { columns?: number; rows?: number }, ...args: string[]) {
	const written: string[] = [];
	const errors: string[] = [];
	const interrupted = Promise.withResolvers<void>();
	let resized = () => {};
	const output: Output & { columns: number | undefined } = {
		out: (text) => written.push(text),
		err: (text) => errors.push(text),
		columns: size.columns,
		rows: size.rows,
		onResize: (callback) => {
			resized = callback;
			return () => {
				resized = () => {};
			};
		},
		interrupted: () => interrupted.promise,
	};
	const timers: HandTimers = handTimers(STARTED);
	const code = runPs(["--watch", ...args], output, world, timers);
	return {
		timers,
		errors,
		/** What was written since the last call. */
		written: () => written.splice(0).join(""),
		async resize(columns: number) {
			output.columns = columns;
			resized();
			await timers.turn(0);
		},
		async end() {
			interrupted.resolve();
			return code;
		},
	};
}

const web = container({ name: "web" });
const db = container({ id: idOf(2), name: "db" });

async function start(world: FakeWorld, one: typeof web): Promise<void> {
	world.containers.set(one.id, one);
	world.emit("start", one.id);
}

test("output that is no terminal gets each state once, and nothing that steers one", async () => {
	const world = fakeWorld(web);
	const { timers, written, end } = watching(world, {}, "--format", "table {{.Names}}");
	await timers.turn(0);
	assert.equal(written(), "NAMES\nweb\n");
	await start(world, db);
	await timers.turn(1_000);
	assert.equal(written(), "\nNAMES\ndb\nweb\n");
	await timers.turn(60_000);
	assert.equal(written(), "");
	assert.equal(await end(), 0);
	assert.equal(timers.pending, 0);
});

test("JSON is one line a state", async () => {
	const world = fakeWorld(web);
	const { timers, written, end } = watching(world, {}, "--format", "json");
	await timers.turn(0);
	await start(world, db);
	await timers.turn(1_000);
	const states = written()
		.trimEnd()
		.split("\n")
		.map((line) => JSON.parse(line).map(({ name }: { name: string }) => name));
	assert.deepEqual(states[0], ["web"]);
	assert.deepEqual(states.at(-1), ["db", "web"]);
	await end();
});

test("a terminal is drawn over in place", async () => {
	const world = fakeWorld(web);
	const { timers, written, end } = watching(world, { columns: 80, rows: 24 }, "--format", "table {{.Names}}");
	await timers.turn(0);
	assert.equal(written(), "\x1b[2J\x1b[HNAMES\x1b[K\nweb\x1b[K\n\x1b[J");
	world.containers.delete(web.id);
	world.emit("destroy", web.id);
	await timers.turn(1_000);
	assert.equal(written(), "\x1b[HNAMES\x1b[K\n\x1b[J");
	assert.equal(await end(), 0);
	assert.equal(timers.pending, 0);
});

test("what a low window has no room for is counted", async () => {
	const world = fakeWorld(...Array.from({ length: 9 }, (_, index) => container({ id: idOf(index + 1), name: `c${index + 1}` })));
	const { timers, written, end } = watching(world, { columns: 80, rows: 6 }, "--format", "{{.Names}}");
	await timers.turn(0);
	const lines = written()
		.replaceAll(/\x1b\[2?[A-Z]/g, "")
		.trimEnd()
		.split("\n");
	assert.deepEqual(lines, ["c1", "c2", "c3", "c4", "… 5 more lines: make the window taller"]);
	await end();
});

test("another size of the window is drawn at once", async () => {
	const { timers, written, resize, end } = watching(fakeWorld(web), { columns: 200, rows: 24 });
	await timers.turn(0);
	assert.match(written(), /CONTAINER ID/);
	await resize(80);
	assert.match(written(), /^\x1b\[HCONTAINER ID/);
	await end();
});

test("words that age are drawn again", async () => {
	const { timers, written, end } = watching(fakeWorld(web), { columns: 80, rows: 24 }, "--format", "{{.Status}}");
	await timers.turn(0);
	written();
	await timers.turn(120_000);
	assert.match(written(), /Up 2 minutes/);
	await end();
});

test("an engine that is away is said, and its containers come back", async () => {
	const world = fakeWorld(web);
	world.problem = new EngineProblem("refused", "No engine answers.");
	const { timers, written, errors, end } = watching(world, {}, "--format", "{{.Names}}");
	await timers.turn(0);
	assert.deepEqual([written(), errors.join("")], ["", "portlight ps: No engine answers.\n"]);
	world.problem = undefined;
	await timers.turn(20_000);
	assert.equal(written(), "web\n");
	assert.equal(await end(), 0);
});
