import type { Technology } from "../technology.ts";
import { readNodeListen } from "./nodeListen.ts";

/**
 * Frameworks whose `listen` hands its arguments to Node's `server.listen` and that add no port of their own: by name, title,
 * and what makes their server. The manual of each says so under the method's name.
 */
const LIBRARIES: readonly (readonly [name: string, title: string, makes: readonly string[]])[] = [
	// koajs.com, "app.listen(...)".
	["koa", "Koa", ["koa", "koa.Koa"]],
	// github.com/senchalabs/connect, "app.listen([...])".
	["connect", "Connect", ["connect"]],
	// restify.com/docs/server-api, "listen".
	["restify", "Restify", ["restify.createServer"]],
	// github.com/lukeed/polka, "listen()".
	["polka", "Polka", ["polka", "polka.polka"]],
	// tinyhttp.v1rtl.site/docs, "app.listen".
	["tinyhttp", "tinyhttp", ["@tinyhttp/app.App"]],
	// feathersjs.com/api/express, feathersjs.com/api/koa.
	["feathers", "Feathers", ["@feathersjs/express", "@feathersjs/express.default", "@feathersjs/koa.koa", "feathers"]],
	// github.com/vercel/micro, "Programmatic use".
	["micro", "Micro", ["micro", "micro.micro", "micro.serve"]],
	// github.com/http-party/node-http-proxy, "Setup a basic stand-alone proxy server".
	["http-proxy", "http-proxy", ["http-proxy.createProxyServer", "http-proxy.createServer", "http-proxy.createProxy"]],
	// github.com/HenningM/express-ws.
	["express-ws", "express-ws", ["express-ws"]],
	// github.com/kartikk221/hyper-express, "Server.listen".
	["hyper-express", "HyperExpress", ["hyper-express.Server"]],
	["ultimate-express", "µExpress", ["ultimate-express"]],
	// trpc.io/docs/server/adapters/standalone.
	["trpc", "tRPC", ["@trpc/server/adapters/standalone.createHTTPServer"]],
	// github.com/moscajs/aedes-server-factory.
	["aedes", "Aedes", ["aedes-server-factory.createServer"]],
	// nodemailer.com/extras/smtp-server.
	["smtp-server", "smtp-server", ["smtp-server.SMTPServer"]],
	// github.com/mscdex/ssh2, "Server".
	["ssh2", "ssh2", ["ssh2.Server"]],
	["spdy", "spdy", ["spdy.createServer"]],
	// github.com/typicode/json-server, "Module" (version 0).
	["json-server-module", "json-server", ["json-server.create"]],
	// docs.colyseus.io, "Server: listen".
	["colyseus", "Colyseus", ["colyseus.Server", "@colyseus/core.Server"]],
	["routing-controllers", "routing-controllers", ["routing-controllers.createExpressServer", "routing-controllers.createKoaServer"]],
	// github.com/expressjs/express through its makers of applications.
	["loopback", "LoopBack", ["loopback"]],
];

export const LISTEN_LIBRARIES: readonly Technology[] = LIBRARIES.map(([name, title, makes]) => ({
	name,
	title,
	calls: {
		javascript: Object.fromEntries(
			makes.flatMap((make) => [
				[`${make}().listen`, readNodeListen],
				[`${make}().app.listen`, readNodeListen],
			]),
		),
	},
}));
