import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { readBuildArguments } from "../../../server/src/cli/buildArguments.ts";

suite("build arguments", () => {
	const cases: { pairs: string[]; expected: Record<string, string> | RegExp }[] = [
		{ pairs: [], expected: {} },
		{ pairs: ["A=1", "B=x=y", "A=2", "E="], expected: { A: "2", B: "x=y", E: "" } },
		{ pairs: ["SET", "UNSET"], expected: { SET: "here" } },
		{ pairs: ["=1"], expected: /NAME=VALUE/ },
		{ pairs: [""], expected: /NAME=VALUE/ },
	];
	for (const { pairs, expected } of cases) {
		test(JSON.stringify(pairs), () => {
			const read = readBuildArguments(pairs, { SET: "here" });
			if (expected instanceof RegExp) assert.match(String(read), expected);
			else assert.deepEqual(typeof read === "string" ? read : Object.fromEntries(read), expected);
		});
	}
});
