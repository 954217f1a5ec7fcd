import type { Technology } from "../technology.ts";
import { readListen } from "./nodeListen.ts";
import { predictNodeServer } from "./nodeServer.ts";

/**
 * Fastify and its command.
 *
 * - `fastify.listen({ port, host })`: port 0 and `localhost` unless told (Fastify, "Server": `listen`); version 3 takes them
 *   one by one.
 * - `fastify start app.js`: `-p`, `-a`, FASTIFY_PORT, FASTIFY_ADDRESS, PORT, 3000; all interfaces when it finds itself in a
 *   container, else `localhost` (fastify-cli, README "Options").
 */
export const fastify: Technology = {
	name: "fastify",
	title: "Fastify",
	calls: {
		javascript: Object.fromEntries(
			["fastify", "fastify.fastify"].map((make) => [`${make}().listen`, (call) => readListen(call, { address: "127.0.0.1" })]),
		),
	},
	command: (process, scene) =>
		predictNodeServer(process, scene, {
			names: ["fastify"],
			paths: ["fastify-cli/cli.js"],
			verbs: ["start"],
			port: ["-p", "--port"],
			host: ["-a", "--address"],
			portVariables: ["FASTIFY_PORT", "PORT"],
			hostVariables: ["FASTIFY_ADDRESS"],
			environmentFiles: [".env"],
			defaultPort: "3000",
			// It binds 0.0.0.0 inside Docker (fastify-cli, `start.js`: is-docker).
			defaultHost: "0.0.0.0",
		}),
};
