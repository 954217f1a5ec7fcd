import assert from "node:assert/strict";
import { test } from "node:test";
import { known } from "../../../server/src/model/value.ts";
import { deployedFrom } from "../../../server/src/process/deployedPackages.ts";
import { imageOf } from "../../support/image.ts";

const files = imageOf({
	"/w/pnpm-workspace.yaml": "packages: ['apps/*']",
	"/w/apps/api/package.json": '{ "name": "@x/api" }',
	"/w/apps/web/package.json": '{ "name": "web" }',
});

for (const [command, path, expected] of [
	["pnpm --filter=@x/api deploy --prod /out", "/out/dist/a.js", "/w/apps/api/dist/a.js"],
	["pnpm deploy --filter web --legacy out", "/w/out/package.json", "/w/apps/web/package.json"],
	["corepack pnpm -F web deploy --prod --config.inject-workspace-packages=true /out", "/out/a.js", "/w/apps/web/a.js"],
	["pnpm --filter web deploy /out", "/other/a.js", undefined],
	["pnpm --filter nobody deploy /out", "/out/a.js", undefined],
	["npm run deploy /out", "/out/a.js", undefined],
] as const)
	test(command, async () => {
		const process = { cwd: "/w", environment: new Map(), evidence: [], ends: false, conditional: false };
		const argv = command.split(" ").map((word) => known(word));
		assert.equal(await deployedFrom([{ ...process, argv }], files, path), expected);
	});
