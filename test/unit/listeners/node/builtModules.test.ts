import { describe } from "node:test";
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
