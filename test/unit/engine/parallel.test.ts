import assert from "node:assert/strict";
import { test } from "node:test";
import { inParallel } from "../../../server/src/engine/parallel.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("all are worked on, in order, and never more at once than said", async () => {
	const begun: number[] = [];
	let now = 0;
	let most = 0;
	await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
		begun.push(item);
		most = Math.max(most, ++now);
		await turn();
		now--;
	});
	assert.deepEqual(begun, [1, 2, 3, 4, 5, 6, 7]);
	assert.equal(most, 3);
});

test("nothing to do is done at once", () => inParallel([], 4, () => Promise.reject(new Error("nothing"))));

test("after a failure nothing new is begun", async () => {
	const begun: number[] = [];
	const work = inParallel([1, 2, 3, 4, 5, 6], 2, async (item) => {
		begun.push(item);
		await turn();
		if (item === 1) throw new Error("first");
	});
	await assert.rejects(work, /first/);
	await turn();
	await turn();
	assert.deepEqual(begun, [1, 2]);
});
