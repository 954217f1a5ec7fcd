import { performance } from "node:perf_hooks";
import { watchContainers } from "../../../server/src/engine/engines.ts";
import { systemTimers } from "../../../server/src/engine/timers.ts";
import { realEngineWorld } from "../../../server/src/engine/world.ts";
import { idOf } from "../../support/engine/facts.ts";
import { simulateEngine } from "../../support/engine/simulatedEngine.ts";
import { waitFor } from "../../support/engine/wait.ts";
import { type Findings, median } from "../report.ts";
import type { Scale } from "../scale.ts";

/** What an engine with many containers costs; it is simulated, in this process. */
export async function simulated(findings: Findings, { simulated, rounds }: Scale): Promise<void> {
	const engine = await simulateEngine(simulated);
	let changes = 0;
	const started = performance.now();
	const watch = watchContainers(realEngineWorld({ env: { DOCKER_HOST: engine.endpoint } }), systemTimers, () => void changes++);
	try {
		const { containers } = await watch.report();
		const listed = performance.now() - started;
		findings.row({ name: `connect, list and report ${containers.length} simulated containers`, unit: "ms", figures: { once: listed } });
		await watch.complete();
		findings.row({ name: "inspect and read all of them", unit: "ms", figures: { once: performance.now() - started } });
		const waits: number[] = [];
		const works: number[] = [];
		for (let number = 1; number <= 4 * rounds; number++) {
			const name = `restarted-${number}`;
			const before = process.cpuUsage();
			const began = performance.now();
			engine.change(idOf(1 + (number % simulated)), { name, pid: 6_000_000 + number, startedAt: new Date().toISOString() }, "start");
			let seen = -1;
			await waitFor(name, async () => {
				if (seen === changes) return false;
				seen = changes;
				return (await watch.report()).containers.some((one) => one.name === name);
			});
			waits.push(performance.now() - began);
			const { user, system } = process.cpuUsage(before);
			works.push((user + system) / 1000);
		}
		findings.row({ name: "a start to the changed report", unit: "ms", figures: { median: median(waits) } });
		findings.row({ name: "processor time for it, the simulation's included", unit: "ms", figures: { median: median(works) } });
	} finally {
		watch.dispose();
		await engine.close();
	}
}
