import assert from "node:assert/strict";
import { test } from "node:test";
import type { Evidence } from "../../../../server/src/model/text.ts";
import { type Moves, moved, noteMoves, placed } from "../../../../server/src/source/core/places.ts";

function at(line: number): Evidence {
	return { uri: "file:///a", range: { start: { line, character: 0 }, end: { line, character: 1 } }, text: "x" };
}

test("values differ by what they say, not by where it stands", () => {
	assert.equal(placed({ value: 1, from: [at(1)] }).text, placed({ value: 1, from: [at(2)] }).text);
	assert.notEqual(placed({ value: 1, from: [at(1)] }).text, placed({ value: 2, from: [at(1)] }).text);
	assert.notEqual(placed(new Map([["a", 1]])).text, placed(new Map([["a", 2]])).text);
	assert.notEqual(placed(undefined).text, placed(null).text);
});

test("what did not move stays the same object", () => {
	const moves: Moves = new Map();
	noteMoves(placed([at(1)]), placed([at(2)]), moves);
	const value = { moves: { from: [at(1)] }, stays: { from: [at(7)] }, text: "x" };
	const after = moved(value, moves);
	assert.deepEqual(after, { moves: { from: [at(2)] }, stays: { from: [at(7)] }, text: "x" });
	assert.equal(after.stays, value.stays);
});

test("nothing moves where places are the same", () => {
	const moves: Moves = new Map();
	noteMoves(placed([at(1)]), placed([at(1)]), moves);
	assert.equal(moves.size, 0);
});
