import assert from "node:assert/strict";
import { test } from "node:test";
import { diagnostics } from "../../../server/src/features/diagnostics.ts";
import { DEFAULT_SETTINGS } from "../../../server/src/settings.ts";
import { analyseFiles, type Files } from "../../support/analysis.ts";

async function check(files: Files, expected: readonly string[]): Promise<void> {
	const shown = diagnostics(await analyseFiles(files), DEFAULT_SETTINGS.severity, "file:///docs");
	assert.deepEqual(
		shown.map((one) => `${one.range.start.line + 1}: ${one.severity} ${one.code}: ${one.message}`),
		expected,
	);
}

const app = { "app.py": "from flask import Flask\nFlask('x').run('0.0.0.0', 80)\n" };

test("not-exposed is information, at the start command", () =>
	check({ Dockerfile: "FROM python\nADD . .\nCMD python app.py", ...app }, [
		"3: 3 not-exposed: app.py:2 listens on 80/tcp, but the image does not expose it",
	]));

test("nothing-listens is a warning, at the port, and says what does listen", () =>
	check({ Dockerfile: "FROM python\nADD . .\nEXPOSE 80 8080\nCMD python app.py", ...app }, [
		"3: 2 nothing-listens: EXPOSE 8080: nothing in this image listens on 8080/tcp (python app.py listens on 80/tcp)",
	]));

test("a port that the Dockerfile decides is the program's", () =>
	check({ Dockerfile: "FROM python\nENV PORT=90\nCMD python -m flask run -h 0.0.0.0 -p $PORT" }, [
		"3: 3 not-exposed: python -m flask listens on 90/tcp, but the image does not expose it",
	]));

test("a gap silences nothing-listens, never what was found", () =>
	check({ Dockerfile: "FROM python\nADD . .\nEXPOSE 8080\nCMD ./mystery & python app.py", ...app }, [
		"4: 3 not-exposed: app.py:2 listens on 80/tcp, but the image does not expose it",
	]));

test("loopback is not called not-exposed", () =>
	check({ Dockerfile: "FROM python\nADD . .\nCMD python app.py", "app.py": "from flask import Flask\nFlask('x').run()\n" }, [
		"3: 2 loopback-only: app.py:2 listens on 127.0.0.1:5000/tcp: unreachable from outside the container",
	]));

test("an inherited EXPOSE that nothing uses is a fact, not a fault", () =>
	check({ Dockerfile: "FROM redis\nADD . .\nEXPOSE 80\nCMD python app.py", ...app }, []));

test("findings are of the target stage", () =>
	check({ Dockerfile: "FROM python AS dev\nADD . .\nCMD python app.py\nFROM httpd", ...app }, []));

test("an EXPOSE in a stage below is judged by the stage that runs", () =>
	check({ Dockerfile: "FROM python AS base\nEXPOSE 80\nFROM base\nADD . .\nCMD python app.py", ...app }, []));

test("a severity of off shows nothing", async () => {
	const analysis = await analyseFiles({ Dockerfile: "FROM python\nADD . .\nCMD python app.py", ...app });
	assert.deepEqual(
		diagnostics(analysis, { ...DEFAULT_SETTINGS.severity, "not-exposed": "off", "nothing-listens": "error" }, "file:///docs"),
		[],
	);
});

test("related information is the evidence chain", async () => {
	const [shown] = diagnostics(
		await analyseFiles({ Dockerfile: "FROM python\nADD . .\nCMD python app.py", ...app }),
		DEFAULT_SETTINGS.severity,
		"file:///docs",
	);
	assert.deepEqual(
		shown?.relatedInformation?.map((one) => one.message),
		["CMD python app.py", "Flask('x').run('0.0.0.0', 80)"],
	);
});

test("the code leads to its page, and what does nothing is drawn faded", async () => {
	const shown = diagnostics(
		await analyseFiles({ Dockerfile: "FROM python\nADD . .\nEXPOSE 8080\nCMD python app.py", ...app }),
		DEFAULT_SETTINGS.severity,
		"file:///docs",
	);
	assert.deepEqual(
		shown.map(({ codeDescription, tags }) => [codeDescription?.href, tags]),
		[
			["file:///docs/findings/nothing-listens.md", [1]],
			["file:///docs/findings/not-exposed.md", undefined],
		],
	);
});
