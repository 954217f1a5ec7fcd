import assert from "node:assert/strict";
import { test } from "node:test";
import { type Container, EngineProblem } from "../../../../server/src/engine/engine.ts";
import { hostHelper } from "../../../../server/src/engine/helper/helper.ts";
import { helperImage } from "../../../../server/src/engine/helper/image.ts";
import { helperSockets } from "../../../../server/src/engine/sockets/helper.ts";
import type { Answer, Target } from "../../../../server/src/engine/sockets/live.ts";
import { container, idOf, listening, TCP_HEADER, UDP_HEADER } from "../../../support/engine/facts.ts";
import { attachedProgram, stubEngine } from "../../../support/engine/stubEngine.ts";

function target(facts: Partial<Container> = {}, rest: Partial<Target> = {}): Target {
	const one = container(facts);
	return { container: one, namespace: one.id, age: Number.POSITIVE_INFINITY, ...rest };
}

/** The files of a process as the program prints them: control group, tcp, tcp6, udp, udp6. */
const files = (id: string, port: number, tcp6 = "-") =>
	[`0::/docker/${id}\n`, TCP_HEADER + listening("00000000", port, 7), tcp6, UDP_HEADER, "-"].map((text) => `${text}\0`).join("");
const nothing = "-\0".repeat(5);
const socket = (port: number) => [{ protocol: "tcp", address: "0.0.0.0", port, process: null }];

interface Started {
	readonly config: { readonly HostConfig: Record<string, unknown>; readonly [name: string]: unknown };
	readonly asked: string[];
	closed: boolean;
}

/** An engine whose helper answers what is given by process number, or `self` and the container's identifier. */
function lab(
	answers: Record<string, string>,
	options: {
		refusesHost?: boolean;
		inspected?: Container;
		architecture?: string;
		listed?: readonly Container[];
		layers?: readonly string[];
	} = {},
) {
	const started: Started[] = [];
	const imported: string[] = [];
	const removed: string[] = [];
	const engine = stubEngine({
		about: () => ({ kind: "docker", architecture: options.architecture ?? "amd64" }),
		inspect: async () => options.inspected,
		inspectImage: async () =>
			options.layers && { id: "sha256:1", exposed: [], env: [], entrypoint: [], cmd: [], workingDir: "", user: "", layers: options.layers },
		list: async () => options.listed ?? [],
		async act(id, action) {
			if (action === "remove") removed.push(id);
			return null;
		},
		importImage: async (reference) => void imported.push(reference),
		async runAttached(given) {
			const config = given as Started["config"];
			if (options.refusesHost && config.HostConfig.PidMode === "host") throw new EngineProblem("denied", "not here");
			const one: Started = { config, asked: [], closed: false };
			started.push(one);
			const network = String(config.HostConfig.NetworkMode).replace("container:", "");
			return attachedProgram(
				(line) => {
					one.asked.push(line);
					return answers[line === "self" ? network : line] ?? nothing;
				},
				() => {
					one.closed = true;
				},
			);
		},
	});
	const helper = hostHelper(engine);
	const strategy = helperSockets(engine, helper, () => "LE");
	const read = async (...targets: Target[]): Promise<(Answer | undefined)[]> => {
		const found = await strategy.read(targets);
		return targets.map(({ container: { id } }) => found.get(id));
	};
	return { started, imported, removed, helper, read, unfit: strategy.unfit };
}

test("one helper for all containers, asked once for each network, in a cage", async () => {
	const { started, imported, read, helper } = lab({ 100: files(idOf(1), 80), 200: files(idOf(2), 81) });
	const joined = target({ id: idOf(3), pid: 300 }, { namespace: idOf(1) });
	assert.deepEqual(await read(target(), target({ id: idOf(2), pid: 200 }), joined), [socket(80), socket(81), socket(80)]);
	assert.deepEqual(await read(target()), [socket(80)]);
	assert.equal(started.length, 1);
	assert.deepEqual(started[0]?.asked, ["100", "200", "100"]);
	assert.match(imported.join(), /^portlight\/helper:[0-9a-f]{12}$/);
	assert.deepEqual(started[0]?.config, {
		Image: imported[0],
		Entrypoint: ["/helper"],
		Labels: { "portlight.helper": "1" },
		User: "65534:65534",
		HostConfig: {
			AutoRemove: true,
			ReadonlyRootfs: true,
			CapDrop: ["ALL"],
			SecurityOpt: ["no-new-privileges"],
			IpcMode: "none",
			Memory: 16_777_216,
			PidsLimit: 4,
			LogConfig: { Type: "none" },
			PidMode: "host",
			UsernsMode: "host",
			CgroupnsMode: "host",
			NetworkMode: "none",
		},
	});
	helper.dispose();
	await new Promise(setImmediate);
	assert.ok(started[0]?.closed);
});

test("an image that only has the helper's name is replaced, the helper's own is taken", async () => {
	const own = helperImage("amd64")?.layer ?? "";
	for (const [layers, times] of [
		[["sha256:evil"], 1],
		[[own, "sha256:more"], 1],
		[[own], 0],
	] as const) {
		const { imported, read } = lab({ 100: files(idOf(1), 80) }, { layers });
		await read(target());
		assert.equal(imported.length, times, layers.join());
	}
});

test("a helper that has ended is started again", async () => {
	const { started, read } = lab({ 100: files(idOf(1), 80) });
	assert.deepEqual(await read(target()), [socket(80)]);
	const first = started[0];
	assert.ok(first);
	// Its patience is over: the next question is not answered.
	first.asked.push = () => {
		throw new EngineProblem("silent", "ended");
	};
	assert.deepEqual(await read(target()), [socket(80)]);
	assert.equal(started.length, 2);
});

test("helpers that were created and never started are removed", async () => {
	const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
	const helper = { labels: { "portlight.helper": "1" }, state: "created", createdAt: minutesAgo(5) };
	const { read, removed } = lab(
		{ 100: files(idOf(1), 80) },
		{
			listed: [
				container({ id: idOf(4), ...helper }),
				container({ id: idOf(5), ...helper, createdAt: minutesAgo(0) }),
				container({ id: idOf(6), ...helper, state: "running" }),
				container({ id: idOf(7), ...helper, labels: {} }),
			],
		},
	);
	assert.deepEqual(await read(target()), [socket(80)]);
	assert.deepEqual(removed, [idOf(4)]);
});

test("where nobody may see the host's processes: a helper in each container's network, one at a time", async () => {
	const { started, read } = lab({ [idOf(1)]: files("", 80), [idOf(2)]: files("", 81) }, { refusesHost: true });
	const joined = target({ id: idOf(3), pid: 300 }, { namespace: idOf(1) });
	assert.deepEqual(await read(target(), target({ id: idOf(2), pid: 200 }), joined), [socket(80), socket(81), socket(80)]);
	assert.deepEqual(
		started.map(({ config, closed }) => [config.HostConfig.NetworkMode, config.HostConfig.PidMode, closed]),
		[
			[`container:${idOf(1)}`, undefined, true],
			[`container:${idOf(2)}`, undefined, true],
		],
	);
});

test("a process number that was given away: the control group tells, or the engine does", async () => {
	const foreign = { 100: files(idOf(9), 80) };
	assert.deepEqual(await lab(foreign).read(target()), ["its process has ended"]);
	assert.deepEqual(await lab(foreign, { inspected: container({ pid: 101 }) }).read(target()), ["its process has ended"]);
	const rootless = { 100: files("", 80) };
	assert.deepEqual(await lab(rootless, { inspected: container() }).read(target()), [socket(80)]);
});

for (const [title, answer] of [
	["hidden", "!\0".repeat(5)],
	["the IPv6 table could not be read", files(idOf(1), 80, "!")],
	["the IPv6 table was cut", files(idOf(1), 80, `${TCP_HEADER}   0: 00!`)],
] as const) {
	test(`unknown: ${title}`, async () => {
		assert.deepEqual(await lab({ 100: answer }, { inspected: container() }).read(target()), ["the socket tables cannot be read"]);
	});
}

test("what it is no use for", () => {
	const { unfit } = lab({});
	assert.equal(unfit(target()), undefined);
	assert.equal(unfit(target({ state: "paused" })), undefined);
	assert.equal(unfit(target({ runtime: "runsc" })), "the runtime runsc hides its sockets");
	assert.equal(unfit(target({}, { namespace: "host" })), "shares the host's network: cannot tell its sockets apart");
	assert.equal(lab({}, { architecture: "riscv64" }).unfit(target()), "the helper does not run on riscv64 machines");
});
