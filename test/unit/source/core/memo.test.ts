import assert from "node:assert/strict";
import { test } from "node:test";
import { Budget } from "../../../../server/src/model/budget.ts";
import { known } from "../../../../server/src/model/value.ts";
import { keyOf, ProgramMemo, recorded } from "../../../../server/src/source/core/memo.ts";
import type { Program, ProgramStart } from "../../../../server/src/source/program.ts";
import { imageOf } from "../../../support/image.ts";

const program: Program = { calls: [], gaps: [], strangers: [] };

/** Whether a program that looked at `before` is used again when the image holds `now`. */
async function usedAgain(before: Record<string, string>, now: Record<string, string>): Promise<boolean> {
	const { files, asked } = recorded(imageOf(before));
	await files.read("/a.py");
	await files.read("/b.py");
	await files.look("/c");
	await files.list("/d");
	const memo = new ProgramMemo();
	memo.keep("key", asked, program);
	return (await memo.find("key", imageOf(now))) === program;
}

const files = { "/a.py": "x", "/d/one": "" };

for (const [name, now, expected] of [
	["nothing changed", files, true],
	["a file that it did not look at", { ...files, "/other": "" }, true],
	["another text", { ...files, "/a.py": "y" }, false],
	["a file that comes", { ...files, "/b.py": "" }, false],
	["a file that goes", { "/d/one": "" }, false],
	["a folder that comes", { ...files, "/c/x": "" }, false],
	["another name in a folder", { ...files, "/d/two": "" }, false],
] as const) {
	test(`${name}: ${expected ? "used again" : "evaluated again"}`, async () => assert.equal(await usedAgain(files, now), expected));
}

test("how it is started is part of the key, the image is not", () => {
	const start: ProgramStart = {
		entry: { kind: "path", path: "/a.py" },
		main: true,
		args: [],
		cwd: "/",
		environment: new Map(),
		files: imageOf({}),
		budget: new Budget(),
		evidence: [],
	};
	const key = keyOf("python", start);
	assert.equal(keyOf("python", { ...start, files: imageOf(files), budget: new Budget() }), key);
	for (const other of [{ cwd: "/x" }, { args: [known("-v")] }, { environment: new Map([["PORT", known("1")]]) }, { main: false }]) {
		assert.notEqual(keyOf("python", { ...start, ...other }), key);
	}
	assert.notEqual(keyOf("ruby", start), key);
});
