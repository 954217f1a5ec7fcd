import assert from "node:assert/strict";
import { test } from "node:test";
import type { SourceLanguage } from "../../server/src/source/sources.ts";
import { type ProgramCase, runProgram, short } from "./program.ts";

export interface ValueCase extends Partial<ProgramCase> {
	/** Expressions' values as `short` writes them, in the order in which the program hands them to its library `show`. */
	readonly is: readonly string[];
	/** Reasons of the gaps that the program leaves. */
	readonly gaps?: readonly string[];
}

/**
 * A check of what a program hands to a library. The source sees the library as `show`: `show(80 + 1)`. Names of other
 * files are relative to /app.
 */
export function valueChecks(language: SourceLanguage): (name: string, source: string, wanted: ValueCase) => void {
	const [entry, before] =
		language === "python" ? ["app.py", "from probe import show\n"] : ["app.js", 'const { show } = require("probe");\n'];
	return (name, source, wanted) => {
		test(name, async () => {
			const main = wanted.entry ?? entry;
			const program = await runProgram(language, { ...wanted, entry: main, files: { ...wanted.files, [main]: before + source } });
			const calls = program.calls.filter((call) => call.callee === "probe.show");
			const shown = calls.flatMap((call) => call.positional.map((one) => short(one) + (call.decided ? "" : " (undecided)")));
			assert.deepEqual(shown, wanted.is);
			if (wanted.gaps)
				assert.deepEqual(
					program.gaps.map((gap) => gap.reason),
					wanted.gaps,
				);
		});
	};
}
