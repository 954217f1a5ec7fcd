import { performance } from "node:perf_hooks";
import { openEditor, PEER, PORTLIGHT } from "../editor.ts";
import { writeProjects } from "../projects.ts";
import { type Findings, median, spread } from "../report.ts";
import type { Scale } from "../scale.ts";

/** From the start of the process to the first hint, beside the other server's first diagnostics; by turns. */
export async function start(findings: Findings, { starts, lines: [first = 8] }: Scale, folder: string): Promise<void> {
	const [project] = await writeProjects(folder, [first]);
	if (!project) return;
	const times = { ours: [] as number[], theirs: [] as number[] };
	// One more of each, as the first finds nothing in the machine's caches.
	for (let round = 0; round <= starts; round++) {
		for (const [server, found] of [
			[PORTLIGHT, times.ours],
			[PEER, times.theirs],
		] as const) {
			const started = performance.now();
			const editor = await openEditor(server, project);
			await editor.open(project.dockerfile);
			if (round > 0) found.push(performance.now() - started);
			await editor.stop();
		}
	}
	findings.row({
		name: "start of the server to first hint",
		unit: "ms",
		figures: spread(times.ours),
		beside: { name: `${PEER.name}, to first diagnostics`, figures: spread(times.theirs) },
		goal: { of: "ratio of medians", value: median(times.ours) / median(times.theirs), atMost: 1.3 },
	});
}
