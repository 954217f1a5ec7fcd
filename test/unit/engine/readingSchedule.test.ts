import assert from "node:assert/strict";
import { test } from "node:test";
import { readingSchedule } from "../../../server/src/engine/readingSchedule.ts";

test("after a start it is read at 0.5, 2, 5 and 15 seconds, and no more", () => {
	const schedule = readingSchedule();
	schedule.started("a", 1_000, 0);
	const read: number[] = [];
	let now = 1_000;
	for (let delay = schedule.next(now); delay !== undefined; delay = schedule.next(now)) {
		now += delay;
		assert.deepEqual(schedule.due(now), ["a"]);
		read.push(now - 1_000);
	}
	assert.deepEqual(read, [500, 2_000, 5_000, 15_000]);
	assert.deepEqual(schedule.due(now + 60_000), []);
});

test("what started before is read at the times that are left", () => {
	const schedule = readingSchedule();
	schedule.started("a", 10_000, 3_000);
	assert.equal(schedule.next(10_000), 2_000);
	schedule.started("old", 10_000, 3_600_000);
	assert.deepEqual(schedule.due(12_000), ["a"]);
	assert.equal(schedule.age("old", 10_000), 3_600_000);
	assert.equal(schedule.age("never heard of", 10_000), Number.POSITIVE_INFINITY);
});

test("what falls due together is read together", () => {
	const schedule = readingSchedule();
	schedule.started("a", 0, 0);
	schedule.started("b", 40, 0);
	schedule.started("c", 400, 0);
	assert.deepEqual(schedule.due(500), ["a", "b"]);
	assert.equal(schedule.next(500), 400);
});

test("a restart drops the plan of the start before, and who is gone is not read", () => {
	const schedule = readingSchedule();
	schedule.started("a", 0, 0);
	schedule.started("a", 400, 0);
	assert.deepEqual(schedule.due(500), []);
	assert.equal(schedule.next(500), 400);
	schedule.gone("a");
	assert.equal(schedule.next(500), undefined);
	assert.equal(schedule.age("a", 500), Number.POSITIVE_INFINITY);
});

test("a time that has passed is due now", () => {
	const schedule = readingSchedule();
	schedule.started("a", 0, 0);
	assert.equal(schedule.next(9_000), 0);
	assert.deepEqual(schedule.due(9_000), ["a"]);
	assert.equal(schedule.next(9_000), 6_000);
});
