import assert from "node:assert/strict";
import { test } from "node:test";
import { analyseFiles } from "../../../support/analysis.ts";

const app = { "app.py": "from flask import Flask\nFlask('x').run('0.0.0.0', 8000)\n" };

async function messages(Dockerfile: string): Promise<string[]> {
	const { findings } = await analyseFiles({ Dockerfile, ...app });
	return findings.filter(({ code }) => code === "nothing-listens").map(({ message, range }) => `${range.start.line + 1}: ${message}`);
}

const SAID = "EXPOSE 80: nothing in this image listens on 80/tcp (python app.py listens on 8000/tcp)";

test("an EXPOSE of the stage itself", async () => {
	assert.deepEqual(await messages("FROM python\nEXPOSE 80 8000\nCOPY . .\nCMD python app.py"), [`2: ${SAID}`]);
});

test("an EXPOSE of a stage below that starts nothing of its own is judged once, at its line", async () => {
	assert.deepEqual(await messages("FROM python AS base\nEXPOSE 80\nFROM base AS mid\nCOPY . .\nFROM mid\nCMD python app.py"), [
		`2: ${SAID}`,
	]);
});

test("an EXPOSE of a stage below with a command of its own, or of another branch, is not judged here", async () => {
	assert.deepEqual(
		await messages("FROM python AS base\nEXPOSE 80\nCMD python -m http.server 80\nFROM base\nCOPY . .\nCMD python app.py"),
		[],
	);
	assert.deepEqual(await messages("FROM python AS other\nEXPOSE 80\nFROM python\nCOPY . .\nCMD python app.py"), []);
});
