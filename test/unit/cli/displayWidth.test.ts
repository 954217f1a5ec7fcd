import assert from "node:assert/strict";
import { test } from "node:test";
import { chunksOf, cutDisplay, displayWidth, padDisplay } from "../../../server/src/cli/displayWidth.ts";

for (const [text, width] of [
	["", 0],
	["web-1", 5],
	["日本", 4],
	["ｗｅｂ", 6],
	["한글", 4],
	["caffè", 5],
	["cafe\u0301", 4],
	["🐳", 2],
	["👨‍👩‍👧", 2],
	["🇩🇪", 2],
	["❤️", 2],
	["…", 1],
	["ﾊﾝｶｸ", 4],
] as const) {
	test(`${text || "nothing"} takes ${width} cells`, () => assert.equal(displayWidth(text), width));
}

test("a wide character is not cut in two", () => {
	assert.equal(cutDisplay("日本語", 3), "日");
	assert.equal(cutDisplay("日本語", 4), "日本");
	assert.equal(cutDisplay("e\u0301e\u0301", 1), "e\u0301");
});

test("filling up counts cells", () => {
	assert.equal(padDisplay("日本", 6), "日本  ");
	assert.equal(padDisplay("日本", 2), "日本");
});

test("pieces take no more cells than asked for, unless a character alone does", () => {
	assert.deepEqual(chunksOf("a日本b", 3), ["a日", "本b"]);
	assert.deepEqual(chunksOf("日本", 1), ["日", "本"]);
	assert.deepEqual(chunksOf("", 3), []);
});
