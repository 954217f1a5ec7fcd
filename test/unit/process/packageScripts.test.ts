import assert from "node:assert/strict";
import { test } from "node:test";
import { isPackageScript, runPackageScript } from "../../../server/src/process/packageScripts.ts";
import { withHints } from "../../support/analysis.ts";
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
	"/mono/package.json": '{ "workspaces": ["apps/*", "tools/x"] }',
	"/mono/apps/web/package.json": '{ "name": "@me/web", "scripts": { "dev": "next dev" } }',
	"/mono/apps/api/package.json": '{ "name": "api", "scripts": { "dev": "node api.js" } }',
	"/mono/tools/x/package.json": '{ "name": "x" }',
	"/pnpm/pnpm-workspace.yaml": "packages:\n  - 'packages/*'\n",
	"/pnpm/package.json": "{}",
	"/pnpm/packages/a/package.json": '{ "name": "@me/a", "scripts": { "start": "node a.js" } }',
	"/bun/package.json": '{ "scripts": { "go": "bun src/index.ts" } }',
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
	["yarn next start", ["next start"]],
	["pnpm exec next start", ["next start"]],
	["pnpm dlx serve -l 80", ["serve -l 80"]],
	["npm exec -- serve -l 80", ["serve -l 80"]],
	["yarn node x.js", ["node x.js"]],
	["node --run dev", ["node dev.js"]],
	["npm --prefix /mono -w api run dev", ["node api.js (in /mono/apps/api)"]],
	["npm --prefix=/mono --workspace=@me/web run dev", ["next dev (in /mono/apps/web)"]],
	["npm --prefix /mono -w apps/web run dev", ["next dev (in /mono/apps/web)"]],
	["yarn --cwd /mono workspace api dev --x", ["node api.js --x (in /mono/apps/api)"]],
	["yarn --cwd /mono workspace api run dev", ["node api.js (in /mono/apps/api)"]],
	["npm --prefix /mono -w nope run dev", ["? package nope is not found"]],
	["pnpm -C /pnpm --filter a start", ["node a.js (in /pnpm/packages/a)"]],
	["pnpm -C /pnpm --filter @me/a... run start", ["node a.js (in /pnpm/packages/a)"]],
	["pnpm -C /pnpm --filter ./packages/a start", ["node a.js (in /pnpm/packages/a)"]],
	["turbo --cwd=/mono run dev", ["node api.js (in /mono/apps/api)", "next dev (in /mono/apps/web)"]],
	["turbo --cwd=/mono dev --filter=web", ["next dev (in /mono/apps/web)"]],
	["bun --cwd /bun run go", ["bun src/index.ts (in /bun)"]],
	["bun --cwd /bun run src/x.ts --y", ["bun src/x.ts --y (in /bun)"]],
	["npm --prefix /gone start", ["? package.json is not in the image"]],
] as const) {
	test(argv, async () => {
		const process = processOf(argv.split(" "));
		assert.ok(isPackageScript(process));
		assert.deepEqual(describe(await runPackageScript(process, image)), expected);
	});
}

const deno = imageOf({
	"/app/deno.json":
		'{\n  // tasks\n  "tasks": { "start": "deno run -A main.ts --x", "web": { "command": "PORT=81 deno serve web.ts" } }\n}',
	"/app/sub/deno.jsonc": '{ "tasks": { "start": "deno run sub.ts" } }',
});
for (const [argv, expected] of [
	["deno task start --y", ["deno run -A main.ts --x --y"]],
	["deno task web", ["deno serve web.ts"]],
	["deno task --cwd sub start", ["deno run sub.ts (in /app/sub)"]],
	["deno -q task --cwd=sub start", ["deno run sub.ts (in /app/sub)"]],
	["deno task gone", ["? no task gone is found"]],
] as const) {
	test(argv, async () => {
		const process = processOf(argv.split(" "));
		assert.ok(isPackageScript(process));
		assert.deepEqual(describe(await runPackageScript(process, deno)), expected);
	});
}

for (const argv of [
	"deno run task.ts",
	"deno task",
	"npm ci",
	"npm install",
	"yarn",
	"yarn install",
	"bun index.ts",
	"bun install",
	"node start",
]) {
	test(`${argv} runs no script`, () => assert.ok(!isPackageScript(processOf(argv.split(" ")))));
}

test("the evidence is the script's line", async () => {
	const { processes } = await runPackageScript(processOf(["npm", "run", "dev"]), image);
	assert.deepEqual(
		processes[0]?.evidence.map((one) => [one.uri, one.range.start.line, one.text]),
		[["file:///app/package.json", 4, "dev: PORT=1 node dev.js"]],
	);
});

test("a package.json that is no JSON", async () => {
	const started = await runPackageScript(processOf(["npm", "run", "dev"]), imageOf({ "/app/package.json": "{ nonsense" }));
	assert.deepEqual(describe(started), ["? package.json is not valid JSON"]);
});

test("a task that the Deno image's entrypoint is given", async () => {
	const text = await withHints({
		Dockerfile: 'FROM denoland/deno\nWORKDIR /app\nCOPY . .\nCMD ["task", "start"]',
		"deno.json": '{ "tasks": { "start": "deno run -A main.ts" } }',
		"main.ts": "Deno.serve({ port: 4000 }, () => new Response());",
	});
	assert.match(text, /4000/);
});
