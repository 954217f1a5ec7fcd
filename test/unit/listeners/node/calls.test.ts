import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

/** Source of main.ts, what it listens on, environment, gaps. */
type Row = readonly [name: string, source: string, listens: readonly string[], environment?: Readonly<Record<string, string>>];

const rows = (name: string, all: readonly Row[], command = "tsx main.ts"): void =>
	void describe(name, () => {
		for (const [title, source, listens, environment] of all)
			check(title, command, { files: { "main.ts": source }, listens, ...(environment ? { environment } : {}) });
	});

rows("listen as Node has it", [
	[
		"a server behind stoppable",
		'const s = require("stoppable")(require("http").createServer(f)); require("socket.io")(s); s.listen(80)',
		["[::]:80 certain"],
	],
	["an application of express-ws", 'const { app } = require("express-ws")(require("express")()); app.listen(80)', ["[::]:80 certain"]],
	["Koa", 'import Koa from "koa"; const app = new Koa(); app.use(f).listen(80)', ["[::]:80 certain"]],
	["Connect", 'require("connect")().use(f).listen(80, "127.0.0.1")', ["127.0.0.1:80 certain"]],
	[
		"restify",
		'const s = require("restify").createServer({ name: "x" }); s.get("/", f); s.listen(process.env.PORT || 80)',
		["[::]:80 default PORT"],
	],
	["polka", 'import polka from "polka"; polka().get("/", f).listen(80)', ["[::]:80 certain"]],
	["micro", 'require("micro")(f).listen(80)', ["[::]:80 certain"]],
	["http-proxy", 'require("http-proxy").createProxyServer({ target: "http://x:9000" }).listen(80)', ["[::]:80 certain"]],
	[
		"Feathers",
		'import express from "@feathersjs/express"; import { feathers } from "@feathersjs/feathers"; express(feathers()).listen(80).then(f)',
		["[::]:80 certain"],
	],
	[
		"Express behind Socket.IO",
		'const server = require("http").createServer(require("express")()); require("socket.io")(server); server.listen(80)',
		["[::]:80 certain"],
	],
	["an express router in a chain", 'import express from "express"; express().get("/", f).post("/", f).listen(80)', ["[::]:80 certain"]],
	[
		"after a promise",
		'import mongoose from "mongoose"; import express from "express"; const app = express(); mongoose.connect("x").then(() => app.listen(80)).catch(f)',
		["[::]:80 certain"],
	],
]);

rows("Fastify", [
	["options", 'import Fastify from "fastify"; Fastify({ logger: true }).listen({ port: 80, host: "0.0.0.0" })', ["0.0.0.0:80 certain"]],
	[
		"localhost",
		'const { fastify } = require("fastify"); fastify().listen({ port: Number(process.env.PORT ?? 80) })',
		["127.0.0.1:80 default PORT"],
	],
	["one by one", 'require("fastify")().register(x).listen(80, "0.0.0.0", f)', ["0.0.0.0:80 certain"]],
]);

rows("hapi", [
	[
		"server",
		'import Hapi from "@hapi/hapi"; const s = Hapi.server({ port: 80, host: "localhost" }); await s.start()',
		["127.0.0.1:80 certain"],
	],
	["new Server", 'new (require("@hapi/hapi").Server)({ port: process.env.PORT || 80 }).start()', ["0.0.0.0:80 default PORT"]],
]);

rows("NestJS", [
	[
		"listen",
		'import { NestFactory } from "@nestjs/core"; const app = await NestFactory.create(class {}); await app.listen(process.env.PORT ?? 80)',
		["[::]:80 default PORT"],
	],
	[
		"after then",
		'import { NestFactory } from "@nestjs/core"; NestFactory.create(class {}).then((app) => app.listen(80, "127.0.0.1"))',
		["127.0.0.1:80 certain"],
	],
	[
		"Fastify",
		'import { NestFactory } from "@nestjs/core"; import { FastifyAdapter } from "@nestjs/platform-fastify"; (await NestFactory.create(class {}, new FastifyAdapter())).listen(80)',
		["127.0.0.1:80 certain"],
	],
	[
		"gRPC",
		'import { NestFactory } from "@nestjs/core"; import { Transport } from "@nestjs/microservices"; (await NestFactory.createMicroservice(class {}, { transport: Transport.GRPC, options: { url: "0.0.0.0:80" } })).listen()',
		["0.0.0.0:80 certain"],
	],
	[
		"TCP",
		'import { NestFactory } from "@nestjs/core"; import { Transport } from "@nestjs/microservices"; const app = await NestFactory.create(class {}); app.connectMicroservice({ transport: Transport.TCP, options: { host: "0.0.0.0" } })',
		["0.0.0.0:3000 convention"],
	],
	[
		"a queue",
		'import { NestFactory } from "@nestjs/core"; import { Transport } from "@nestjs/microservices"; (await NestFactory.createMicroservice(class {}, { transport: Transport.RMQ, options: { urls: [] } })).listen()',
		[],
	],
]);

rows("GraphQL and sockets", [
	[
		"Apollo 4",
		'import { startStandaloneServer } from "@apollo/server/standalone"; startStandaloneServer(s, { listen: { port: 80 } })',
		["[::]:80 certain"],
	],
	[
		"Apollo's default",
		'import { startStandaloneServer } from "@apollo/server/standalone"; startStandaloneServer(s, { context: f })',
		["[::]:4000 convention"],
	],
	["Apollo 3", 'new (require("apollo-server").ApolloServer)({ typeDefs }).listen().then(f)', ["[::]:4000 convention"]],
	[
		"Yoga",
		'import { createYoga } from "graphql-yoga"; import { createServer } from "node:http"; createServer(createYoga({})).listen(80)',
		["[::]:80 certain"],
	],
	["ws", 'import { WebSocketServer } from "ws"; new WebSocketServer({ port: 80 })', ["[::]:80 certain"]],
	[
		"ws, on a server",
		'import WebSocket from "ws"; import http from "http"; const server = http.createServer(); new WebSocket.Server({ server }); server.listen(80)',
		["[::]:80 certain"],
	],
	["Socket.IO", 'import { Server } from "socket.io"; new Server(80, { cors: {} })', ["[::]:80 certain"]],
	["Socket.IO, listen", 'import { Server } from "socket.io"; const io = new Server(); io.listen(80)', ["[::]:80 certain"]],
	[
		"gRPC",
		'import * as grpc from "@grpc/grpc-js"; const s = new grpc.Server(); s.addService(x, {}); s.bindAsync(`0.0.0.0:${process.env.PORT || 80}`, grpc.ServerCredentials.createInsecure(), f)',
		["0.0.0.0:80 default PORT"],
	],
	["datagrams", 'import dgram from "node:dgram"; dgram.createSocket("udp4").on("message", f).bind(80)', ["0.0.0.0:80/udp certain"]],
	["datagrams, options", 'require("dgram").createSocket("udp4").bind({ port: 80, address: "127.0.0.1" })', ["127.0.0.1:80/udp certain"]],
]);

rows("Hono, Bun, Deno", [
	[
		"Hono on Node",
		'import { serve } from "@hono/node-server"; import { Hono } from "hono"; const app = new Hono(); app.get("/", f); serve(app)',
		["[::]:3000 convention"],
	],
	[
		"Hono with a port",
		'import { serve } from "@hono/node-server"; serve({ fetch: app.fetch, port: 80, hostname: "127.0.0.1" }, f)',
		["127.0.0.1:80 certain"],
	],
	["Elysia", 'import { Elysia } from "elysia"; new Elysia().get("/", f).use(g).listen(80)', ["0.0.0.0:80 certain"]],
	["Bun.serve", "Bun.serve({ fetch: f })", ["0.0.0.0:3000 default BUN_PORT"]],
	["Bun.serve with PORT", "Bun.serve({ fetch: f })", ["0.0.0.0:80 certain"], { PORT: "80" }],
	["Bun.serve with a port", 'Bun.serve({ port: Bun.env.PORT ?? 80, hostname: "127.0.0.1", fetch: f })', ["127.0.0.1:80 default PORT"]],
	["Deno.serve", "Deno.serve(() => new Response())", ["0.0.0.0:8000 convention"]],
	["Deno.serve with options", 'Deno.serve({ port: 80, hostname: "127.0.0.1" }, f)', ["127.0.0.1:80 certain"]],
	["Deno.listen", "Deno.listen({ port: 80 })", ["0.0.0.0:80 certain"]],
	[
		"the standard library",
		'import { serve } from "https://deno.land/std@0.140.0/http/server.ts"; serve(f, { port: 80 })',
		["0.0.0.0:80 certain"],
	],
	[
		"oak",
		'import { Application } from "jsr:@oak/oak@17"; const app = new Application(); app.use(f); await app.listen({ port: 80 })',
		["0.0.0.0:80 certain"],
	],
	["npm in Deno", 'import express from "npm:express@4"; express().listen(80)', ["[::]:80 certain"]],
]);

rows(
	"exported servers",
	[
		["Bun", "export default { port: 80, fetch: f }", ["0.0.0.0:80 certain"]],
		["an application", 'import { Hono } from "hono"; const app = new Hono(); export default app', ["0.0.0.0:3000 default BUN_PORT"]],
	],
	"bun run main.ts",
);
rows(
	"exported handlers and flags",
	[["deno serve --port", "export default { fetch: f }", ["127.0.0.1:8080 certain"]]],
	"deno serve --port 8080 --host=127.0.0.1 -A main.ts",
);
rows("exported handlers", [["deno serve", "export default { fetch: f }", ["0.0.0.0:8000 convention"]]], "deno serve -A main.ts");

describe("debuggers", () => {
	const files = { "main.ts": 'require("http").createServer().listen(80)' };
	check("on all interfaces", "node --inspect=0.0.0.0:9229 main.ts", { files, listens: ["[::]:80 certain", "0.0.0.0:9229 certain"] });
	check("on loopback", "node --inspect main.ts", { files, listens: ["[::]:80 certain", "127.0.0.1:9229 certain"] });
	check("by NODE_OPTIONS", "node main.ts", {
		files,
		environment: { NODE_OPTIONS: "--inspect=9230" },
		listens: ["[::]:80 certain", "127.0.0.1:9230 certain"],
	});
});

describe("programs without a port", () => {
	check("a worker", "node main.js", {
		files: { "main.js": 'const { Worker } = require("bullmq"); new Worker("q", async (job) => {}); require("puppeteer").launch()' },
	});
	check("a server that is only handed on", "tsx main.ts", {
		files: { "main.ts": 'import Fastify from "fastify"; export const app = Fastify()' },
		gaps: ["no listening call found in main.ts"],
	});
	check("options that are not known", "tsx main.ts", {
		files: { "main.ts": 'import { options } from "settings"; import Fastify from "fastify"; Fastify().listen({ ...options })' },
		gaps: ["the options are not all known"],
	});
});

describe("modules of the program's own", () => {
	const main = (from: string) => `import { port } from "${from}"; import express from "express"; express().listen(port)`;
	const listens = ["[::]:80 certain"];
	const settings = "export const port = 80";
	check("paths of tsconfig", "tsx src/main.ts", {
		files: {
			"src/main.ts": main("@app/settings"),
			"src/settings.ts": settings,
			"tsconfig.json": '{ "compilerOptions": { "paths": { "@app/*": ["./src/*"] } } }',
		},
		listens,
	});
	check("baseUrl", "tsx src/main.ts", {
		files: {
			"src/main.ts": main("config/settings"),
			"src/config/settings.ts": settings,
			"tsconfig.json": '{ "compilerOptions": { "baseUrl": "src" } }',
		},
		listens,
	});
	check("imports of package.json", "tsx src/main.ts", {
		files: {
			"src/main.ts": main("#settings"),
			"src/settings.ts": settings,
			"package.json": '{ "imports": { "#settings": "./src/settings.ts" } }',
		},
		listens,
	});
	check("a workspace", "tsx apps/api/main.ts", {
		files: {
			"apps/api/main.ts": main("@x/settings"),
			"package.json": '{ "workspaces": ["apps/*", "packages/*"] }',
			"packages/settings/package.json": '{ "name": "@x/settings", "main": "dist/index.js" }',
			"packages/settings/src/index.ts": settings,
		},
		listens,
	});
});

check("a server that something out of view wraps is no reason to say that nothing listens", "node main.js", {
	files: { "main.js": 'const s = require("own-wrapper")(require("http").createServer(f)); require("socket.io")(s); s.listen(80)' },
	listens: [],
	gaps: ["no listening call found in main.js"],
});

rows("ports from the command line of ts-command-line-args", [
	[
		"none given",
		'import { parse } from "ts-command-line-args"; const a = parse<A>({ port: { type: Number, optional: true } }); require("express")().listen(a.port || Number(process.env.APP_PORT) || 80)',
		["[::]:80 default --port"],
	],
	[
		"its default",
		'import { parse } from "ts-command-line-args"; const a = parse<A>({ port: { type: Number, alias: "p", defaultValue: 81 } }); require("express")().listen(a.port)',
		["[::]:81 default --port"],
	],
]);
