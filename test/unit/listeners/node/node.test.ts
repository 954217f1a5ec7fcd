import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { check, listed, predict } from "../../../support/predict.ts";

const express = (listen: string) => ({ "server.js": `const app = require("express")();\n${listen}\n` });
const http = (listen: string) => ({
	"server.js": `const server = require("node:http").createServer((req, res) => res.end());\n${listen}\n`,
});

test("the example listens on 3000, which PORT overrides", async () => {
	const text = await readFile(new URL("../../../../examples/express/server.js", import.meta.url), "utf8");
	const { listeners, gaps } = await predict(["node", "server.js"], { files: { "server.js": text } });
	assert.deepEqual(listeners.map(listed), ["[::]:3000 default PORT"]);
	assert.deepEqual(gaps, []);
});

describe("express", () => {
	check("a literal", "node server.js", {
		files: express("app.listen(8080)"),
		listens: ["[::]:8080 certain"],
		evidence: ["Dockerfile:10", "server.js:2"],
	});
	check("an address", "node server.js", { files: express('app.listen(80, "127.0.0.1", () => {})'), listens: ["127.0.0.1:80 certain"] });
	check("localhost", "node server.js", { files: express('app.listen(80, "localhost")'), listens: ["127.0.0.1:80 certain"] });
	check("a variable of the image", "node server.js", {
		files: express("app.listen(process.env.PORT || 3000)"),
		environment: { PORT: "81" },
		listens: ["[::]:81 certain"],
		evidence: ["Dockerfile:10", "server.js:2", "Dockerfile:1"],
	});
	check("a variable without a default", "node server.js", { files: express("app.listen(process.env.PORT)"), gaps: ["PORT is not set"] });
	check("no port", "node server.js", { files: express("app.listen()"), gaps: ["the port is chosen at run time"] });
	check("port 0", "node server.js", { files: express("app.listen(0)"), gaps: ["the port is chosen at run time"] });
	check("a socket file", "node server.js", { files: express('app.listen("/run/x.sock")') });
	check("a chain", "node server.js", {
		files: { "server.js": 'const express = require("express");\nexpress()\n  .use(express.json())\n  .listen(80);' },
		listens: ["[::]:80 certain"],
		evidence: ["Dockerfile:10", "server.js:4"],
	});
	check("a backlog", "node server.js", { files: express("app.listen(80, 511)"), listens: ["[::]:80 certain"] });
	check("not a port", "node server.js", { files: express("app.listen(70000)"), gaps: ["70000 is not a port"] });
	check("an app that does not listen", "node server.js", {
		files: express("module.exports = app"),
		gaps: ["no listening call found in server.js"],
	});
	check("another listen is not Express's", "node server.js", {
		files: { "server.js": 'require("bus").listen(80)' },
		gaps: ["no listening call found in server.js"],
	});
});

describe("node:http and its kin", () => {
	check("createServer", "node server.js", { files: http("server.listen(80)"), listens: ["[::]:80 certain"] });
	check("options", "node server.js", {
		files: http('server.listen({ port: 80, host: "0.0.0.0" }, () => {})'),
		listens: ["0.0.0.0:80 certain"],
	});
	check("options with a path", "node server.js", { files: http('server.listen({ path: "/x" })') });
	check("new Server", "node server.js", {
		files: { "server.js": 'import { Server } from "http";\nnew Server().listen(80)' },
		listens: ["[::]:80 certain"],
	});
	check("https and http2", "node server.js", {
		files: { "server.js": 'require("https").createServer({}, f).listen(443); require("http2").createSecureServer({}).listen(8443)' },
		listens: ["[::]:443 certain", "[::]:8443 certain"],
	});
	check("a subclass", "node server.js", {
		files: { "server.js": 'const net = require("net"); class S extends net.Server { go() { this.listen(80) } } new S().go()' },
		listens: ["[::]:80 certain"],
	});
	check("a retry on error is no port", "node server.js", {
		files: http('let p = 80; server.on("error", () => server.listen(++p)); server.listen(p)'),
		listens: ["[::]:80 certain"],
	});
	check("both redirect and site", "node server.js", {
		files: http("if (process.env.TLS) server.listen(443); server.listen(80)"),
		listens: ["[::]:80 certain"],
		gaps: ["TLS is not set"],
	});
	check("cluster workers", "node server.js", {
		files: http('const cluster = require("cluster"); if (cluster.isPrimary) { cluster.fork() } else { server.listen(80) }'),
		listens: ["[::]:80 certain"],
	});
	check("cluster workers, the other way round", "node server.js", {
		files: http('const cluster = require("cluster"); if (!cluster.isMaster) return server.listen(80); cluster.fork()'),
		listens: ["[::]:80 certain"],
	});
	check("a client stays quiet", "node server.js", {
		files: { "server.js": 'require("https").get("https://x", (r) => r.on("data", console.log))' },
	});
});

describe("commands", () => {
	const files = { "server.js": 'require("http").createServer().listen(process.env.PORT || 80)' };
	const listens = ["[::]:80 default PORT"];
	check("flags", "node --enable-source-maps --max-old-space-size=512 -r ./x.js server.js --port 1", {
		files: { ...files, "x.js": "" },
		listens,
	});
	check("no extension", "node server", { files, listens });
	check("a folder", "node .", { files: { ...files, "package.json": '{ "main": "server.js" }' }, listens });
	check("index.js", "node .", { files: { "index.js": files["server.js"] }, listens });
	check("a path", "/usr/local/bin/node /app/server.js", { files, listens });
	check("a script with a first line", "./bin/www", { files: { "bin/www": `#!/usr/bin/env node\n${files["server.js"]}` }, listens });
	check("dotenv preloaded", "node -r dotenv/config server.js", {
		files: { ...files, ".env": "PORT=81" },
		listens: ["[::]:81 default PORT"],
	});
	check("--env-file", "node --env-file=prod.env server.js", {
		files: { ...files, "prod.env": "PORT=82" },
		listens: ["[::]:82 default PORT"],
	});
	check("-e", "node -e 1", { gaps: ["the program is given with node -e"] });
	check("no program", "node", {});
	check("a missing file", "node gone.js", { gaps: ["gone.js is not in the image"] });
	check("TypeScript", "tsx src/main.ts", {
		files: { "src/main.ts": 'import http from "http"; const p: number = 80; http.createServer().listen(p)' },
		listens: ["[::]:80 certain"],
	});
});
