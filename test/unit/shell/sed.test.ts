import assert from "node:assert/strict";
import { test } from "node:test";
import { applySed } from "../../../server/src/shell/sed.ts";

for (const [script, before, after] of [
	["s/\\r$//", "npm run server\r\nstart\r\n", "npm run server\nstart\n"],
	["s/\\r//g", "npm run server\r\n", "npm run server\n"],
	["s/[\\r\\t]//g", "a\tr\r\n", "ar\n"],
	["s/$/\\r/", "a\n", "a\r\n"],
] as const)
	test(JSON.stringify(script), () => assert.equal(applySed(before, script, false), after));

test("a character by its number is not followed", () => assert.equal(applySed("x0D\n", "s/\\x0D//", false), undefined));
