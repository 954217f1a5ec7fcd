import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { inspect } from "node:util";
import fc from "fast-check";
import { startWatchdog } from "./watchdog.ts";

/** How `npm run fuzz` tells a target what to do. */
export interface FuzzOptions {
	readonly seed?: number;
	/** A case of this seed, as a failure prints it. */
	readonly path?: string;
	/** How long to go on; without it a fixed number of cases is tried. */
	readonly milliseconds?: number;
	/** Where to write how many cases were tried. */
	readonly report?: string;
}

export const OPTIONS_VARIABLE = "PORTLIGHT_FUZZ";

/** A case that takes longer has no end: the slowest known ones take a second. */
const HANG = 30_000;

/**
 * One target of fuzzing: inputs, and what must be true of each of them. `runs` are the cases of a short run. A failure says the
 * seed, the path and the smallest input that was found, and how to try it again.
 */
export function fuzz<T>(name: string, inputs: fc.Arbitrary<T>, check: (input: T) => unknown, { runs }: { readonly runs: number }): void {
	const options: FuzzOptions = JSON.parse(process.env[OPTIONS_VARIABLE] ?? "{}");
	const seed = options.seed ?? (Date.now() ^ (process.pid << 16)) >>> 1;
	// The test runner follows every promise, which takes half of the time.
	if (options.milliseconds === undefined) test(`${name}, seed ${seed}`, run);
	else run().catch(fail);

	async function run(): Promise<void> {
		const watchdog = startWatchdog(HANG);
		let cases = 0;
		let failed = false;
		const property = fc.asyncProperty(inputs, async (input) => {
			const at = options.path ?? String(cases);
			cases++;
			watchdog.begin(`${name}, ${failed ? "a smaller case of " : ""}${replay(name, seed, at)}`);
			try {
				await check(input);
			} catch (error) {
				failed = true;
				throw error;
			}
		});
		const result = await fc.check(property, {
			seed,
			...(options.path === undefined ? {} : { path: options.path }),
			...(options.milliseconds === undefined
				? { numRuns: runs }
				: { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: options.milliseconds, markInterruptAsFailure: false }),
		});
		watchdog.rest();
		if (options.report) writeFileSync(options.report, JSON.stringify({ name, seed, cases, failed: result.failed }));
		if (!result.failed) return;
		const [input] = result.counterexample ?? [];
		const fault = result.errorInstance;
		assert.fail(
			[
				`${name} fails in case ${result.numRuns} of seed ${seed}`,
				`try it again: ${replay(name, seed, result.counterexamplePath ?? "")}`,
				`smallest input: ${inspect(input, { depth: 10, maxStringLength: 10_000, maxArrayLength: 200, breakLength: 140 })}`,
				fault instanceof Error ? (fault.stack ?? fault.message) : String(fault),
			].join("\n"),
		);
	}
}

function fail(error: unknown): void {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}

function replay(name: string, seed: number, path: string): string {
	return `npm run fuzz -- --only ${name} --seed ${seed} --path ${path}`;
}
