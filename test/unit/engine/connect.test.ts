import assert from "node:assert/strict";
import { test } from "node:test";
import { connect } from "../../../server/src/engine/connect.ts";
import type { Endpoint } from "../../../server/src/engine/endpoint.ts";
import { type Engine, EngineProblem, type ProblemState } from "../../../server/src/engine/engine.ts";
import { location } from "../../support/engine/fakeWorld.ts";
import { stubEngine } from "../../support/engine/stubEngine.ts";

/** Engines by endpoint that answer, or fail as told. `open` lists what was not disposed. */
function engines(states: Record<string, ProblemState | "connected">) {
	const open = new Set<string>();
	return {
		open,
		at({ url: endpoint }: Endpoint): Engine {
			open.add(endpoint);
			const state = states[endpoint] ?? "absent";
			return stubEngine({
				endpoint,
				check: async () => {
					if (state !== "connected") throw new EngineProblem(state, `${endpoint} is ${state}`);
					return "docker";
				},
				dispose: () => open.delete(endpoint),
			});
		},
	};
}

const ALL = ["unix:///a", "unix:///b", "unix:///c"];
for (const [title, states, expected] of [
	[
		"the first that answers",
		{ "unix:///b": "connected", "unix:///c": "connected" },
		{ endpoint: "unix:///b", state: "connected", message: null, tried: ["unix:///a", "unix:///b"] },
	],
	[
		"past a stale socket",
		{ "unix:///a": "refused", "unix:///c": "connected" },
		{ endpoint: "unix:///c", state: "connected", message: null, tried: ALL },
	],
	[
		"a stale socket is told when nothing else answers",
		{ "unix:///b": "refused" },
		{ endpoint: "unix:///b", state: "refused", message: "unix:///b is refused", tried: ALL },
	],
	[
		"no permission is where the search ends",
		{ "unix:///a": "denied", "unix:///b": "connected" },
		{ endpoint: "unix:///a", state: "denied", message: "unix:///a is denied", tried: ["unix:///a"] },
	],
	[
		"so is silence",
		{ "unix:///b": "silent", "unix:///c": "connected" },
		{ endpoint: "unix:///b", state: "silent", message: "unix:///b is silent", tried: ["unix:///a", "unix:///b"] },
	],
	[
		"and what is not Docker",
		{ "unix:///a": "foreign" },
		{ endpoint: "unix:///a", state: "foreign", message: "unix:///a is foreign", tried: ["unix:///a"] },
	],
] as const) {
	test(title, async () => {
		const world = engines(states as Record<string, ProblemState | "connected">);
		const { engine, report } = await connect(location("default", ALL), world.at);
		const { kind, local, command, ...rest } = report;
		assert.deepEqual(rest, { name: "default", ...expected });
		assert.deepEqual([kind, local], [expected.state === "connected" ? "docker" : null, true]);
		assert.deepEqual(command, ["docker", "--host", expected.endpoint]);
		assert.deepEqual([...world.open], expected.state === "connected" ? [expected.endpoint] : [], "only the engine in use stays open");
		assert.equal(engine?.endpoint, expected.state === "connected" ? expected.endpoint : undefined);
	});
}

test("none found", async () => {
	const { report } = await connect(location("default", ALL), engines({}).at);
	assert.deepEqual([report.state, report.endpoint, report.tried], ["absent", null, ALL]);
	assert.match(report.message ?? "", /No container engine was found/);
});

test("the one that was chosen is told by name", async () => {
	const { report } = await connect(location("work", ["unix:///a"], { isContext: true }), engines({}).at);
	assert.deepEqual([report.name, report.endpoint, report.state, report.message], ["work", "unix:///a", "absent", "unix:///a is absent"]);
	assert.deepEqual(report.command, ["docker", "--context", "work"]);
});

test("a choice that cannot be used is told, and nothing is tried", async () => {
	const { report } = await connect(location("far", [], { problem: "not supported yet" }), engines({}).at);
	assert.deepEqual([report.name, report.endpoint, report.state, report.message], ["far", null, "absent", "not supported yet"]);
	assert.deepEqual(report.tried, []);
});

for (const [title, where, kind, command] of [
	["Podman", location("default", ["unix:///p"]), "podman", ["podman", "--url", "unix:///p"]],
	["Podman in a Docker context", location("p", ["unix:///p"], { isContext: true }), "podman", ["docker", "--context", "p"]],
	["Podman behind a named pipe", location("default", ["npipe:////./pipe/p"]), "podman", ["docker", "--host", "npipe:////./pipe/p"]],
	[
		"TLS",
		location("default", [], {
			endpoints: [
				{ url: "tcp://h:2376", tls: { ca: "", cert: "", key: null, verify: true, files: { ca: "/c/ca.pem", cert: "/c/cert.pem" } } },
			],
		}),
		"docker",
		["docker", "--host", "tcp://h:2376", "--tlsverify", "--tlscacert=/c/ca.pem", "--tlscert=/c/cert.pem"],
	],
] as const) {
	test(`the command line for ${title}`, async () => {
		const { report } = await connect(where, ({ url }) => ({ ...engines({}).at({ url, tls: null }), check: async () => kind }));
		assert.deepEqual([report.kind, report.command], [kind, command]);
	});
}

test("a configuration that cannot be read is told, with an engine and without", async () => {
	const warned = location("default", ["unix:///a"], { warning: "config.json is not JSON." });
	const found = await connect(warned, engines({ "unix:///a": "connected" }).at);
	assert.deepEqual([found.report.state, found.report.message], ["connected", "config.json is not JSON."]);
	const none = await connect(warned, engines({}).at);
	assert.equal(none.report.message, "unix:///a is absent config.json is not JSON.");
});
