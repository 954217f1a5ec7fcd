import assert from "node:assert/strict";
import { test } from "node:test";
import { eventLoopPauses } from "../../../server/src/io/pauses.ts";
import { Superseded } from "../../../server/src/model/pause.ts";

test("long work lets what waits have its turn", async () => {
	const pause = eventLoopPauses()(() => true);
	let heard = false;
	setImmediate(() => (heard = true));
	let pauses = 0;
	for (let turn = pause(); !heard; turn = pause()) {
		if (!turn) continue;
		pauses++;
		await turn;
	}
	assert.equal(pauses, 1);
	assert.equal(pause(), undefined, "it has only just been their turn");
});

test("work that nobody wants any more ends at its next pause", async () => {
	let wanted = true;
	const pause = eventLoopPauses()(() => wanted);
	wanted = false;
	await assert.rejects(async () => pause(), Superseded);
});

test("work that is given up during its pause ends there", async () => {
	let wanted = true;
	const pause = eventLoopPauses()(() => wanted);
	let turn = pause();
	while (!turn) turn = pause();
	wanted = false;
	await assert.rejects(turn, Superseded);
});
