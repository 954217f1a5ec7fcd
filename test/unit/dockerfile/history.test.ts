import assert from "node:assert/strict";
import { test } from "node:test";
import { historyFrom, separateHistory } from "../../../server/src/dockerfile/history.ts";
import { type Environment, known } from "../../../server/src/model/value.ts";

function texts(environment: Environment): string[] {
	return [...environment].map(([name, value]) => `${name}=${value.kind === "known" ? value.text : "?"}`);
}

test("each state of a history stays as it was", () => {
	const history = historyFrom(new Map([["A", known("1")]]));
	const before = history.now();
	history.set("B", known("2"));
	history.set("A", known("3"));
	assert.deepEqual(texts(before), ["A=1"]);
	assert.equal(before.has("B"), false);
	assert.deepEqual(texts(history.now()), ["A=3", "B=2"]);
	assert.equal(history.now().size, 2);
});

test("histories that go on from one state do not see each other", () => {
	const first = historyFrom(new Map([["A", known("1")]]));
	const shared = first.now();
	const apart = separateHistory(shared);
	const left = historyFrom(shared);
	left.set("B", known("left"));
	const right = historyFrom(shared);
	right.set("B", known("right"));
	apart.set("A", known("apart"));
	assert.deepEqual(texts(shared), ["A=1"]);
	assert.deepEqual(texts(left.now()), ["A=1", "B=left"]);
	assert.deepEqual(texts(right.now()), ["A=1", "B=right"]);
	assert.deepEqual(texts(apart.now()), ["A=apart"]);
});
