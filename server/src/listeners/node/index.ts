import type { Prediction } from "../../model/port.ts";
import type { Process } from "../../process/process.ts";
import { interpret } from "../interpreter.ts";
import { predictProgram } from "../program.ts";
import type { Scene, Technology } from "../technology.ts";
import { apollo } from "./apollo.ts";
import { APPLICATION_SERVERS } from "./applicationServers.ts";
import { builtServers } from "./builtServers.ts";
import { bun, elysia } from "./bun.ts";
import { compiled } from "./compiled.ts";
import { deno, oak } from "./deno.ts";
import { express } from "./express.ts";
import { fastify } from "./fastify.ts";
import { grpcJs } from "./grpcJs.ts";
import { hapi } from "./hapi.ts";
import { hono } from "./hono.ts";
import { LISTEN_LIBRARIES } from "./listenLibraries.ts";
import { nest } from "./nest.ts";
import { nodeHttp } from "./nodeHttp.ts";
import { type NodeServer, predictNodeServer } from "./nodeServer.ts";
import { OPTION_LIBRARIES } from "./optionLibraries.ts";
import { PREVIEW_SERVERS } from "./previewServers.ts";
import { STATIC_SERVERS } from "./staticServers.ts";
import { FRAMEWORK_SERVERS } from "./webServers.ts";
import { socketIo, ws } from "./webSockets.ts";

const COMMANDS: readonly (NodeServer & { readonly name: string; readonly title: string })[] = [
	...FRAMEWORK_SERVERS,
	...PREVIEW_SERVERS,
	...APPLICATION_SERVERS,
	...STATIC_SERVERS,
];

/** Frameworks and servers that run on Node.js, Bun and Deno. */
export const NODE: readonly Technology[] = [
	compiled(predictAgain),
	express,
	nodeHttp,
	fastify,
	hapi,
	nest,
	apollo,
	ws,
	socketIo,
	grpcJs,
	hono,
	bun,
	elysia,
	deno,
	oak,
	...LISTEN_LIBRARIES,
	...OPTION_LIBRARIES,
	...COMMANDS.map(
		(server): Technology => ({
			name: server.name,
			title: server.title,
			command: (process, scene) => predictNodeServer(process, scene, server),
		}),
	),
	builtServers,
];

/** An executable's source is a program like any other. */
async function predictAgain(process: Process, scene: Scene): Promise<Prediction> {
	const interpreted = await interpret(process, scene.files);
	return interpreted ? predictProgram(process, interpreted, scene, NODE, predictAgain) : { listeners: [], gaps: [] };
}
