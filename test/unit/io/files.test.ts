import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { diskFiles } from "../../../server/src/io/files.ts";

let folder = "";
const uri = (name: string) => pathToFileURL(path.join(folder, name)).href;

before(async () => {
	folder = await mkdtemp(path.join(tmpdir(), "portlight-files-"));
	await writeFile(path.join(folder, "ä b.txt"), "héllo");
	await writeFile(path.join(folder, "binary"), Buffer.from([65, 0, 66]));
	await writeFile(path.join(folder, "latin1"), Buffer.from([0x68, 0xe9]));
	await mkdir(path.join(folder, "sub"));
	await symlink("sub", path.join(folder, "link"));
	await symlink("loop", path.join(folder, "loop"));
	await symlink("gone", path.join(folder, "dangling"));
	await writeFile(path.join(folder, "huge"), "x");
	await truncate(path.join(folder, "huge"), 2_000_000_000);
});
after(() => rm(folder, { recursive: true, force: true }));

test("text, with odd names and bytes that are no UTF-8", async () => {
	assert.deepEqual(await diskFiles.read(uri("ä b.txt")), { kind: "text", text: "héllo" });
	assert.deepEqual(await diskFiles.read(uri("latin1")), { kind: "text", text: "h\ufffd" });
});

test("what is no text is refused in words, without reading it", async () => {
	assert.deepEqual(await diskFiles.read(uri("binary")), { kind: "refused", reason: "is not a text file" });
	assert.deepEqual(await diskFiles.read(uri("huge")), { kind: "refused", reason: "is too large to read" });
	assert.deepEqual(await diskFiles.read(uri("sub")), { kind: "refused", reason: "is a folder" });
	assert.deepEqual(await diskFiles.read("untitled:Untitled-1"), { kind: "refused", reason: "cannot be read from here" });
	assert.deepEqual(await diskFiles.read("vscode-vfs://github/a/b"), { kind: "refused", reason: "cannot be read from here" });
});

test("a named pipe does not block", { skip: process.platform === "win32" ? "no named pipes in folders" : false }, async () => {
	execFileSync("mkfifo", [path.join(folder, "pipe")]);
	assert.deepEqual(await diskFiles.read(uri("pipe")), { kind: "refused", reason: "is not a regular file" });
});

test("what is not there is absent", async () => {
	for (const name of ["gone", "ä b.txt/below", "loop", "dangling", "x".repeat(400)])
		assert.deepEqual(await diskFiles.read(uri(name)), { kind: "absent" }, name);
	assert.deepEqual(await diskFiles.list(uri("gone")), { kind: "absent" });
	assert.deepEqual(await diskFiles.list(uri("binary")), { kind: "absent" });
});

test("a folder's entries count as what their links lead to", async () => {
	const read = await diskFiles.list(pathToFileURL(folder).href);
	assert.ok(read.kind === "entries");
	assert.equal(read.entries.get("link"), "folder");
	assert.equal(read.entries.get("binary"), "file");
	assert.equal(read.entries.has("dangling"), false);
	assert.equal(read.entries.has("loop"), false);
});

test("the real place of a link", async () => {
	assert.equal(await diskFiles.real(uri("link")), await diskFiles.real(uri("sub")));
	assert.equal(await diskFiles.real(uri("dangling")), undefined);
});
