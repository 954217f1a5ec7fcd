import assert from "node:assert/strict";
import { test } from "node:test";
import { expand } from "../../../server/src/dockerfile/expand.ts";
import { known, likelyText, outcomes } from "../../../server/src/model/value.ts";

const scope = new Map([
	["A", known("1")],
	["EMPTY", known("")],
	["URL", known("http://x")],
]);

for (const [text, expected] of [
	["plain", "plain"],
	["$A", "1"],
	["x${A}y", "x1y"],
	["${A:-9}", "1"],
	["${B:-9}", "9"],
	["${B-9}", "9"],
	["${EMPTY:-9}", "9"],
	["${EMPTY-9}", ""],
	["${A:+set}", "set"],
	["${B:+set}", ""],
	["${EMPTY:+set}", ""],
	["${EMPTY+set}", "set"],
	["${B:-${A}0}", "10"],
	["${URL#http://}", "x"],
	["'$A'", "$A"],
	['"$A b"', "1 b"],
	["\\$A", "$A"],
	['"\\$A"', "$A"],
	['"a\\nb"', "a\\nb"],
	["a$", "a$"],
	["${unclosed", "${unclosed"],
	["$$A", "$1"],
] as const) {
	test(`${text} is ${JSON.stringify(expected)}`, () => assert.equal(likelyText(expand(text, scope, "\\")), expected));
}

test("a variable that is not set stays open", () => {
	assert.deepEqual(outcomes(expand("$B", scope, "\\")).open, ["B is not set"]);
});

test("the escape directive's character escapes, the backslash does not", () => {
	assert.equal(likelyText(expand("`$A c:\\x", scope, "`")), "$A c:\\x");
});
