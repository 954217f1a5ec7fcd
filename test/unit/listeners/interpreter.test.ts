import assert from "node:assert/strict";
import { test } from "node:test";
import { interpret } from "../../../server/src/listeners/interpreter.ts";
import { known, type Value } from "../../../server/src/model/value.ts";
import { imageOf } from "../../support/image.ts";

const unset: Value = { kind: "variable", name: "NODE_OPTIONS", from: [] };
const set: Value = known("--trace-warnings");

for (const [name, words, expected] of [
	["a variable that nobody sets leaves no word in front of the program", ["node", unset, "a.js", unset], "/app/a.js and 1"],
	["one that is set is a flag", ["node", set, "a.js"], "/app/a.js and 0"],
	["the program itself may hang on one", ["node", unset], "the program to start is not known"],
	["a program behind it that is no script stays unknown", ["node", unset, "dist"], "the program to start is not known"],
] as const)
	test(name, async () => {
		const argv = words.map((word) => (typeof word === "string" ? known(word) : word));
		const process = { argv, cwd: "/app", environment: new Map(), evidence: [], ends: false, conditional: false };
		const { program, args } = (await interpret(process, imageOf({}))) ?? assert.fail("no interpreter");
		const said =
			program.kind === "hidden"
				? program.reason
				: program.kind === "entry"
					? `${program.entry.kind === "path" ? program.entry.path : ""} and ${args.length}`
					: "none";
		assert.equal(said, expected);
	});
