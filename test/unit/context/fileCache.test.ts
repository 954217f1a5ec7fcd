import assert from "node:assert/strict";
import { test } from "node:test";
import { fileCache } from "../../../server/src/context/fileCache.ts";
import type { FileSystem } from "../../../server/src/model/files.ts";

/** Counts what is asked, and answers with the count. */
function counting() {
	const asked: string[] = [];
	const files: FileSystem = {
		read: async (uri) => ({ kind: "text", text: String(asked.push(`read ${uri}`)) }),
		list: async (uri) => {
			asked.push(`list ${uri}`);
			return { kind: "absent" };
		},
		real: async (uri) => {
			asked.push(`real ${uri}`);
			return uri;
		},
	};
	return { asked, files };
}

test("the same question is asked once, even while the first is under way", async () => {
	const { asked, files } = counting();
	const cache = fileCache(files, () => true);
	await Promise.all([cache.read("f:/a"), cache.read("f:/a"), cache.list("f:/"), cache.real("f:/a")]);
	await cache.read("f:/a");
	assert.deepEqual(asked, ["read f:/a", "list f:/", "real f:/a"]);
});

test("a change forgets the file, what lies below it, and the folder that lists it", async () => {
	const { asked, files } = counting();
	const cache = fileCache(files, () => true);
	const askAll = async () => {
		await cache.read("f:/d/a");
		await cache.read("f:/d/a/b");
		await cache.list("f:/d");
		await cache.read("f:/d/ab");
	};
	await askAll();
	asked.length = 0;
	cache.forget(["f:/d/a"]);
	await askAll();
	assert.deepEqual(asked, ["read f:/d/a", "read f:/d/a/b", "list f:/d"]);
	asked.length = 0;
	cache.forgetAll();
	await askAll();
	assert.equal(asked.length, 4);
});

test("a change of the file behind a link is one of the link's", async () => {
	const { asked, files } = counting();
	const cache = fileCache({ ...files, real: async () => "f:/real" }, () => true);
	await cache.real("f:/link");
	await cache.read("f:/link");
	cache.forget(["f:/real"]);
	await cache.read("f:/link");
	assert.deepEqual(asked, ["read f:/link", "read f:/link"]);
});

test("what nobody watches is asked for each time", async () => {
	const { asked, files } = counting();
	const cache = fileCache(files, (uri) => uri.startsWith("f:/watched/"));
	for (let i = 0; i < 2; i++) {
		await cache.read("f:/watched/a");
		await cache.read("f:/elsewhere");
	}
	assert.deepEqual(asked, ["read f:/watched/a", "read f:/elsewhere", "read f:/elsewhere"]);
});
