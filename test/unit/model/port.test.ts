import assert from "node:assert/strict";
import { test } from "node:test";
import { isLoopback, parsePort } from "../../../server/src/model/port.ts";

for (const [text, port] of [
	["80", 80],
	[" 65535 ", 65535],
	["0", undefined],
	["65536", undefined],
	["-1", undefined],
	["8e1", undefined],
	["0x50", undefined],
	["80/tcp", undefined],
	["", undefined],
	["http", undefined],
] as const) {
	test(`${JSON.stringify(text)} is ${port ?? "no port"}`, () => assert.equal(parsePort(text), port));
}

test("loopback is 127.0.0.0/8, ::1 and localhost", () => {
	for (const address of ["127.0.0.1", "127.1.2.3", "::1", "localhost", "::ffff:127.0.0.1"]) assert.ok(isLoopback(address), address);
	for (const address of ["0.0.0.0", "::", "10.0.0.1", "172.17.0.2", "1127.0.0.1"]) assert.ok(!isLoopback(address), address);
});
