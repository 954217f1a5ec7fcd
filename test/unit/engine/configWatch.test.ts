import assert from "node:assert/strict";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { followFiles, followFolders } from "../../../server/src/engine/configWatch.ts";
import { waitFor } from "../../support/engine/wait.ts";

async function follow(t: TestContext) {
	const home = await mkdtemp(path.join(tmpdir(), "portlight-config-"));
	const folder = path.join(home, ".docker");
	let calls = 0;
	const unfollow = followFolders([folder, path.join(folder, "contexts/meta")], () => calls++);
	t.after(async () => {
		unfollow();
		await rm(home, { recursive: true });
	});
	return {
		folder,
		unfollow,
		calls: () => calls,
		async heard(what: () => Promise<unknown>) {
			const before = calls;
			await what();
			await waitFor("the change to be heard of", () => calls > before);
		},
	};
}

test("docker writes beside its configuration and renames", async (t) => {
	const { folder, heard } = await follow(t);
	await heard(() => mkdir(folder));
	await heard(async () => {
		await writeFile(path.join(folder, "config.json.tmp"), "{}");
		await rename(path.join(folder, "config.json.tmp"), path.join(folder, "config.json"));
	});
	await heard(() => writeFile(path.join(folder, "config.json"), '{"currentContext":"x"}'));
});

test("a folder that is made later, or anew, is followed too", async (t) => {
	const { folder, heard } = await follow(t);
	await heard(() => mkdir(path.join(folder, "contexts/meta"), { recursive: true }));
	await heard(() => mkdir(path.join(folder, "contexts/meta/abc")));
	await heard(() => rm(folder, { recursive: true }));
	await heard(() => mkdir(folder));
	await heard(() => writeFile(path.join(folder, "config.json"), "{}"));
});

test("what happens elsewhere, or afterwards, is not heard", async (t) => {
	const { folder, calls, unfollow, heard } = await follow(t);
	await writeFile(path.join(folder, "../other"), "");
	await heard(() => mkdir(folder));
	assert.equal(calls(), 1, "the other file was written before");
	unfollow();
	await writeFile(path.join(folder, "config.json"), "{}");
	await new Promise((resolve) => setImmediate(resolve));
	assert.equal(calls(), 1);
});

test("a file that is made, replaced or removed is heard of; others in its folder are not", async (t) => {
	const folder = await mkdtemp(path.join(tmpdir(), "portlight-sockets-"));
	let calls = 0;
	const unfollow = followFiles([path.join(folder, "a.sock"), path.join(folder, "none/b.sock")], () => calls++);
	t.after(() => rm(folder, { recursive: true }));
	t.after(unfollow);
	await writeFile(path.join(folder, "other"), "");
	await writeFile(path.join(folder, "a.sock"), "");
	await waitFor("the new file", () => calls > 0);
	const before = calls;
	await rm(path.join(folder, "a.sock"));
	await waitFor("its end", () => calls > before);
	assert.ok(calls <= 4, `${calls} calls`);
});
