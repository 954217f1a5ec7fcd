/** Runs in the extension host, where node:test is no help: collects cases, runs them in order, writes what came of them. */
import { appendFile } from "node:fs/promises";
import { inspect } from "node:util";

export interface CaseResult {
	readonly name: string;
	readonly outcome: "passed" | "failed";
	/** The error as Node prints it. */
	readonly error?: string;
	readonly ms: number;
}

const cases: { name: string; body: () => Promise<void> }[] = [];

export function test(name: string, body: () => Promise<void>): void {
	cases.push({ name, body });
}

/** Appends one line of JSON for each case to the file, as soon as it has ended. */
export async function runCases(resultFile: string): Promise<void> {
	for (const { name, body } of cases) {
		const started = performance.now();
		let result: Omit<CaseResult, "ms"> = { name, outcome: "passed" };
		try {
			await body();
		} catch (error) {
			result = { name, outcome: "failed", error: (error instanceof Error && error.stack) || inspect(error) };
		}
		await appendFile(resultFile, `${JSON.stringify({ ...result, ms: Math.round(performance.now() - started) })}\n`);
	}
}

const PATIENCE_MS = 15_000;

/** Asks until the answer is good; fails with the last answer, which says more than "timed out". */
export async function until<T>(what: string, ask: () => T | PromiseLike<T>, good: (answer: T) => boolean): Promise<T> {
	const deadline = performance.now() + PATIENCE_MS;
	for (;;) {
		const answer = await ask();
		if (good(answer)) return answer;
		if (performance.now() > deadline)
			throw new Error(`${what}: not so within ${PATIENCE_MS / 1000} s, but ${inspect(answer, { depth: 6 })}`);
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}
