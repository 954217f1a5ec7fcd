import assert from "node:assert/strict";
import { test } from "node:test";
import { Budget } from "../../../server/src/model/budget.ts";

const limits = { files: 2, bytes: 10, steps: 3, depth: 1 };

test("spending answers whether that much was left, and says what ran out", () => {
	const budget = new Budget(limits);
	assert.equal(budget.spend("steps", 3), true);
	assert.equal(budget.exhausted, undefined);
	assert.equal(budget.spend("steps"), false);
	assert.equal(budget.exhausted, "too much source to follow");
	const reader = new Budget(limits);
	reader.spend("bytes", 11);
	assert.equal(reader.exhausted, "too many files to read");
});

test("two budgets from which the same was taken have the same left", () => {
	const [a, b] = [new Budget(limits), new Budget(limits)];
	assert.equal(a.left, b.left);
	a.spend("files");
	assert.notEqual(a.left, b.left);
	b.spend("files");
	assert.equal(a.left, b.left);
});
