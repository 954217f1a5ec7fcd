// A reporter for `node --test` that writes one JSON object a line, for scripts/test.mjs to count and to print.
import { inspect } from "node:util";

/** @param {AsyncIterable<import("node:test/reporters").TestEvent>} events */
export default async function* testReporter(events) {
	for await (const { type, data } of events) {
		if (type !== "test:pass" && type !== "test:fail") continue;
		if (data.details.type === "suite") continue;
		// True, or the reason.
		const skipped = data.skip ?? data.todo;
		const failure = "error" in data.details ? /** @type {any} */ (data.details.error) : undefined;
		const error = failure?.cause ?? failure;
		const outcome = skipped !== undefined && skipped !== false ? "skipped" : type === "test:pass" ? "passed" : "failed";
		yield `${JSON.stringify({
			outcome,
			name: data.name,
			place: data.file === undefined ? undefined : `${data.file}:${data.line ?? 1}`,
			reason: typeof skipped === "string" ? skipped : undefined,
			error: error === undefined ? undefined : typeof error === "string" ? error : inspect(error),
			// A test that fails for its subtests' sake: they have told their errors.
			repeats: failure?.failureType === "subtestsFailed",
		})}\n`;
	}
}
