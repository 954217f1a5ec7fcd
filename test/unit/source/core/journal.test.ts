import assert from "node:assert/strict";
import { test } from "node:test";
import { Journal } from "../../../../server/src/source/core/journal.ts";
import { type Fields, localNames, oneOf, plain, type Thing } from "../../../../server/src/source/core/thing.ts";

const join = (a: Thing, b: Thing) => oneOf([a, b]);

test("a branch is taken back, and merged with the other one", () => {
	const journal = new Journal();
	const fields: Fields = new Map([["port", plain(1)]]);
	const yes = journal.attempt(() => journal.set(fields, "port", plain(2)));
	assert.deepEqual(fields.get("port"), plain(1));
	const no = journal.attempt(() => journal.set(fields, "host", plain("x")));
	assert.equal(fields.has("host"), false);
	journal.merge(yes.changes, no.changes, join);
	assert.deepEqual(fields.get("port"), oneOf([plain(2), plain(1)]));
	assert.deepEqual(fields.get("host"), plain("x"));
});

test("names that a branch makes itself are not taken back", () => {
	const journal = new Journal();
	const { result, changes } = journal.attempt(() => {
		const names = localNames();
		journal.set(names, "port", plain(1));
		return names;
	});
	assert.deepEqual(result.get("port"), plain(1));
	assert.equal(changes.size, 0);
});

test("names that were made before a branch are taken back, in a branch inside of another too", () => {
	const journal = new Journal();
	const before = localNames();
	journal.attempt(() => {
		const names = localNames();
		const inner = journal.attempt(() => {
			journal.set(names, "port", plain(1));
			journal.set(before, "port", plain(2));
		});
		assert.equal(names.size + before.size, 0);
		assert.equal(inner.changes.size, 2);
	});
});

test("what is made outside of all branches belongs to none of them", () => {
	const journal = new Journal();
	journal.attempt(() => {
		const names = journal.outside(() => localNames());
		journal.attempt(() => journal.set(names, "port", plain(1)));
		const { changes } = journal.attempt(() => journal.set(names, "port", plain(2)));
		assert.equal(changes.size, 1);
		assert.equal(names.size, 0);
		journal.set(names, "port", plain(3));
	});
});
