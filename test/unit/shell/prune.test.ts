import assert from "node:assert/strict";
import { test } from "node:test";
import { withHints } from "../../support/analysis.ts";

const files = {
	"package.json": '{"workspaces":["apps/*"]}',
	"apps/api/package.json": '{"name":"api","scripts":{"start":"node server.js"},"dependencies":{"express":"4"}}',
	"apps/api/server.js": 'require("express")().listen(4000);',
};

async function lastHint(prune: string, copies: string): Promise<string> {
	const text = await withHints({
		...files,
		Dockerfile: `FROM node AS pruner\nWORKDIR /repo\nCOPY . .\nRUN ${prune}\nFROM node\nWORKDIR /app\n${copies}\nCMD ["npm", "start", "-w", "api"]`,
	});
	return text.slice(text.lastIndexOf("\n") + 1);
}

for (const command of ["turbo prune api --docker", "npx turbo prune --scope=api --docker", "pnpm dlx turbo@2 prune api --docker"])
	test(command, async () => {
		assert.match(await lastHint(command, "COPY --from=pruner /repo/out/json/ .\nCOPY --from=pruner /repo/out/full/ ."), /4000/);
	});

test("turbo prune without --docker, into a folder of another name", async () => {
	assert.match(await lastHint("turbo prune api --out-dir=pruned", "COPY --from=pruner /repo/pruned ."), /4000/);
});

test("pnpm prune copies nothing", async () => {
	assert.doesNotMatch(await lastHint("pnpm prune --prod", "COPY --from=pruner /repo/out ."), /4000/);
});
