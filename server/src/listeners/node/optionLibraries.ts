import type { Technology } from "../technology.ts";
import { type OptionsSignature, readOptionsCall } from "./optionsCall.ts";

/** Libraries whose server takes its port in an object of options: name, title, signature by callee. The manual is each project's README. */
const LIBRARIES: readonly (readonly [name: string, title: string, calls: Readonly<Record<string, OptionsSignature>>])[] = [
	// adonisjs.com, "Environment variables": PORT and HOST, 3333 when they are missing.
	[
		"adonis",
		"AdonisJS",
		Object.fromEntries(
			["Ignitor().httpServer().start", "Ignitor().tap().httpServer().start"].flatMap((chain) =>
				["@adonisjs/core", "@adonisjs/core/build/standalone"].map((library) => [
					`${library}.${chain}`,
					{ at: [], byDefault: "3333", variables: ["PORT"], hostVariables: ["HOST"], address: "0.0.0.0" },
				]),
			),
		),
	],
	// sailsjs.com, "sails.config.port": 1337, or PORT.
	[
		"sails",
		"Sails",
		{
			"sails.lift": { at: [0], byDefault: "1337", variables: ["PORT"] },
			"sails.Sails().lift": { at: [0], byDefault: "1337", variables: ["PORT"] },
		},
	],
	// github.com/open-telemetry/opentelemetry-js, exporter-prometheus: 9464 on all interfaces.
	[
		"prometheus-exporter",
		"OpenTelemetry Prometheus exporter",
		{
			"@opentelemetry/exporter-prometheus.PrometheusExporter": {
				at: [0],
				byDefault: "9464",
				variables: ["OTEL_EXPORTER_PROMETHEUS_PORT"],
				instead: ["preventServerStart"],
			},
		},
	],
	// github.com/peers/peerjs-server, "Use as a library": 9000.
	["peerjs", "PeerServer", { "peer.PeerServer": { at: [0], byDefault: "9000" } }],
	// tiptap.dev/docs/hocuspocus, "Configuration": 80.
	[
		"hocuspocus",
		"Hocuspocus",
		{
			"@hocuspocus/server.Server.configure().listen": { at: ["on"], byDefault: "80", address: "0.0.0.0" },
			"@hocuspocus/server.Server().listen": { at: ["on"], byDefault: "80", address: "0.0.0.0" },
		},
	],
	// github.com/tapio/live-server, "Usage from node".
	[
		"live-server-module",
		"live-server",
		{ "live-server.start": { at: [0], byDefault: "8080", variables: ["PORT"], anyAddress: "0.0.0.0" } },
	],
	// vite.dev, "JavaScript API": the server's options stand under `server`, the preview's under `preview`.
	[
		"vite-module",
		"Vite",
		{
			"vite.createServer().listen": { at: ["on"], within: ["server"], byDefault: "5173", address: "127.0.0.1" },
			"vite.preview": { at: [0], within: ["preview"], byDefault: "4173", address: "127.0.0.1" },
		},
	],
	// webpack.js.org, "DevServer": API.
	[
		"webpack-dev-server-module",
		"webpack-dev-server",
		{ "webpack-dev-server().start": { at: ["on"], byDefault: "8080", address: "127.0.0.1" } },
	],
	// github.com/unjs/listhen, "Options".
	["listhen", "listhen", { "listhen.listen": { at: [1], byDefault: "3000", variables: ["PORT"], hostVariables: ["HOST"] } }],
	["srvx", "srvx", { "srvx.serve": { at: [0], byDefault: "3000", variables: ["PORT"] } }],
	// docs.parseplatform.org, "Parse Server": 1337.
	["parse-server-module", "Parse Server", { "parse-server.ParseServer.startApp": { at: [0], byDefault: "1337" } }],
];

export const OPTION_LIBRARIES: readonly Technology[] = LIBRARIES.map(([name, title, calls]) => ({
	name,
	title,
	calls: { javascript: Object.fromEntries(Object.entries(calls).map(([callee, signature]) => [callee, readOptionsCall(signature)])) },
}));
