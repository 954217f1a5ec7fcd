import assert from "node:assert/strict";
import { test } from "node:test";
import { inlayHints } from "../../../server/src/features/inlayHints.ts";
import { analyseFiles, type Files, withHints } from "../../support/analysis.ts";
import { uriOf } from "../../support/memoryFiles.ts";

const flask = (run: string) => `from flask import Flask\napp = Flask(__name__)\n${run}\n`;

/** The Dockerfile with its hints, and what must be drawn. */
async function check(files: Files, expected: string): Promise<void> {
	assert.equal(await withHints(files), expected.replace(/^\n/, ""));
}

test("a listener that nothing exposes", () =>
	check(
		{
			Dockerfile: 'FROM python:2.7-slim\nWORKDIR /app\nADD . /app\nCMD ["python", "app.py"]',
			"app.py": flask("app.run(host='0.0.0.0', port=80)"),
		},
		`
FROM python:2.7-slim
WORKDIR /app
ADD . /app
CMD ["python", "app.py"] ⇢ 80/tcp  app.py:3  not exposed`,
	));

test("an EXPOSE that is right", () =>
	check(
		{
			Dockerfile: 'FROM python\nADD . /app\nWORKDIR /app\nEXPOSE 80\nCMD ["python", "app.py"]',
			"app.py": flask("app.run(host='0.0.0.0', port=80)"),
		},
		`
FROM python
ADD . /app
WORKDIR /app
EXPOSE 80 ✓ app.py:3
CMD ["python", "app.py"] ⇢ 80/tcp  app.py:3`,
	));

test("an EXPOSE that is wrong, and one of several", () =>
	check(
		{
			Dockerfile: "FROM python\nADD . .\nEXPOSE 80 8080\nEXPOSE 9000-9010\nCMD python app.py",
			"app.py": flask("app.run(host='0.0.0.0', port=80)"),
		},
		`
FROM python
ADD . .
EXPOSE 80 8080 ✓ 80 app.py:3 · ✗ 8080 nothing listens
EXPOSE 9000-9010 ✗ nothing listens
CMD python app.py ⇢ 80/tcp  app.py:3`,
	));

test("loopback only", () =>
	check(
		{ Dockerfile: "FROM python\nADD . .\nEXPOSE 5000\nCMD python app.py", "app.py": flask("app.run()") },
		`
FROM python
ADD . .
EXPOSE 5000 ✗ loopback only  app.py:3
CMD python app.py ⇢ 127.0.0.1:5000/tcp  loopback only  app.py:3`,
	));

test("the default of a variable, and the variable set by the image", async () => {
	const app = { "app.py": flask("import os\napp.run('0.0.0.0', int(os.environ.get('PORT', 8000)))") };
	await check(
		{ Dockerfile: "FROM python\nADD . .\nCMD python app.py", ...app },
		`
FROM python
ADD . .
CMD python app.py ⇢ 8000/tcp (PORT)  app.py:4  not exposed`,
	);
	await check(
		{ Dockerfile: "FROM python\nADD . .\nENV PORT=90\nCMD python app.py", ...app },
		`
FROM python
ADD . .
ENV PORT=90
CMD python app.py ⇢ 90/tcp  app.py:4  not exposed`,
	);
});

test("nothing listens", () =>
	check(
		{ Dockerfile: "FROM python\nADD . .\nEXPOSE 80\nCMD python job.py", "job.py": "import time\ntime.sleep(5)\nprint('done')\n" },
		`
FROM python
ADD . .
EXPOSE 80 ✗ nothing listens
CMD python job.py ⇢ no ports`,
	));

test("unknown is said with its reason, never as none", () =>
	check(
		{ Dockerfile: "FROM python\nADD . .\nEXPOSE 80\nCMD python app.py" },
		`
FROM python
ADD . .
EXPOSE 80 ? app.py is not in the build context
CMD python app.py ⇢ ports unknown: app.py is not in the build context`,
	));

test("what comes with the image", async () => {
	await check({ Dockerfile: "FROM httpd" }, "FROM httpd ⇢ [::]:80/tcp  from the image · exposes 80/tcp".replace("[::]:", ""));
	await check(
		{ Dockerfile: 'FROM redis\nCMD ["redis-server"]' },
		'FROM redis exposes 6379/tcp\nCMD ["redis-server"] ⇢ 6379/tcp  from the image',
	);
	await check({ Dockerfile: "FROM acme/base:1" }, "FROM acme/base:1 ⇢ ports unknown: nothing is known about acme/base:1");
	await check({ Dockerfile: "FROM python" }, "FROM python ⇢ no ports");
});

test("an image whose configuration this build replaces is not taken at its default", () =>
	check(
		{ Dockerfile: "FROM nginx\nCOPY nginx.conf /etc/nginx/nginx.conf", "nginx.conf": "http { server { listen 8000; } }" },
		"FROM nginx ⇢ 8000/tcp  nginx.conf:1  not exposed · exposes 80/tcp\nCOPY nginx.conf /etc/nginx/nginx.conf",
	));

test("a malformed EXPOSE is left to the linters", () =>
	check(
		{ Dockerfile: "FROM redis\nEXPOSE 8080:80 99999" },
		"FROM redis ⇢ 6379/tcp  from the image · exposes 6379/tcp\nEXPOSE 8080:80 99999",
	));

test("builder stages without a command of their own stay quiet", () =>
	check(
		{ Dockerfile: "FROM node AS build\nRUN npm ci\nFROM httpd" },
		"FROM node AS build\nRUN npm ci\nFROM httpd ⇢ 80/tcp  from the image · exposes 80/tcp",
	));

test("the hint stands at the last line of a continued command", async () => {
	const analysis = await analyseFiles({ Dockerfile: 'FROM redis\nCMD ["redis-server", \\\n  "x"]\n' });
	assert.deepEqual(inlayHints(analysis).at(-1)?.position, { line: 2, character: 6 });
});

test("the evidence part leads to the line, and double-click inserts the EXPOSE", async () => {
	const analysis = await analyseFiles({
		Dockerfile: "FROM python\nADD . .\nCMD python app.py\n",
		"app.py": flask("app.run('0.0.0.0', 80)"),
	});
	const hint = inlayHints(analysis).at(-1);
	assert.ok(hint && typeof hint.label !== "string");
	const part = hint.label.find((one) => one.location);
	assert.equal(part?.value, "app.py:3");
	assert.equal(part?.location?.uri, uriOf("app.py"));
	assert.equal(part?.location?.range.start.line, 2);
	assert.deepEqual(hint.textEdits, [
		{ range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } }, newText: "EXPOSE 80\n" },
	]);
	assert.ok(
		typeof hint.tooltip === "object" &&
			/Certain/.test(hint.tooltip.value) &&
			/app\.py:3\]\(file:\/\/\/ws\/app\.py#L3\)/.test(hint.tooltip.value),
	);
});

test("text from the workspace cannot become Markdown", async () => {
	const analysis = await analyseFiles({
		Dockerfile: "FROM python\nADD . .\nCMD python app.py\n",
		"app.py": flask("app.run('0.0.0.0', 80) # `[x](command:evil)` <b>"),
	});
	const hint = inlayHints(analysis).at(-1);
	assert.ok(hint && typeof hint.tooltip === "object");
	assert.doesNotMatch(hint.tooltip.value.replace(/`+[^`]*`+/g, ""), /command:|<b>/);
});

test("all interfaces of IPv4 and of IPv6 are one port, one finding, one fix", async () => {
	const files = {
		Dockerfile: 'FROM python\nADD . .\nEXPOSE 81\nCMD ["python", "app.py"]',
		"app.py": flask("import threading\nthreading.Thread(target=lambda: app.run('::', 80)).start()\napp.run('0.0.0.0', 80)"),
	};
	await check(
		files,
		`
FROM python
ADD . .
EXPOSE 81 ✗ nothing listens
CMD ["python", "app.py"] ⇢ 80/tcp  app.py:4  not exposed`,
	);
	const analysis = await analyseFiles(files);
	assert.deepEqual(analysis.target?.listeners.map(({ address }) => address).sort(), ["0.0.0.0", "::"]);
	assert.deepEqual(
		analysis.findings.map(({ message }) => message),
		[
			"EXPOSE 81: nothing in this image listens on 81/tcp (python app.py listens on 80/tcp)",
			"app.py:4 listens on 80/tcp, but the image does not expose it",
		],
	);
	await check(
		{ ...files, Dockerfile: files.Dockerfile.replace("81", "80") },
		`
FROM python
ADD . .
EXPOSE 80 ✓ app.py:4
CMD ["python", "app.py"] ⇢ 80/tcp  app.py:4`,
	);
});

test("no name breaks the line that it stands on", async () => {
	const text = await withHints({
		Dockerfile: 'FROM python\nADD . .\nCMD ["python", "a\\nb\\u202e.py"]',
		"a\nb\u202e.py": flask("app.run('0.0.0.0', 80)"),
	});
	assert.equal(text.split("\n").at(-1), 'CMD ["python", "a\\nb\\u202e.py"] ⇢ 80/tcp  a b .py:3  not exposed');
	assert.match(
		await withHints({ Dockerfile: 'FROM python\nCMD ["python", "a\\nb.py"]' }),
		/⇢ ports unknown: a b\.py is not copied into the image$/,
	);
});
