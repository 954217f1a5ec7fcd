// npm run bench:engine
// What reading live sockets costs on a real engine with 50 containers, side by side with `docker exec cat`, and what a thousand
// simulated containers cost the server. Prints a table and writes out/bench-engine.json. Without an engine only the second part.
import { mkdir, writeFile } from "node:fs/promises";
import { endianness } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { dockerEngine } from "../../server/src/engine/docker.ts";
import { watchContainers } from "../../server/src/engine/engines.ts";
import { hostHelper } from "../../server/src/engine/helper/helper.ts";
import { execSockets } from "../../server/src/engine/sockets/exec.ts";
import { helperSockets } from "../../server/src/engine/sockets/helper.ts";
import { kernelSockets } from "../../server/src/engine/sockets/kernel.ts";
import type { Strategy, Target } from "../../server/src/engine/sockets/live.ts";
import { kernelProc } from "../../server/src/engine/sockets/proc.ts";
import { systemTimers } from "../../server/src/engine/timers.ts";
import { realEngineWorld } from "../../server/src/engine/world.ts";
import { engineSkip } from "../support/engine/available.ts";
import { lab } from "../support/engine/containers.ts";
import { idOf } from "../support/engine/facts.ts";
import { docker, run } from "../support/engine/run.ts";
import { simulateEngine } from "../support/engine/simulatedEngine.ts";

const CONTAINERS = 50;
const ROUNDS = 5;
const MANY = 1_000;
const CAT = ["cat", "/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp", "/proc/net/udp6"];

const rows: Record<string, number> = {};
const skip = await engineSkip();
if (skip === false) await realEngine();
else console.log(`no real engine: ${skip}`);
await manyContainers();
const out = path.join(import.meta.dirname, "../../out");
await mkdir(out, { recursive: true });
await writeFile(path.join(out, "bench-engine.json"), `${JSON.stringify(rows, undefined, "\t")}\n`);

async function realEngine(): Promise<void> {
	const { start, removeAll } = lab(`portlight-bench-${process.pid}-`);
	const host = process.env.DOCKER_HOST ?? (await docker("context", "inspect", "--format", "{{.Endpoints.docker.Host}}"));
	const engine = dockerEngine({ url: host, tls: null });
	const helper = hostHelper(engine);
	try {
		const ids: string[] = [];
		for (let number = 1; number <= CONTAINERS; number++) ids.push(await start(String(number), "portlight-test/busybox"));
		await engine.check();
		const targets: Target[] = [];
		for (const id of ids) {
			const container = await engine.inspect(id);
			if (container) targets.push({ container, namespace: id, age: Number.POSITIVE_INFINITY });
		}
		const machine = { platform: process.platform, endianness: endianness(), proc: kernelProc, connect: async () => false };
		const ways: readonly (readonly [string, () => Promise<unknown>])[] = [
			["kernel", () => whole(kernelSockets(machine, true), targets)],
			[
				"helper container",
				() =>
					whole(
						helperSockets(engine, helper, () => "LE"),
						targets,
					),
			],
			[
				"inside the containers, by the API",
				() =>
					whole(
						execSockets(engine, () => "LE", systemTimers),
						targets,
					),
			],
			[
				"docker exec cat, one after the other",
				async () => {
					for (const id of ids) await run("docker", ["exec", id, ...CAT]);
				},
			],
		];
		await ways[1]?.[1]();
		// By turns, so that the machine's other work slows all of them.
		const times = ways.map((): number[] => []);
		for (let round = 0; round < ROUNDS; round++) {
			for (const [index, [, read]] of ways.entries()) times[index]?.push(await timed(read));
		}
		for (const [index, [name]] of ways.entries()) row(`${name}: ${CONTAINERS} containers`, median(times[index] ?? []), "ms");
		const exec = median(times.at(-1) ?? []);
		row("kernel, as a share of docker exec cat", (100 * median(times[0] ?? [])) / exec, "%");
		row("helper container, as a share of docker exec cat", (100 * median(times[1] ?? [])) / exec, "%");
	} finally {
		helper.dispose();
		engine.dispose();
		await removeAll();
	}
}

/** A measurement with a gap is none. */
async function whole(strategy: Strategy, targets: readonly Target[]): Promise<void> {
	const answers = await strategy.read(targets);
	const wrong = targets.find(({ container: { id } }) => !Array.isArray(answers.get(id)) || answers.get(id)?.toString() === "");
	if (wrong) throw new Error(`${wrong.container.name}: ${String(answers.get(wrong.container.id))}`);
}

async function manyContainers(): Promise<void> {
	const engine = await simulateEngine(MANY);
	const changes: number[] = [];
	const started = performance.now();
	const watch = watchContainers(
		realEngineWorld({ env: { DOCKER_HOST: engine.endpoint } }),
		systemTimers,
		() => void changes.push(performance.now()),
	);
	try {
		const { containers } = await watch.report();
		row(`connect, list and report ${containers.length} simulated containers`, performance.now() - started, "ms");
		await watch.complete();
		row(`inspect and read all of them`, performance.now() - started, "ms");
		const waits: number[] = [];
		const works: number[] = [];
		for (let number = 1; number <= 20; number++) {
			await new Promise((resolve) => setTimeout(resolve, 300));
			const seen = changes.length;
			const before = process.cpuUsage();
			const began = performance.now();
			engine.change(idOf(number), { name: `restarted-${number}`, pid: 6_000_000 + number, startedAt: new Date().toISOString() }, "start");
			while (changes.length === seen) await new Promise((resolve) => setTimeout(resolve, 1));
			await watch.report();
			waits.push(performance.now() - began);
			const { user, system } = process.cpuUsage(before);
			works.push((user + system) / 1000);
		}
		row("a start to the changed report", median(waits), "ms");
		row("processor time for it, the simulation's included", median(works), "ms");
	} finally {
		watch.dispose();
		await engine.close();
	}
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const started = performance.now();
	await work();
	return performance.now() - started;
}

function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function row(name: string, value: number, unit: string): void {
	rows[name] = value;
	console.log(`${name.padEnd(60)} ${value.toFixed(1).padStart(10)} ${unit}`);
}
