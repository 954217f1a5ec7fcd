import assert from "node:assert/strict";
import { chmod, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { startLanguageServer } from "../support/languageServer.ts";

const skip = process.platform === "linux" ? false : "the folder is another one elsewhere";

async function startAndStop(cache: string): Promise<void> {
	const server = await startLanguageServer(tmpdir(), "ipc", undefined, { env: { ...process.env, XDG_CACHE_HOME: cache } });
	server.open("untitled:Dockerfile", "FROM redis\n");
	assert.deepEqual(await server.labels("untitled:Dockerfile"), ["1 ⇢ 6379/tcp  from the image · exposes 6379/tcp"]);
	assert.equal(await server.stop(), 0);
	assert.equal(server.errors(), "");
}

test("compiled code is kept in the user's cache folder for the next start", { skip }, async (context) => {
	const cache = await mkdtemp(path.join(tmpdir(), "portlight-cache-"));
	context.after(() => rm(cache, { recursive: true, force: true }));
	await startAndStop(cache);
	const kept = await readdir(path.join(cache, "portlight", "code"), { recursive: true });
	assert.ok(kept.length > 1, kept.join(" "));
	await startAndStop(cache);
	for (const name of kept.slice(1)) await writeFile(path.join(cache, "portlight", "code", name), "spoiled");
	await startAndStop(cache);
});

test("a cache folder that cannot be made keeps nobody from starting", { skip }, async (context) => {
	const file = path.join(await mkdtemp(path.join(tmpdir(), "portlight-cache-")), "file");
	context.after(() => rm(path.dirname(file), { recursive: true, force: true }));
	await writeFile(file, "");
	await chmod(file, 0o400);
	await startAndStop(file);
});
