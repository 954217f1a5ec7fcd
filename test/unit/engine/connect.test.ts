import assert from "node:assert/strict";
import { test } from "node:test";
import { connect } from "../../../server/src/engine/connect.ts";
import { type Engine, EngineProblem, type ProblemState } from "../../../server/src/engine/engine.ts";

/** Engines by endpoint that answer, or fail as told. `open` lists what was not disposed. */
function engines(states: Record<string, ProblemState | "connected">) {
	const open = new Set<string>();
	return {
		open,
		at(endpoint: string): Engine {
			open.add(endpoint);
			const state = states[endpoint] ?? "absent";
			return {
				endpoint,
				local: true,
				check: async () => {
					if (state !== "connected") throw new EngineProblem(state, `${endpoint} is ${state}`);
				},
				list: async () => [],
				inspect: async () => undefined,
				inspectImage: async () => undefined,
				watch: async () => {},
				dispose: () => open.delete(endpoint),
			};
		},
	};
}

const ALL = ["a", "b", "c"];
for (const [title, states, expected] of [
	["the first that answers", { b: "connected", c: "connected" }, { endpoint: "b", state: "connected", message: null, tried: ["a", "b"] }],
	["past a stale socket", { a: "refused", c: "connected" }, { endpoint: "c", state: "connected", message: null, tried: ALL }],
	[
		"a stale socket is told when nothing else answers",
		{ b: "refused" },
		{ endpoint: "b", state: "refused", message: "b is refused", tried: ALL },
	],
	[
		"no permission is where the search ends",
		{ a: "denied", b: "connected" },
		{ endpoint: "a", state: "denied", message: "a is denied", tried: ["a"] },
	],
	["so is silence", { b: "silent", c: "connected" }, { endpoint: "b", state: "silent", message: "b is silent", tried: ["a", "b"] }],
	["and what is not Docker", { a: "foreign" }, { endpoint: "a", state: "foreign", message: "a is foreign", tried: ["a"] }],
] as const) {
	test(title, async () => {
		const world = engines(states as Record<string, ProblemState | "connected">);
		const { engine, report } = await connect({ name: "default", endpoints: ALL, problem: null }, world.at);
		assert.deepEqual(report, { name: "default", ...expected });
		assert.deepEqual([...world.open], expected.state === "connected" ? [expected.endpoint] : [], "only the engine in use stays open");
		assert.equal(engine?.endpoint, expected.state === "connected" ? expected.endpoint : undefined);
	});
}

test("none found", async () => {
	const { report } = await connect({ name: "default", endpoints: ALL, problem: null }, engines({}).at);
	assert.deepEqual([report.state, report.endpoint, report.tried], ["absent", null, ALL]);
	assert.match(report.message ?? "", /No container engine was found/);
});

test("the one that was chosen is told by name", async () => {
	const { report } = await connect({ name: "work", endpoints: ["a"], problem: null }, engines({}).at);
	assert.deepEqual(report, { name: "work", endpoint: "a", state: "absent", message: "a is absent", tried: ["a"] });
});

test("a choice that cannot be used is told, and nothing is tried", async () => {
	const { report } = await connect({ name: "far", endpoints: [], problem: "not supported yet" }, engines({}).at);
	assert.deepEqual(report, { name: "far", endpoint: null, state: "absent", message: "not supported yet", tried: [] });
});
