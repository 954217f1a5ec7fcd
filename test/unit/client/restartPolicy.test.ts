import assert from "node:assert/strict";
import { test } from "node:test";
import { restartPolicy } from "../../../client/src/restartPolicy.ts";

const minutes = (count: number) => count * 60_000;

test("a server that ends again and again is started five times in three minutes", () => {
	let now = 0;
	const policy = restartPolicy(() => now);
	for (let i = 0; i < 5; i++, now += 1_000) assert.equal(policy.ended(), true);
	assert.equal(policy.ended(), false);
});

test("one that ends now and then is always started", () => {
	let now = 0;
	const policy = restartPolicy(() => now);
	for (let i = 0; i < 50; i++, now += minutes(0.7)) assert.equal(policy.ended(), true);
});

test("whoever starts it by hand gets five more", () => {
	const policy = restartPolicy(() => 0);
	while (policy.ended());
	policy.forget();
	assert.equal(policy.ended(), true);
});
