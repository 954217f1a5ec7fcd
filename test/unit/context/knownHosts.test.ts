import assert from "node:assert/strict";
import { test } from "node:test";
import { hostsOf, onKnownHosts } from "../../../server/src/context/knownHosts.ts";
import type { FileSystem } from "../../../server/src/model/files.ts";

const asked: string[] = [];
const everything: FileSystem = {
	read: async (uri) => ({ kind: "text", text: String(asked.push(uri)) }),
	list: async (uri) => ({ kind: "entries", entries: new Map([[String(asked.push(uri)), "file"]]) }),
	real: async (uri) => String(asked.push(uri)),
};
const hosts = hostsOf(["file:///home/me/app", "file://NAS/projects/app"]);
const files = onKnownHosts(everything, (host) => hosts.has(host));

test("shares of machines that the user does not work on are not asked for", async () => {
	for (const uri of ["file://evil.example/share/x.env", "file:////evil.example/share/x.env"]) {
		assert.deepEqual(await files.read(uri), { kind: "refused", reason: "is on another machine" });
		assert.equal((await files.list(uri)).kind, "refused");
		assert.equal(await files.real(uri), undefined);
	}
	assert.deepEqual(asked, []);
});

test("this machine, the user's own share, and what is no file are asked for", async () => {
	for (const uri of [
		"file:///home/me/app/Dockerfile",
		"file://nas/projects/app/Dockerfile",
		"untitled:Untitled-1",
		"vscode-vfs://github/a/b",
	])
		assert.equal((await files.read(uri)).kind, "text");
});
