import assert from "node:assert/strict";
import { test } from "node:test";
import { withHints } from "../../support/analysis.ts";

async function lastLine(files: Record<string, string>): Promise<string> {
	const text = await withHints(files);
	return text.slice(text.lastIndexOf("\n") + 1);
}

const manifest = '{"scripts":{"build":"next build","serve":"node server.js"},"dependencies":{"next":"15"}}';

test("Next.js's standalone output holds the project's package.json", async () => {
	const Dockerfile =
		'FROM node AS builder\nWORKDIR /src\nCOPY . .\nRUN npm run build\nFROM node\nWORKDIR /app\nCOPY --from=builder /src/.next/standalone ./\nCMD ["npm", "run", "serve"]';
	assert.match(await lastLine({ Dockerfile, "package.json": manifest }), /3000/);
});

test("in a workspace, at the place where the project has stood", async () => {
	const Dockerfile =
		'FROM node AS builder\nWORKDIR /src\nCOPY . .\nRUN npm run build\nFROM node\nWORKDIR /app\nCOPY --from=builder /src/apps/web/.next/standalone ./\nWORKDIR /app/apps/web\nENV PORT=8000\nCMD ["npm", "run", "serve"]';
	assert.match(await lastLine({ Dockerfile, "apps/web/package.json": manifest }), /8000/);
});

test("another folder that was built holds none", async () => {
	const Dockerfile =
		'FROM node AS builder\nWORKDIR /src\nCOPY . .\nRUN npm run build\nFROM node\nWORKDIR /app\nCOPY --from=builder /src/dist ./\nCMD ["npm", "run", "serve"]';
	assert.doesNotMatch(await lastLine({ Dockerfile, "package.json": manifest }), /3000/);
});
