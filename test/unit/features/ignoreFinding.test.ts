import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { fixed } from "../../support/fixes.ts";

const START = "CMD python -m http.server 8000";

suite("silencing a finding", () => {
	test("a comment above the instruction, with its indentation", async () => {
		assert.equal(
			await fixed({ Dockerfile: `FROM python:3.12\n  ${START}\n` }, "Ignore not-exposed here"),
			`FROM python:3.12\n  # portlight ignore=not-exposed\n  ${START}\n`,
		);
	});

	test("one more code in the comment that is there, its reason kept", async () => {
		const text = `FROM python:3.12\nEXPOSE 8000\n# portlight ignore=not-exposed\nEXPOSE 9\n${START}\n`;
		assert.equal(
			await fixed({ Dockerfile: text }, "Ignore nothing-listens here"),
			text.replace("ignore=not-exposed", "ignore=not-exposed,nothing-listens"),
		);
		const reasoned = text.replace("ignore=not-exposed", "ignore=not-exposed because of the proxy");
		assert.equal(
			await fixed({ Dockerfile: reasoned }, "Ignore nothing-listens here"),
			reasoned.replace("ignore=not-exposed", "ignore=not-exposed,nothing-listens"),
		);
	});

	test("above the first line of a continued instruction, CRLF", async () => {
		assert.equal(
			await fixed({ Dockerfile: `FROM python:3.12\r\nEXPOSE 8000 \\\r\n  9\r\n${START}\r\n` }, "Ignore nothing-listens here"),
			`FROM python:3.12\r\n# portlight ignore=nothing-listens\r\nEXPOSE 8000 \\\r\n  9\r\n${START}\r\n`,
		);
	});
});
