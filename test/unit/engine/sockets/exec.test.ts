import assert from "node:assert/strict";
import { test } from "node:test";
import { type Container, type Engine, EngineProblem, type ExecResult } from "../../../../server/src/engine/engine.ts";
import { execSockets } from "../../../../server/src/engine/sockets/exec.ts";
import { type Answer, type Target, TOO_EARLY } from "../../../../server/src/engine/sockets/live.ts";
import { container, idOf, listening, TCP_HEADER, UDP_HEADER } from "../../../support/engine/facts.ts";
import { handTimers } from "../../../support/engine/handTimers.ts";
import { stubEngine } from "../../../support/engine/stubEngine.ts";

const TABLES = TCP_HEADER + listening("00000000", 80, 7) + UDP_HEADER;
const SOCKETS = [{ protocol: "tcp", address: "0.0.0.0", port: 80, process: null }];

function target(facts: Partial<Container> = {}, rest: Partial<Target> = {}): Target {
	const one = container(facts);
	return { container: one, namespace: one.id, age: Number.POSITIVE_INFINITY, ...rest };
}

/** An engine with these programs in its images; what was run is in `ran`. */
function asking(
	programs: Record<string, ExecResult | undefined | EngineProblem>,
	kind: "docker" | "podman" = "docker",
	architecture = "amd64",
) {
	const ran: string[] = [];
	const engine: Engine = stubEngine({
		about: () => ({ kind, architecture }),
		async exec(id, [program = ""]) {
			ran.push(`${program} in ${Number(id)}`);
			const result = program in programs ? programs[program] : { exitCode: 127, output: "" };
			if (result instanceof EngineProblem) throw result;
			return result;
		},
	});
	const timers = handTimers(0);
	const strategy = execSockets(engine, () => (architecture === "s390x" ? "BE" : "LE"), timers);
	const read = async (...targets: Target[]): Promise<(Answer | undefined)[]> => {
		const answers = await strategy.read(targets);
		return targets.map(({ container: { id } }) => answers.get(id));
	};
	return { ran, timers, read, unfit: strategy.unfit };
}

test("cat prints the tables", async () => {
	const { read, ran } = asking({ cat: { exitCode: 0, output: TABLES } });
	assert.deepEqual(await read(target()), [SOCKETS]);
	assert.deepEqual(ran, ["cat in 1"]);
});

test("cat misses a table where IPv6 is off", async () => {
	assert.deepEqual(await asking({ cat: { exitCode: 1, output: TABLES } }).read(target()), [SOCKETS]);
});

test("no cat: the shell reads, and the image is remembered", async () => {
	const { read, ran } = asking({ sh: { exitCode: 0, output: TABLES } });
	assert.deepEqual(await read(target()), [SOCKETS]);
	assert.deepEqual(await read(target({ id: idOf(2) })), [SOCKETS]);
	assert.deepEqual(ran, ["cat in 1", "sh in 1", "sh in 2"]);
});

test("neither: the image is not asked again", async () => {
	const { read, ran, unfit } = asking({});
	assert.equal(unfit(target()), undefined);
	assert.deepEqual(await read(target()), ["the image has neither cat nor a shell"]);
	assert.equal(unfit(target({ id: idOf(2) })), "the image has neither cat nor a shell");
	assert.deepEqual(ran, ["cat in 1", "sh in 1"]);
});

test("not more often than every 30 s, and not in the first 5 s, when a server may not be ready", async () => {
	const { read, ran, timers } = asking({ cat: { exitCode: 0, output: TABLES } });
	assert.deepEqual(await read(target({}, { age: 4_999 })), [TOO_EARLY]);
	assert.deepEqual(await read(target({}, { age: 5_000 })), [SOCKETS]);
	for (let second = 0; second < 119; second++) {
		await timers.turn(1_000);
		await read(target());
	}
	assert.equal(ran.length, 4);
	assert.deepEqual(await read(target({ pid: 101 })), [SOCKETS], "another process: what was said of the last one does not hold");
});

test("containers of one network are asked once, unless the first cannot tell", async () => {
	const { read, ran } = asking({ cat: { exitCode: 0, output: TABLES } });
	assert.deepEqual(await read(target(), target({ id: idOf(2) }, { namespace: idOf(1) })), [SOCKETS, SOCKETS]);
	assert.deepEqual(ran, ["cat in 1"]);
});

for (const [title, result, expected] of [
	["it has stopped meanwhile", undefined, "the container is no longer running"],
	["the output is none", { exitCode: 0, output: "hello" }, "the socket tables cannot be read"],
	["the output is cut", { exitCode: 137, output: TABLES.slice(0, -5) }, "the socket tables cannot be read"],
	["the engine fails", new EngineProblem("silent", "no answer"), "the engine could not run anything inside the container"],
	["the engine refuses", new EngineProblem("denied", "no"), "no permission to run anything inside the container"],
] as const) {
	test(`unknown: ${title}`, async () => assert.deepEqual(await asking({ cat: result }).read(target()), [expected]));
}

for (const [title, one, kind, expected] of [
	["paused", target({ state: "paused" }), "docker", "the container is paused"],
	["on the host's network", target({}, { namespace: "host" }), "docker", "shares the host's network: cannot tell its sockets apart"],
	["in the network of one that is gone", target({}, { namespace: null }), "docker", "shares the network of a container that is gone"],
	["on Podman", target(), "podman", "Podman is not asked inside containers"],
	["in a sandbox, which has tables of its own", target({ runtime: "runsc" }), "docker", undefined],
] as const) {
	test(`fit: ${title}`, () => assert.equal(asking({}, kind).unfit(one), expected));
}

test("a machine that stores the highest byte first", async () => {
	const output = TCP_HEADER + listening("7F000001", 80, 7) + UDP_HEADER;
	const [answer] = await asking({ cat: { exitCode: 0, output } }, "docker", "s390x").read(target());
	assert.deepEqual(answer, [{ protocol: "tcp", address: "127.0.0.1", port: 80, process: null }]);
});
