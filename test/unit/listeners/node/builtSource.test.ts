import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

const main = 'import express from "express"; express().listen(80)';
const manifest = (scripts: object = {}) => JSON.stringify({ name: "x", scripts });
const listens = ["[::]:80 certain"];
const builds = ["npm run build"];

describe("sources of built programs", () => {
	check("by convention", "node dist/main.js", {
		files: { "package.json": manifest(), "src/main.ts": main },
		builds,
		listens,
		evidence: ["Dockerfile:10", "main.ts:1"],
	});
	check("without its ending", "node dist/main", { files: { "package.json": manifest(), "src/main.ts": main }, builds, listens });
	check("a folder", "node build", { files: { "package.json": manifest(), "src/index.ts": main }, builds, listens });
	check("the package's main file", "node .", {
		files: { "package.json": '{ "main": "lib/server.js" }', "src/server.ts": main },
		builds,
		listens,
	});
	check("the whole tree in dist", "node dist/src/main.js", { files: { "package.json": manifest(), "src/main.ts": main }, builds, listens });
	check("workspaces", "node dist/apps/api/main.js", {
		files: { "package.json": manifest(), "apps/api/src/main.ts": main },
		builds,
		listens,
	});
	check("a workspace's package that pnpm deploys", "node /out/dist/main.js", {
		files: {
			"pnpm-workspace.yaml": "packages: ['apps/*', 'libs/*']",
			"package.json": manifest(),
			"apps/api/package.json": '{ "name": "@x/api" }',
			"apps/api/src/main.ts": 'import { serve } from "@x/lib"; serve(80)',
			"libs/lib/package.json": '{ "name": "@x/lib", "main": "src/index.ts" }',
			"libs/lib/src/index.ts": 'import express from "express"; export const serve = (port: number) => express().listen(port)',
		},
		builds: ["pnpm build", "pnpm --filter=@x/api --prod deploy /out"],
		listens,
	});
	check("tsc with outDir and rootDir", "node out/x/main.js", {
		files: {
			"package.json": manifest({ build: "tsc -p tsconfig.build.json" }),
			"tsconfig.build.json": '{ "extends": "./tsconfig.json" } // comments are allowed',
			"tsconfig.json": '{ "compilerOptions": { "outDir": "out", "rootDir": "code" } }',
			"code/x/main.ts": main,
		},
		builds,
		listens,
	});
	check("esbuild on the command line", "node bundle/app.cjs", {
		files: {
			"package.json": manifest({ build: "esbuild code/server.ts --bundle --platform=node --outfile=bundle/app.cjs" }),
			"code/server.ts": main,
		},
		builds,
		listens,
	});
	check("a script that is told both files", "node dist/server.mjs", {
		files: {
			"package.json": manifest({ build: "next build && node scripts/bundle.mjs -e code/index.ts -o dist/server.mjs" }),
			"scripts/bundle.mjs": 'import esbuild from "esbuild"; import { options } from "./options.mjs"; esbuild.build(options)',
			"code/index.ts": main,
		},
		builds,
		listens,
	});
	check("a project of an Nx workspace", "node out/server/main.js", {
		files: {
			"package.json": manifest(),
			"nx.json": "{}",
			"apps/web/project.json": '{ "targets": { "build": { "options": { "outputPath": "out/web", "main": "apps/web/x.ts" } } } }',
			"apps/api/project.json":
				'{ "targets": { "build": { "options": { "outputPath": "out/server", "main": "apps/api/code/start.ts" } } } }',
			"apps/api/code/start.ts": main,
		},
		builds: ["npx nx build api"],
		listens,
	});
	check("esbuild in a script", "node dist/x.js", {
		files: {
			"package.json": manifest({ build: "node build.js" }),
			"build.js": 'require("esbuild").build({ entryPoints: ["code/x.ts"], outdir: "dist" })',
			"code/x.ts": main,
		},
		builds,
		listens,
	});
	check("tsup", "node dist/server.js", {
		files: {
			"package.json": manifest({ build: "tsup" }),
			"tsup.config.ts": 'import { defineConfig } from "tsup"; export default defineConfig({ entry: { server: "code/main.ts" } })',
			"code/main.ts": main,
		},
		builds,
		listens,
	});
	check("webpack", "node dist/bundle.js", {
		files: {
			"package.json": manifest({ build: "webpack --mode production" }),
			"webpack.config.js":
				'const path = require("path"); module.exports = { entry: "./code/main.js", output: { path: path.resolve(__dirname, "dist"), filename: "bundle.js" } }',
			"code/main.js": 'require("express")().listen(80)',
		},
		builds,
		listens,
	});
	check("rollup", "node dist/b.js", {
		files: {
			"package.json": manifest({ build: "rollup -c" }),
			"rollup.config.mjs": 'export default { input: "code/main.js", output: { file: "dist/b.js" } }',
			"code/main.js": 'require("express")().listen(80)',
		},
		builds,
		listens,
	});
	check("ncc", "node dist/index.js", {
		files: { "package.json": manifest({ build: "ncc build code/main.ts -o dist" }), "code/main.ts": main },
		builds,
		listens,
	});
	check("Babel", "node out/main.js", {
		files: { "package.json": manifest({ build: "babel code -d out" }), "code/main.js": main },
		builds,
		listens,
	});
	check("nest build of a project", "node dist/apps/api/main", {
		files: {
			"package.json": manifest({ build: "nest build api" }),
			"nest-cli.json": '{ "projects": { "api": { "sourceRoot": "services/api/source" } } }',
			"services/api/source/main.ts": main,
		},
		builds,
		listens,
	});
	check("Angular's server", "node dist/shop/server/server.mjs", {
		files: { "package.json": manifest({ build: "ng build" }), "server.ts": main },
		builds,
		listens,
	});
	check("what is built in ways unknown", "node dist/main.js", {
		files: { "package.json": manifest({ build: "mystery" }), "code/main.ts": main },
		builds,
		gaps: ["how main.js is built is not understood"],
	});
	check("settings of the builder are not the image's", "node dist/main.js", {
		files: { "package.json": manifest(), "src/main.ts": 'require("express")().listen(process.env.PORT || 80)' },
		environment: { PORT: "81" },
		builds,
		listens: ["[::]:81 certain"],
	});
	check("a manifest that was copied into the output", "node dist/apps/api/main", {
		files: { "package.json": manifest(), "dist/apps/api/package.json": "{}", "apps/api/src/main.ts": main },
		builds,
		listens,
	});
	check("an output folder that was copied into a package", "node package/dist/main.js", {
		files: {
			"package.json": manifest({ build: "tsc", pack: "cp -r dist package.json package" }),
			"tsconfig.json": '{ "compilerOptions": { "outDir": "dist", "rootDir": "code" } }',
			"code/main.ts": main,
		},
		builds,
		listens,
	});
});
