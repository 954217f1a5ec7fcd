import assert from "node:assert/strict";
import { test } from "node:test";
import { openContext } from "../../../server/src/context/buildContext.ts";
import { expandGlob, matches } from "../../../server/src/context/glob.ts";
import { memoryFiles, ROOT, uriOf } from "../../support/memoryFiles.ts";

for (const [name, pattern, expected] of [
	["app.py", "*.py", true],
	["app.py", "app.?y", true],
	["app.pyc", "*.py", false],
	["a1", "a[0-9]", true],
	["ab", "a[^0-9]", true],
	["a+b", "a+b", true],
	["axb", "a.b", false],
	["a*", "a\\*", true],
	["[", "[", true],
	["x", "[z-a]", false],
] as const) {
	test(`${name} ${expected ? "matches" : "does not match"} ${pattern}`, () => assert.equal(matches(name, pattern), expected));
}

test("a star does not cross a slash, and matches come from the context only", async () => {
	const files = memoryFiles({ "a/x.py": "", "a/y.js": "", "b/x.py": "", "top.py": "" });
	const context = await openContext(files, ROOT, uriOf("Dockerfile"));
	assert.deepEqual(await expandGlob(context, "*/x.py"), ["a/x.py", "b/x.py"]);
	assert.deepEqual(await expandGlob(context, "*.py"), ["top.py"]);
	assert.deepEqual(await expandGlob(context, "a"), ["a"]);
	assert.deepEqual(await expandGlob(context, "nothing*"), []);
});
