import assert from "node:assert/strict";
import { test } from "node:test";
import { evidenceIn, positionAt, rangeBetween } from "../../../server/src/model/text.ts";

test("positions count \\n, \\r\\n and a lone \\r as line ends, and UTF-16 units in a line", () => {
	assert.deepEqual(positionAt("a\nb\r\nc\rd", 7), { line: 3, character: 0 });
	assert.deepEqual(positionAt("𝄞x", 2), { line: 0, character: 2 });
});

test("offsets outside of the text are clamped to it", () => {
	assert.deepEqual(positionAt("ab", 99), { line: 0, character: 2 });
	assert.deepEqual(positionAt("ab", -1), { line: 0, character: 0 });
});

test("evidence in a heredoc points into the file that holds it", () => {
	const body = { uri: "file:///ws/Dockerfile", text: "x\ny = 80\n", origin: { line: 4, character: 0 } };
	const evidence = evidenceIn(body, rangeBetween(body.text, 2, 8), " y =\t80 ");
	assert.deepEqual(evidence, {
		uri: body.uri,
		range: { start: { line: 5, character: 0 }, end: { line: 5, character: 6 } },
		text: "y = 80",
	});
});

test("the first line of such a text starts where the text starts", () => {
	const inline = { uri: "u", text: "abc", origin: { line: 2, character: 10 } };
	assert.deepEqual(evidenceIn(inline, rangeBetween("abc", 1, 2), "b").range, {
		start: { line: 2, character: 11 },
		end: { line: 2, character: 12 },
	});
});
