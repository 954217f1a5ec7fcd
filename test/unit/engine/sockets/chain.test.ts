import assert from "node:assert/strict";
import { test } from "node:test";
import type { Container } from "../../../../server/src/engine/engine.ts";
import { socketChain } from "../../../../server/src/engine/sockets/chain.ts";
import {
	type Answer,
	hostKey,
	type Live,
	type Probe,
	type Strategy,
	type Target,
	TOO_EARLY,
} from "../../../../server/src/engine/sockets/live.ts";
import { container } from "../../../support/engine/facts.ts";
import { handTimers } from "../../../support/engine/handTimers.ts";

const SOCKET = { protocol: "tcp" as const, address: "0.0.0.0", port: 80, process: null };
const target = (facts: Partial<Container> = {}): Target => ({ container: container(facts), namespace: container(facts).id, age: 1e9 });

/** `unfit: …` is what a way says of itself before it is tried. */
type Part = Answer | `unfit: ${string}` | Error;

function chain(parts: { kernel?: Part; exec?: Part; helper?: Part }, probe: Probe = "exec") {
	const tried: string[] = [];
	const strategy = (name: "kernel" | "exec" | "helper"): Strategy => {
		const part: Part = parts[name] ?? `unfit: ${name} is no use`;
		return {
			unfit: () => (typeof part === "string" && part.startsWith("unfit: ") ? part.slice("unfit: ".length) : undefined),
			async read(targets) {
				tried.push(name);
				if (part instanceof Error) throw part;
				return new Map(targets.map((one) => [one.container.id, part]));
			},
		};
	};
	const reader = socketChain(
		{ kernel: strategy("kernel"), exec: strategy("exec"), helper: strategy("helper") },
		async ({ published }) => new Map(published.map(({ hostIp, hostPort }) => [hostKey(hostIp, hostPort), true])),
		handTimers(7),
		() => {},
		probe,
	);
	return { reader, tried, read: async (one = target()): Promise<Live | undefined> => (await reader.read([one])).get(one.container.id) };
}

test("the kernel's tables, and nothing else where they tell", async () => {
	const { read, tried } = chain({ kernel: [SOCKET], exec: [], helper: [] }, "helper");
	assert.deepEqual(await read(), { known: true, via: "kernel", readAt: 7, sockets: [SOCKET] });
	assert.deepEqual(tried, ["kernel"]);
});

test("then inside the container", async () => {
	const { read, tried } = chain({ kernel: "its process is not on this machine", exec: [SOCKET], helper: [] });
	assert.deepEqual(await read(), { known: true, via: "exec", readAt: 7, sockets: [SOCKET] });
	assert.deepEqual(tried, ["kernel", "exec"]);
});

test("the helper, where it is allowed, before anything is run inside", async () => {
	const { read, tried } = chain({ kernel: "unfit: the engine is on another machine", exec: [], helper: [SOCKET] }, "helper");
	assert.deepEqual(await read(), { known: true, via: "helper", readAt: 7, sockets: [SOCKET] });
	assert.deepEqual(tried, ["helper"]);
});

test("the helper by a click, also when everything is turned off", async () => {
	const { read, reader, tried } = chain({ helper: [SOCKET] }, "off");
	assert.deepEqual(await read(), { known: false, reason: "reading live ports is turned off", remedy: "helper" });
	reader.allowHelper([container().id]);
	assert.equal((await read())?.known, true);
	assert.deepEqual(tried, ["helper"]);
});

for (const [probe, expected] of [
	["off", []],
	["kernel", ["kernel"]],
	["exec", ["kernel", "exec"]],
	["helper", ["kernel", "helper", "exec"]],
] as const) {
	test(`probe ${probe} tries ${expected.join(", ") || "nothing"}`, async () => {
		const { read, tried } = chain({ kernel: "no", exec: "no", helper: "no" }, "off");
		const same = chain({ kernel: "no", exec: "no", helper: "no" }, probe);
		assert.equal((await same.read())?.known, false);
		assert.deepEqual(same.tried, expected);
		await read();
		assert.deepEqual(tried, []);
	});
}

test("unknown: the last reason, and the helper when it may find out", async () => {
	const reasons = { kernel: "unfit: the engine is on another machine", exec: "unfit: the container is paused" } as const;
	assert.deepEqual(await chain({ ...reasons, helper: [] }).read(), { known: false, reason: "the container is paused", remedy: "helper" });
	assert.deepEqual(await chain(reasons).read(), { known: false, reason: "the container is paused", remedy: null });
	const failed = await chain({ ...reasons, helper: "the helper container could not be run" }, "helper").read();
	assert.deepEqual(failed, { known: false, reason: "the container is paused", remedy: null });
});

test("unknown, with what a connection to the host's ports shows, unless everything is turned off", async () => {
	const published = [{ port: 80, protocol: "tcp" as const, hostIp: "0.0.0.0", hostPort: 8080 }];
	const live = await chain({}, "kernel").read(target({ published }));
	assert.deepEqual(live?.known === false && live.answers, new Map([["0.0.0.0 8080", true]]));
	const off = await chain({}, "off").read(target({ published }));
	assert.equal(off?.known === false && off.answers, undefined);
});

test("what was asked a short time ago keeps its answer", async () => {
	const { reader } = chain({ kernel: "no", exec: TOO_EARLY });
	assert.equal((await reader.read([target()])).size, 0);
});

test("a way that fails is a way that does not work", async () => {
	assert.equal((await chain({ kernel: new Error("bug"), exec: [SOCKET] }).read())?.known, true);
});

for (const [facts, reason] of [
	[{ running: false, state: "exited", pid: 0 }, "the container is not running"],
	[{ running: false, state: "created", pid: 0 }, "the container is not running"],
	[{ pid: 0 }, "the container is not running"],
	[{ state: "restarting", pid: 0 }, "the container is restarting"],
] as const) {
	test(`nothing is tried: ${JSON.stringify(facts)}`, async () => {
		const { read, tried } = chain({ kernel: [SOCKET], helper: [] });
		assert.deepEqual(await read(target(facts)), { known: false, reason, remedy: null });
		assert.deepEqual(tried, []);
	});
}
