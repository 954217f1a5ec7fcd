import assert from "node:assert/strict";
import { test } from "node:test";
import { isPackageScript, runPackageScript } from "../../../server/src/process/packageScripts.ts";
import { imageOf } from "../../support/image.ts";
import { describe, processOf } from "../../support/processes.ts";

const image = imageOf({
	"/app/package.json": JSON.stringify(
		{ scripts: { start: "node server.js", prestart: "node build.js", dev: "PORT=1 node dev.js", "serve:prod": "cd dist && node x.js" } },
		null,
		2,
	),
	"/app/web/package.json": '{ "scripts": { "start": "next start" } }',
	"/bare/package.json": "{}",
});

for (const [argv, expected] of [
	["npm start", ["node build.js (ends)", "node server.js"]],
	["npm run dev", ["node dev.js"]],
	["npm run --silent dev", ["node dev.js"]],
	["npm run dev -- --port 80", ["node dev.js --port 80"]],
	["yarn dev --port 80", ["node dev.js --port 80"]],
	["yarn run dev", ["node dev.js"]],
	["pnpm serve:prod", ["node x.js (in /app/dist)"]],
	["npm --prefix web start", ["next start (in /app/web)"]],
	["npm --prefix /bare start", ["node server.js (in /bare)"]],
	["npm run nope", ["? package.json has no script nope"]],
	["npm --prefix /gone start", ["? package.json is not in the image"]],
] as const) {
	test(argv, async () => {
		const process = processOf(argv.split(" "));
		assert.ok(isPackageScript(process));
		assert.deepEqual(describe(await runPackageScript(process, image)), expected);
	});
}

for (const argv of ["npm ci", "npm install", "yarn", "yarn install", "pnpm exec x", "node start"]) {
	test(`${argv} runs no script`, () => assert.ok(!isPackageScript(processOf(argv.split(" ")))));
}

test("the evidence is the script's line", async () => {
	const { processes } = await runPackageScript(processOf(["npm", "run", "dev"]), image);
	assert.deepEqual(
		processes[0]?.evidence.map((one) => [one.uri, one.range.start.line, one.text]),
		[["file:///app/package.json", 4, "dev: PORT=1 node dev.js"]],
	);
});

test("a package.json that is no JSON has no scripts", async () => {
	const started = await runPackageScript(processOf(["npm", "run", "dev"]), imageOf({ "/app/package.json": "{ nonsense" }));
	assert.deepEqual(describe(started), ["? package.json has no script dev"]);
});
