import assert from "node:assert/strict";
import { test } from "node:test";
import { frameReader } from "../../../server/src/engine/frames.ts";

function frame(stream: number, text: string): Buffer {
	const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
	header.writeUInt32BE(Buffer.byteLength(text), 4);
	return Buffer.concat([header, Buffer.from(text)]);
}

function read(chunks: readonly Buffer[]): { output: string; errors: string } {
	const said = { output: "", errors: "" };
	const reader = frameReader(
		(bytes) => {
			said.output += bytes.toString("latin1");
		},
		(bytes) => {
			said.errors += bytes.toString("latin1");
		},
	);
	for (const chunk of chunks) reader(chunk);
	return said;
}

const whole = Buffer.concat([frame(1, "one "), frame(2, "oops"), frame(1, ""), frame(0, "in"), frame(1, "two")]);

test("output and errors are told apart, and what is neither is no output", () => {
	assert.deepEqual(read([whole]), { output: "one two", errors: "oopsin" });
});

test("chunks may be cut anywhere", () => {
	for (let at = 0; at <= whole.length; at++)
		assert.equal(read([whole.subarray(0, at), whole.subarray(at)]).output, "one two", `cut at ${at}`);
	assert.equal(read([...whole].map((byte) => Buffer.from([byte]))).output, "one two");
});

test("bytes that are no frames end the reading, and what came before stands", () => {
	assert.deepEqual(read([frame(1, "good"), Buffer.from("HTTP/1.1 500 Oops\r\n"), frame(1, "late")]), { output: "good", errors: "" });
	assert.equal(read([Buffer.from([1, 0, 1, 0, 0, 0, 0, 1, 65])]).output, "");
});
