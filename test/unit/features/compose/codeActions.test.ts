import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { composeActions } from "../../../../server/src/features/compose/codeActions.ts";
import { composeFindings, composeReport } from "../../../support/compose.ts";
import { applyAction } from "../../../support/fixes.ts";

const WHOLE = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
const server = (...ports: number[]) =>
	`    image: python:3.12\n    command: sh -c '${ports.map((port) => `python -m http.server ${port}`).join(" & ")}'\n`;

async function titles(compose: string): Promise<readonly string[]> {
	const report = await composeReport({ "compose.yaml": compose });
	return composeActions(report, WHOLE, []).map(({ title, isPreferred }) => (isPreferred ? `${title} *` : title));
}

/** Applies a fix, checks that fewer findings are left, and answers the lines that changed. */
async function fixed(compose: string, title: string): Promise<readonly string[]> {
	const files = { "compose.yaml": compose };
	const action = composeActions(await composeReport(files), WHOLE, []).find((one) => one.title === title);
	const after = applyAction(files, action);
	assert.ok((await composeFindings(after)).length < (await composeFindings(files)).length);
	const before = compose.split("\n");
	return String(after["compose.yaml"])
		.split("\n")
		.filter((line) => !before.includes(line));
}

suite("fixes in compose files", () => {
	test("the port that the service listens on", async () => {
		const compose = (entry: string) => `services:\n  web:\n${server(8000)}    ports:\n      - ${entry}\n`;
		const title = "Publish port 8000 of web instead of 80";
		assert.deepEqual(await titles(compose("8080:80")), [`${title} *`, "Ignore publishes-silence here"]);
		assert.deepEqual(await fixed(compose("8080:80"), title), ["      - 8080:8000"]);
		assert.deepEqual(await fixed(compose('"127.0.0.1:8080:80/tcp"  # web'), title), ['      - "127.0.0.1:8080:8000/tcp"  # web']);
		assert.deepEqual(await fixed(compose("{ target: 80, published: 8080 }"), title), ["      - { target: 8000, published: 8080 }"]);
		assert.deepEqual(await fixed(compose("8080:80"), "Ignore publishes-silence here"), ["      # portlight ignore=publishes-silence"]);
	});

	test("one of several ports", async () => {
		const compose = `services:\n  web:\n${server(8000, 8001)}    ports: ["80:80"]\n`;
		assert.deepEqual(await titles(compose), [
			"Publish port 8000 of web instead of 80",
			"Publish port 8001 of web instead of 80",
			"Ignore publishes-silence here",
		]);
	});

	test("no number to replace", async () => {
		assert.deepEqual(await titles(`services:\n  web:\n${server(8000)}    ports: ["80:\${P:-80}", "81-82:81-82"]\n`), [
			"Ignore publishes-silence here",
			"Ignore publishes-silence here",
		]);
	});

	test("another port of the host", async () => {
		const compose = `services:\n  a:\n${server(8000)}    ports: ["80:8000", "81:8000"]\n  b:\n${server(8000)}    ports:\n      - 80:8000\n`;
		assert.deepEqual(await fixed(compose, "Publish on port 82 of the host"), ["      - 82:8000"]);
	});
});
