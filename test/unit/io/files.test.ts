import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, open, readdir, realpath, rm, stat, symlink, truncate, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { diskFiles, filesOn } from "../../../server/src/io/files.ts";

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

const disk = { stat, open, readdir, realpath };
const failing = (code: string) => Object.assign(new Error(code), { code });

test("what fails for want of file descriptors is tried again", async () => {
	let left = 2;
	const short: typeof open = async (...args) => {
		if (left-- > 0) throw failing("EMFILE");
		return open(...args);
	};
	const files = filesOn({ ...disk, open: short }, { pauses: [1, 1] });
	assert.deepEqual(await files.read(uri("ä b.txt")), { kind: "text", text: "héllo" });
	left = 9;
	assert.deepEqual(await files.read(uri("ä b.txt")), { kind: "refused", reason: "cannot be read", passing: true });
});

test("a disk error and a folder that may not be listed are refusals that may pass", async () => {
	const broken = filesOn({
		...disk,
		stat: async () => {
			throw failing("EIO");
		},
		readdir: async () => {
			throw failing("EACCES");
		},
	});
	assert.deepEqual(await broken.read(uri("latin1")), { kind: "refused", reason: "cannot be read", passing: true });
	assert.deepEqual(await broken.list(uri("sub")), { kind: "refused", reason: "may not be read", passing: true });
});

test("a share that does not answer is given up", async () => {
	const never = filesOn({ ...disk, stat: () => new Promise(() => {}), realpath: () => new Promise(() => {}) }, { patience: 20 });
	assert.deepEqual(await never.read(uri("latin1")), { kind: "refused", reason: "takes too long to read", passing: true });
	assert.equal(await never.real(uri("latin1")), undefined);
});

test("a file that becomes a pipe, a folder or endless between the look and the read", async () => {
	const swapped = (name: string) => filesOn({ ...disk, open: (_, flags) => open(path.join(folder, name), flags) });
	assert.deepEqual(await swapped("sub").read(uri("latin1")), { kind: "refused", reason: "is a folder" });
	if (process.platform === "win32") return;
	execFileSync("mkfifo", [path.join(folder, "later")]);
	assert.deepEqual(await swapped("later").read(uri("latin1")), { kind: "refused", reason: "is not a regular file" });
	await unlink(path.join(folder, "later"));
});

test("a file that grows while it is read is read up to the limit, not for ever", async () => {
	const growing = filesOn({
		...disk,
		open: async (at, flags) => {
			const file = await open(at, flags);
			return Object.assign(Object.create(file), {
				stat: () => file.stat(),
				close: () => file.close(),
				read: async (_: Buffer, __: number, length: number) => ({ bytesRead: length }),
			});
		},
	});
	const read = await growing.read(uri("latin1"));
	assert.deepEqual(read, { kind: "refused", reason: "changes while it is read", passing: true });
});
