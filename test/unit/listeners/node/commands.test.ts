import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

/** Command, what it listens on, environment. */
type Row = readonly [command: string, listens: readonly string[], environment?: Readonly<Record<string, string>>];

const rows = (name: string, all: readonly Row[]): void =>
	void describe(name, () => {
		for (const [command, listens, environment] of all)
			check(`${environment ? `${Object.entries(environment).join(" ").replaceAll(",", "=")} ` : ""}${command}`, command, {
				listens,
				...(environment ? { environment } : {}),
			});
	});

rows("Next.js", [
	["next start", ["[::]:3000 convention"]],
	["next start -p 80", ["[::]:80 certain"]],
	["node_modules/.bin/next dev --port=80 -H 127.0.0.1", ["127.0.0.1:80 certain"]],
	["node node_modules/next/dist/bin/next start", ["[::]:80 certain"], { PORT: "80" }],
	["bun --bun next start", ["[::]:3000 convention"]],
	["next build", []],
]);

rows("Nuxt", [
	["nuxt start", ["127.0.0.1:3000 convention"]],
	["nuxt start -p 80 -H 0.0.0.0", ["0.0.0.0:80 certain"]],
	["nuxi preview", ["0.0.0.0:81 certain"], { NITRO_PORT: "81", HOST: "0.0.0.0" }],
	["nuxt dev --host", ["[::]:3000 convention"]],
	["nuxt generate", []],
]);

rows("frameworks", [
	["remix-serve build/index.js", ["[::]:3000 convention"]],
	["react-router-serve ./build/server/index.js", ["[::]:80 certain"], { PORT: "80" }],
	["remix dev", ["[::]:3000 convention"]],
	["react-router dev --host 0.0.0.0", ["0.0.0.0:5173 convention"]],
	["astro dev --host", ["[::]:4321 convention"]],
	["astro preview --port 80", ["127.0.0.1:80 certain"]],
	["vite", ["127.0.0.1:5173 convention"]],
	["vite --host 0.0.0.0 --port 80", ["0.0.0.0:80 certain"]],
	["vite --port 80 --host", ["[::]:80 certain"]],
	["vite preview --host", ["[::]:4173 convention"]],
	["node node_modules/vite/bin/vite.js preview --port 80", ["127.0.0.1:80 certain"]],
	["vite build", []],
	["vue-cli-service serve", ["0.0.0.0:8080 convention"]],
	["vue-cli-service serve --port 80", ["127.0.0.1:80 certain"], { HOST: "127.0.0.1" }],
	["vue-cli-service build", []],
	["react-scripts start", ["0.0.0.0:3000 convention"]],
	["craco start", ["0.0.0.0:80 certain"], { PORT: "80" }],
	["node node_modules/react-scripts/scripts/start.js", ["127.0.0.1:3000 convention"], { HOST: "127.0.0.1" }],
	["react-scripts build", []],
	["ng serve", ["127.0.0.1:4200 convention"]],
	["ng serve --host 0.0.0.0 --port 80", ["0.0.0.0:80 certain"]],
	["ng build", []],
	["webpack-dev-server --host 0.0.0.0", ["0.0.0.0:8080 convention"]],
	["webpack serve --port 80", ["127.0.0.1:80 certain"]],
	["webpack --mode production", []],
	["gatsby develop -H 0.0.0.0", ["0.0.0.0:8000 convention"]],
	["gatsby serve", ["127.0.0.1:9000 convention"]],
	["parcel index.html", ["[::]:1234 convention"]],
	["parcel build index.html", []],
	["docusaurus start --host 0.0.0.0", ["0.0.0.0:3000 convention"]],
	["vitepress preview docs --port 80", ["[::]:80 certain"]],
	["vuepress dev docs", ["0.0.0.0:8080 convention"]],
	["eleventy --serve", ["[::]:8080 convention"]],
	["eleventy", []],
	["storybook dev -p 80", ["[::]:80 certain"]],
	["storybook build", []],
	["start-storybook", ["[::]:6006 convention"]],
	["rsbuild dev", ["0.0.0.0:3000 convention"]],
	["fastify start app.js", ["0.0.0.0:3000 convention"]],
	["fastify start -p 80 -a 127.0.0.1 app.js", ["127.0.0.1:80 certain"]],
	["fastify start app.js", ["0.0.0.0:81 certain"], { FASTIFY_PORT: "81" }],
]);

rows("applications", [
	["strapi start", ["0.0.0.0:1337 convention"]],
	["strapi build", []],
	["directus start", ["127.0.0.1:80 certain"], { PORT: "80", HOST: "127.0.0.1" }],
	["directus bootstrap", []],
	["n8n", ["[::]:5678 convention"]],
	["n8n start", ["[::]:80 certain"], { N8N_PORT: "80" }],
	["node-red -p 80", ["0.0.0.0:80 certain"]],
	["verdaccio --listen http://0.0.0.0:80", ["0.0.0.0:80 certain"]],
	["verdaccio", ["127.0.0.1:4873 convention"]],
	["medusa start", ["[::]:9000 convention"]],
	["keystone start", ["[::]:3000 convention"]],
	["sails lift --port 80", ["[::]:80 certain"]],
	["functions-framework --target=x", ["[::]:8080 convention"]],
	["meteor", ["[::]:3000 convention"]],
	["prisma migrate deploy", []],
]);

rows("servers of files", [
	["serve -s build", ["[::]:3000 convention"]],
	["serve -s build -l 80", ["[::]:80 certain"]],
	["serve -l tcp://127.0.0.1:80 build", ["127.0.0.1:80 certain"]],
	["serve -l unix:/run/x.sock", []],
	["serve build", ["[::]:80 certain"], { PORT: "80" }],
	["http-server dist -p 80 -a 127.0.0.1", ["127.0.0.1:80 certain"]],
	["http-server", ["0.0.0.0:8080 convention"]],
	["json-server --host 0.0.0.0 db.json", ["0.0.0.0:3000 convention"]],
	["live-server --port=80", ["0.0.0.0:80 certain"]],
	["lite-server", ["[::]:3000 convention"]],
	["sirv public --host 0.0.0.0 --port 80", ["0.0.0.0:80 certain"]],
	["serve --help", []],
]);

describe("configuration files", () => {
	check("vite.config", "vite", {
		files: {
			"vite.config.ts":
				'import { defineConfig, loadEnv } from "vite"; export default defineConfig(({ mode }) => { const env = loadEnv(mode, process.cwd(), ""); return { plugins: [x()], server: { host: true, port: Number(env.VITE_PORT) || 80 } } })',
		},
		listens: ["[::]:80 default VITE_PORT"],
	});
	check("a flag wins", "vite --port 81", {
		files: { "vite.config.js": "export default { server: { port: 80 } }" },
		listens: ["127.0.0.1:81 certain"],
	});
	check("one that is not understood", "vite", {
		files: { "vite.config.js": 'import { server } from "./gone"; export default { server: { port: server } }' },
		gaps: ["gone is not in the image"],
	});
	check("one that speaks of ports somewhere else", "vite", {
		files: { "vite.config.js": 'import { make } from "x"; export default make("port", 80)' },
		gaps: ["vite.config.js is not understood"],
	});
	check("vue.config", "vue-cli-service serve", {
		files: { "vue.config.js": 'module.exports = { devServer: { port: 80, host: "127.0.0.1" } }' },
		listens: ["127.0.0.1:80 certain"],
	});
	check("webpack's, merged", "webpack serve --config webpack.dev.js", {
		files: {
			"webpack.dev.js":
				'const { merge } = require("webpack-merge"); module.exports = merge(require("./common"), { devServer: { host: "0.0.0.0" } })',
			"common.js": "module.exports = { devServer: { port: 80 } }",
		},
		listens: ["0.0.0.0:80 certain"],
	});
	check("angular.json", "ng serve", {
		files: { "angular.json": '{ "projects": { "x": { "architect": { "serve": { "options": { "port": 80, "host": "0.0.0.0" } } } } } }' },
		listens: ["0.0.0.0:80 certain"],
	});
	check("nuxt.config", "nuxt dev", {
		files: { "nuxt.config.ts": 'export default defineNuxtConfig({ devServer: { port: 80, host: "0.0.0.0" } })' },
		listens: ["0.0.0.0:80 certain"],
	});
	check("Strapi's", "strapi start", {
		files: { "config/server.js": 'module.exports = ({ env }) => ({ host: env("HOST", "0.0.0.0"), port: env.int("PORT", 1338) })' },
		listens: ["0.0.0.0:1338 default PORT"],
	});
});

describe("files of variables", () => {
	check("Create React App", "react-scripts start", { files: { ".env": "PORT=80" }, listens: ["0.0.0.0:80 default PORT"] });
	check("the image wins", "react-scripts start", {
		files: { ".env": "PORT=80" },
		environment: { PORT: "81" },
		listens: ["0.0.0.0:81 certain"],
	});
	check("Strapi", "strapi start", {
		files: { ".env": "PORT=80", "config/server.ts": "export default ({ env }) => ({ port: env.int('PORT', 1337) })" },
		listens: ["0.0.0.0:80 default PORT"],
	});
	check("Next reads none for its port", "next start", { files: { ".env": "PORT=80" }, listens: ["[::]:3000 convention"] });
});

describe("executables made of JavaScript", () => {
	const files = { "src/main.ts": "Bun.serve({ port: 80, fetch: f })", "main.ts": "Deno.serve({ port: 81 }, f)" };
	check("bun build --compile", "./server", {
		files,
		builds: ["bun build --compile --minify --target=bun-linux-x64 src/main.ts --outfile server"],
		listens: ["0.0.0.0:80 certain"],
	});
	check("deno compile", "/app/out", { files, builds: ["deno compile -A --output out main.ts"], listens: ["0.0.0.0:81 certain"] });
	check("nest start", "nest start", {
		files: { "src/main.ts": 'import express from "express"; express().listen(80)' },
		listens: ["[::]:80 certain"],
	});
	check("nest build ends", "nest build", {});
});

describe("servers that builds write", () => {
	const builds = ["npm run build"];
	check("Next standalone", "node .next/standalone/server.js", {
		environment: { HOSTNAME: "0.0.0.0" },
		builds,
		listens: ["0.0.0.0:3000 convention"],
	});
	check("Nitro", "node .output/server/index.mjs", { environment: { PORT: "80" }, builds, listens: ["[::]:80 certain"] });
	check("SvelteKit", "node build", {
		files: {
			"package.json": "{}",
			"svelte.config.js": 'import adapter from "@sveltejs/adapter-node"; export default { kit: { adapter: adapter() } }',
		},
		builds,
		listens: ["0.0.0.0:3000 convention"],
	});
	check("Astro", "node ./dist/server/entry.mjs", {
		files: {
			"package.json": "{}",
			"astro.config.mjs": 'import node from "@astrojs/node"; export default { adapter: node({ mode: "standalone" }) }',
		},
		environment: { HOST: "0.0.0.0", PORT: "80" },
		builds,
		listens: ["0.0.0.0:80 certain"],
	});
	check("Meteor", "node /app/bundle/main.js", { environment: { PORT: "80" }, builds, listens: ["[::]:80 certain"] });
	check("an index of something else", "node build/index.js", {
		files: { "package.json": "{}" },
		builds,
		gaps: ["how index.js is built is not understood"],
	});
});

describe("programs that only look alike", () => {
	check("a server of one's own by that name", "node serve", {
		files: { "serve.js": 'require("http").createServer().listen(80)' },
		listens: ["[::]:80 certain"],
	});
	check("a binary that the build copies to the PATH", "serve", {
		files: { "/usr/local/bin/serve": "ELF" },
		gaps: ["nothing is known about serve"],
	});
	check("a program in a folder of its own", "./next start", { gaps: ["nothing is known about next"] });
});
