import { knownText } from "../../model/value.ts";
import { configuredAt, inEveryLanguage, readConfiguration } from "./configuration.ts";
import type { NodeServer } from "./nodeServer.ts";

/** Applications on Node that are installed and started by a command of their own. Sources stand beside each. */
export const APPLICATION_SERVERS: readonly (NodeServer & { readonly name: string; readonly title: string })[] = [
	{
		// docs.strapi.io/cms/configurations/server: `config/server` decides; 1337 and 0.0.0.0 are what it is made with.
		name: "strapi",
		title: "Strapi",
		environmentFiles: [".env"],
		names: ["strapi"],
		verbs: ["start", "develop", "dev"],
		withValue: ["--dist-dir"],
		defaultPort: "1337",
		defaultHost: "0.0.0.0",
		anyAddress: "0.0.0.0",
		portVariables: ["PORT"],
		configurationFirst: true,
		configuration: async (process, scene) =>
			configuredAt(
				await readConfiguration(process, scene, [
					...inEveryLanguage(`config/env/${knownText(process.environment.get("NODE_ENV")) ?? "development"}/server`),
					...inEveryLanguage("config/server"),
				]),
				["port"],
				["host"],
			),
	},
	{
		// directus.io/docs/configuration/general: PORT 8055, HOST 0.0.0.0.
		name: "directus",
		title: "Directus",
		environmentFiles: [".env"],
		names: ["directus"],
		verbs: ["start"],
		portVariables: ["PORT"],
		hostVariables: ["HOST"],
		defaultPort: "8055",
		defaultHost: "0.0.0.0",
		anyAddress: "0.0.0.0",
	},
	{
		// docs.n8n.io, "Endpoints environment variables": N8N_PORT 5678; a worker serves its health check only when told.
		name: "n8n",
		title: "n8n",
		names: ["n8n"],
		verbs: ["start", "webhook", ""],
		portVariables: ["N8N_PORT"],
		hostVariables: ["N8N_LISTEN_ADDRESS"],
		defaultPort: "5678",
	},
	{
		// nodered.org/docs/user-guide/runtime: -p, PORT in the settings that it comes with, 1880.
		name: "node-red",
		title: "Node-RED",
		names: ["node-red"],
		paths: ["node-red/red.js"],
		port: ["-p", "--port"],
		withValue: ["-s", "--settings", "-u", "--userDir", "-D", "--title"],
		portVariables: ["PORT"],
		defaultPort: "1880",
		defaultHost: "0.0.0.0",
		anyAddress: "0.0.0.0",
	},
	{
		// verdaccio.org/docs/cli: -l, 4873 of localhost.
		name: "verdaccio",
		title: "Verdaccio",
		names: ["verdaccio"],
		port: ["-l", "--listen"],
		withValue: ["-c", "--config"],
		portVariables: ["VERDACCIO_PORT"],
		hostVariables: ["VERDACCIO_ADDRESS"],
		defaultPort: "4873",
		defaultHost: "127.0.0.1",
	},
	{
		// docs.medusajs.com/resources/medusa-cli: 9000, -p, PORT; -H.
		name: "medusa",
		title: "Medusa",
		environmentFiles: [".env"],
		names: ["medusa"],
		verbs: ["start", "develop", "start-cluster"],
		port: ["-p", "--port"],
		host: ["-H", "--host"],
		portVariables: ["PORT"],
		hostVariables: ["HOST"],
		defaultPort: "9000",
	},
	{
		// keystonejs.com/docs/config/config, "server": PORT, `server.port`, 3000.
		name: "keystone",
		title: "Keystone",
		names: ["keystone"],
		verbs: ["start", "dev"],
		portVariables: ["PORT"],
		hostVariables: ["HOST"],
		defaultPort: "3000",
		configuration: async (process, scene) =>
			configuredAt(await readConfiguration(process, scene, inEveryLanguage("keystone")), ["server", "port"], ["server", "options", "host"]),
	},
	{
		// sailsjs.com/documentation/reference/command-line-interface/sails-lift: 1337, --port, PORT.
		name: "sails-command",
		title: "Sails",
		names: ["sails"],
		verbs: ["lift", "l"],
		port: ["--port"],
		portVariables: ["PORT"],
		defaultPort: "1337",
	},
	{
		// docs.meteor.com/cli: run on 3000, -p.
		name: "meteor",
		title: "Meteor",
		names: ["meteor"],
		verbs: ["", "run"],
		port: ["-p", "--port"],
		withValue: ["--settings", "-s"],
		portVariables: ["PORT"],
		defaultPort: "3000",
	},
	{
		// docs.parseplatform.org/parse-server/guide: PORT 1337.
		name: "parse-server",
		title: "Parse Server",
		names: ["parse-server"],
		port: ["--port"],
		host: ["--host"],
		withValue: ["--appId", "--masterKey", "--databaseURI", "--config", "--serverURL"],
		portVariables: ["PORT"],
		hostVariables: ["PARSE_SERVER_HOST"],
		defaultPort: "1337",
		defaultHost: "0.0.0.0",
		anyAddress: "0.0.0.0",
	},
	{
		// github.com/yjs/y-websocket: HOST, PORT 1234.
		name: "y-websocket",
		title: "y-websocket",
		names: ["y-websocket", "y-websocket-server"],
		portVariables: ["PORT"],
		hostVariables: ["HOST"],
		defaultPort: "1234",
		defaultHost: "127.0.0.1",
	},
	{
		// probot.github.io/docs/configuration: PORT 3000, HOST.
		name: "probot",
		title: "Probot",
		environmentFiles: [".env"],
		names: ["probot"],
		verbs: ["run"],
		port: ["-p", "--port"],
		host: ["-H", "--host"],
		withValue: ["-W", "--webhook-proxy", "-a", "--app", "-s", "--secret", "-k", "--private-key"],
		portVariables: ["PORT"],
		hostVariables: ["HOST"],
		defaultPort: "3000",
	},
	{
		// github.com/GoogleCloudPlatform/functions-framework-nodejs: --port, PORT, 8080.
		name: "functions-framework",
		title: "Functions Framework",
		names: ["functions-framework", "functions-framework-nodejs"],
		port: ["--port"],
		withValue: ["--target", "--source", "--signature-type"],
		portVariables: ["PORT"],
		defaultPort: "8080",
	},
	{
		// developers.cloudflare.com/workers/wrangler/commands: dev on 8787 of localhost.
		name: "wrangler",
		title: "Wrangler",
		names: ["wrangler"],
		verbs: ["dev"],
		port: ["--port"],
		host: ["--ip"],
		withValue: ["-c", "--config", "-e", "--env"],
		defaultPort: "8787",
		defaultHost: "127.0.0.1",
	},
	{
		// the-guild.dev/graphql/mesh and hive gateway: 4000, PORT.
		name: "graphql-mesh",
		title: "GraphQL Mesh",
		names: ["mesh", "graphql-mesh", "hive-gateway", "mesh-serve"],
		verbs: ["start", "dev", "serve", "supergraph", "subgraph", "proxy"],
		port: ["-p", "--port"],
		host: ["-h", "--host"],
		portVariables: ["PORT"],
		defaultPort: "4000",
	},
	{
		// prisma.io/docs/orm/tools/prisma-studio: 5555 of localhost.
		name: "prisma-studio",
		title: "Prisma Studio",
		names: ["prisma"],
		verbs: ["studio"],
		port: ["-p", "--port"],
		host: ["-n", "--hostname"],
		withValue: ["--schema", "-b", "--browser"],
		defaultPort: "5555",
		defaultHost: "127.0.0.1",
	},
];
