import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { describeListener } from "../../../../server/src/verdict/describe.ts";
import { analyseFiles } from "../../../support/analysis.ts";
import { check } from "../../../support/predict.ts";

const app = 'import express from "express"; export const start = (port: number) => express().listen(port)';
const builds = ["npm run build"];

describe("built modules that a script of the repository loads", () => {
	check("a file of the output folder", "node bin/serve", {
		files: {
			"package.json": '{ "scripts": { "build": "tsc" } }',
			"bin/serve": '#!/usr/bin/env node\nrequire("../dist/app").start(80)',
			"src/app.ts": 'import { start as listen } from "./inner/server"; export const start = listen;',
			"src/inner/server.ts": app,
		},
		builds,
		listens: ["[::]:80 certain"],
		evidence: ["Dockerfile:10", "server.ts:1", "serve:2"],
	});
	check("the folder itself", "node bin/serve.js", {
		files: { "package.json": "{}", "bin/serve.js": 'require("../lib").start(80)', "src/index.ts": app },
		builds,
		listens: ["[::]:80 certain"],
	});
	check("with Flow's types", "node bin/serve.js", {
		files: {
			"package.json": '{ "scripts": { "build": "babel code -d lib" } }',
			"bin/serve.js": 'require("../lib/app").start(80)',
			"code/app.js":
				'// @flow\nimport express from "express"; class A { port: number; }\nexport function start(port: number): void { express().listen(port); }',
		},
		builds,
		listens: ["[::]:80 certain"],
	});
	check("one that is nowhere", "node bin/serve.js", {
		files: { "package.json": "{}", "bin/serve.js": 'require("../lib/app").start(80)' },
		builds,
		gaps: ["app is not in the image"],
	});
});

test("modules of such a folder that all stand there ask nothing of the build", async () => {
	const modules = Array.from({ length: 150 }, (_, i) => `lib/m${i}.js`);
	const { target } = await analyseFiles({
		Dockerfile:
			'FROM node:22 AS build\nWORKDIR /src\nCOPY . .\nRUN npm install && npm run build\nFROM node:22\nWORKDIR /app\nCOPY --from=build /src/lib lib/\nCOPY --from=build /src/server.js /src/package.json ./\nCMD ["node", "server.js"]\n',
		"package.json": '{ "type": "module", "scripts": { "build": "tsc" } }',
		"server.js": `import express from "express";\n${modules.map((path, i) => `import { value${i} } from "./${path}";`).join("\n")}\nexpress().listen(80 + value1);`,
		...Object.fromEntries(modules.map((path, i) => [path, `export const value${i} = ${i};`])),
	});
	assert.deepEqual([(target?.listeners ?? []).map(describeListener), target?.gaps], [["81/tcp"], []]);
});
