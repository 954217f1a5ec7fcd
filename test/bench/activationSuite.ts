/** Bundled to out/test/activation.cjs; VS Code's extension host loads that and calls `run`. */
import { writeFile } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import * as vscode from "vscode";

/** Milliseconds. */
export interface Activation {
	/** Reading and running the bundle. */
	readonly loading: number;
	/** Until `activate` kept its promise, the server's start included. */
	readonly total: number;
	/** What the processor worked meanwhile for the extension host's thread; what others waited for it does not count. */
	readonly work: number;
}

/** Where VS Code keeps its own performance marks, in milliseconds. */
interface Marks {
	readonly MonacoPerformanceMarks?: { getMarks(): readonly { readonly name: string; readonly startTime: number }[] };
}

const ID = "portlight.portlight";

export async function run(): Promise<void> {
	const file = process.env.PORTLIGHT_BENCH_RESULT;
	const extension = vscode.extensions.getExtension(ID);
	if (!file || !extension || extension.isActive) throw new Error("there is nothing to measure");
	// What VS Code has to do for its own start is over.
	for (let before = performance.eventLoopUtilization(), idle = 0; idle < 3; ) {
		await new Promise((resolve) => setTimeout(resolve, 500));
		idle = performance.eventLoopUtilization(before).utilization < 0.02 ? idle + 1 : 0;
		before = performance.eventLoopUtilization();
	}
	const before = process.threadCpuUsage();
	const started = performance.now();
	await extension.activate();
	const total = performance.now() - started;
	const { user, system } = process.threadCpuUsage(before);
	const marks = (globalThis as Marks).MonacoPerformanceMarks?.getMarks() ?? [];
	const at = (name: string) => marks.find((mark) => mark.name.endsWith(`/${name}/${ID}`))?.startTime ?? Number.NaN;
	const activation: Activation = {
		loading: at("didLoadExtensionCode") - at("willLoadExtensionCode"),
		total,
		work: (user + system) / 1_000,
	};
	await writeFile(file, JSON.stringify(activation));
}
