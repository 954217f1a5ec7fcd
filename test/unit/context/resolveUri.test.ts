import assert from "node:assert/strict";
import { test } from "node:test";
import { URI } from "vscode-uri";
import { resolveUri } from "../../../server/src/context/resolveUri.ts";
import { portsOf } from "../../support/ports.ts";

const folder = URI.parse("file:///ws/a");

for (const [path, expected] of [
	["b/c", "file:///ws/a/b/c"],
	["../b", "file:///ws/b"],
	["/b", "file:///b"],
	["//host/b", "file:///host/b"],
	["half\ud800", "file:///ws/a/half%EF%BF%BD"],
] as const)
	test(`${JSON.stringify(path)} from /ws/a`, () => assert.equal(resolveUri(folder, path), expected));

test("a path with half a character in it leads nowhere", async () => {
	const text = "FROM python:3.12\nCOPY \ud800src/ /\nCMD python \ud800app.py\n";
	assert.equal((await portsOf({ Dockerfile: text })).length, 1);
});
