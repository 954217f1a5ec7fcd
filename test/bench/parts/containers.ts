import { endianness } from "node:os";
import { dockerEngine } from "../../../server/src/engine/docker.ts";
import type { Engine } from "../../../server/src/engine/engine.ts";
import { hostHelper } from "../../../server/src/engine/helper/helper.ts";
import { execSockets } from "../../../server/src/engine/sockets/exec.ts";
import { helperSockets } from "../../../server/src/engine/sockets/helper.ts";
import { kernelSockets } from "../../../server/src/engine/sockets/kernel.ts";
import type { Strategy, Target } from "../../../server/src/engine/sockets/live.ts";
import { kernelProc } from "../../../server/src/engine/sockets/proc.ts";
import { systemTimers } from "../../../server/src/engine/timers.ts";
import { engineSkip } from "../../support/engine/available.ts";
import { lab } from "../../support/engine/containers.ts";
import { docker, run } from "../../support/engine/run.ts";
import { type Findings, median, timed } from "../report.ts";
import type { Scale } from "../scale.ts";

const CAT = ["cat", "/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp", "/proc/net/udp6"];

/** Listing a real engine's containers, and reading their sockets in every way, by turns with `docker exec cat` for each. */
export async function containers(findings: Findings, { containers, rounds }: Scale): Promise<void> {
	const skip = await engineSkip();
	if (skip !== false) return findings.skip("real containers", skip);
	const { start, removeAll } = lab(`portlight-bench-${process.pid}-`);
	const host = process.env.DOCKER_HOST ?? (await docker("context", "inspect", "--format", "{{.Endpoints.docker.Host}}"));
	const engine = dockerEngine({ url: host, tls: null });
	const helper = hostHelper(engine);
	try {
		await engine.check();
		const targets: Target[] = [];
		for (const many of containers) {
			while (targets.length < many) {
				const id = await start(String(targets.length + 1), "portlight-test/busybox");
				const container = await engine.inspect(id);
				if (!container) throw new Error(`${id} is gone`);
				targets.push({ container, namespace: id, age: Number.POSITIVE_INFINITY });
			}
			await listing(findings, engine, many, rounds);
			await reading(findings, engine, helper, targets, rounds);
		}
	} finally {
		helper.dispose();
		engine.dispose();
		await removeAll();
	}
}

async function listing(findings: Findings, engine: Engine, many: number, rounds: number): Promise<void> {
	const times = { ours: [] as number[], ps: [] as number[] };
	for (let round = 0; round < rounds; round++) {
		times.ours.push(await timed(() => engine.list(true)));
		times.ps.push(await timed(() => run("docker", ["ps", "--all", "--no-trunc"])));
	}
	findings.row({
		name: `list of ${many} container${many === 1 ? "" : "s"}`,
		unit: "ms",
		figures: { median: median(times.ours) },
		beside: { name: "docker ps", figures: { median: median(times.ps) } },
	});
}

async function reading(
	findings: Findings,
	engine: Engine,
	helper: ReturnType<typeof hostHelper>,
	targets: readonly Target[],
	rounds: number,
) {
	const machine = { platform: process.platform, endianness: endianness(), proc: kernelProc, connect: async () => false };
	const kernel = kernelSockets(machine, true);
	const inHelper = helperSockets(engine, helper, () => "LE");
	const strategies: readonly (readonly [string, () => Strategy])[] = [
		["the kernel's tables", () => kernel],
		["the helper container", () => inHelper],
		// It remembers whom it asked, and does not ask again soon.
		["the containers themselves, by the API", () => execSockets(engine, () => "LE", systemTimers)],
	];
	for (const [, strategy] of strategies) await whole(strategy(), targets);
	// By turns, so that the machine's other work slows all of them.
	const times = strategies.map((): number[] => []);
	const exec: number[] = [];
	for (let round = 0; round < rounds; round++) {
		for (const [index, [, strategy]] of strategies.entries()) times[index]?.push(await timed(() => whole(strategy(), targets)));
		exec.push(
			await timed(async () => {
				for (const { container } of targets) await run("docker", ["exec", container.id, ...CAT]);
			}),
		);
	}
	const many = `${targets.length} container${targets.length === 1 ? "" : "s"}`;
	for (const [index, [name]] of strategies.entries()) {
		const value = median(times[index] ?? []);
		findings.row({
			name: `sockets of ${many} from ${name}`,
			unit: "ms",
			figures: { median: value },
			beside: { name: "docker exec cat, one after the other", figures: { median: median(exec) } },
			// What is used where there is no other way costs what it costs.
			...(index < 2 ? { goal: { of: "ratio", value: value / median(exec), atMost: 0.1 } } : {}),
		});
	}
}

/** A measurement with a gap is none. */
async function whole(strategy: Strategy, targets: readonly Target[]): Promise<void> {
	const answers = await strategy.read(targets);
	const wrong = targets.find(({ container: { id } }) => !Array.isArray(answers.get(id)) || answers.get(id)?.toString() === "");
	if (wrong) throw new Error(`${wrong.container.name}: ${String(answers.get(wrong.container.id))}`);
}
