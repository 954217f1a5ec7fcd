import type { Prediction } from "../../model/port.ts";
import { known, lookUp, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { interpret } from "../interpreter.ts";
import { predictClaim } from "../listener.ts";
import type { Build, Scene, Technology } from "../technology.ts";
import { readText } from "./projectFiles.ts";

/** What a build tool writes as a server of its own, and what that server reads. */
interface BuiltServer {
	/** Where the entry stands in the stage that built it. */
	readonly path: RegExp;
	/** A configuration file above it, and what its text says when the entry is this server. */
	readonly configuration?: { readonly names: readonly string[]; readonly says: RegExp; readonly not?: RegExp };
	readonly portVariables: readonly string[];
	readonly hostVariables: readonly string[];
	/** None when it must be told. */
	readonly defaultPort?: string;
	/** An empty text is every interface. */
	readonly defaultHost: string;
	readonly anyAddress: string;
}

const BUILT: readonly BuiltServer[] = [
	{
		// nextjs.org/docs/app/api-reference/config/next-config-js/output: `server.js` reads PORT and HOSTNAME.
		path: /\/standalone\/(?:.*\/)?server\.js$/,
		portVariables: ["PORT"],
		hostVariables: ["HOSTNAME"],
		defaultPort: "3000",
		defaultHost: "0.0.0.0",
		anyAddress: "0.0.0.0",
	},
	{
		// nitro.build/deploy/runtimes/node: NITRO_PORT or PORT, 3000; NITRO_HOST or HOST.
		path: /\/\.output\/server\/(?:index|server)\.mjs$/,
		portVariables: ["NITRO_PORT", "PORT"],
		hostVariables: ["NITRO_HOST", "HOST"],
		defaultPort: "3000",
		defaultHost: "",
		anyAddress: "::",
	},
	{
		// svelte.dev/docs/kit/adapter-node, "Environment variables": PORT 3000, HOST 0.0.0.0.
		path: /\/(?:index\.js|build|dist)$/,
		configuration: {
			names: ["svelte.config.js", "svelte.config.mjs", "svelte.config.ts", "vite.config.ts", "vite.config.js"],
			says: /adapter-node/,
			not: /envPrefix\s*:\s*["'`](?!VITE)/,
		},
		portVariables: ["PORT"],
		hostVariables: ["HOST"],
		defaultPort: "3000",
		defaultHost: "0.0.0.0",
		anyAddress: "0.0.0.0",
	},
	{
		// docs.astro.build/en/guides/integrations-guide/node, "Standalone": HOST and PORT, 4321 of localhost.
		path: /\/server\/entry\.mjs$/,
		configuration: {
			names: ["astro.config.mjs", "astro.config.ts", "astro.config.js"],
			says: /@astrojs\/node/,
			not: /middleware["']|\b(?:port|host)\s*:/,
		},
		portVariables: ["PORT"],
		hostVariables: ["HOST"],
		defaultPort: "4321",
		defaultHost: "127.0.0.1",
		anyAddress: "::",
	},
	{
		// docs.meteor.com/cli, "meteor build": PORT must be set for the bundle's `main.js`.
		path: /\/bundle\/main\.js$/,
		portVariables: ["PORT"],
		hostVariables: ["BIND_IP"],
		defaultHost: "",
		anyAddress: "::",
	},
];

/** Servers that frameworks' builds write: none of their source is in the repository. */
export const builtServers: Technology = {
	name: "built-server",
	title: "a built server",
	command: predictBuilt,
};

async function predictBuilt(process: Process, scene: Scene): Promise<Prediction | undefined> {
	const interpreted = await interpret(process, scene.files);
	if (interpreted?.language !== "javascript" || interpreted.program.kind !== "entry") return undefined;
	const { entry } = interpreted.program;
	if (entry.kind !== "path" || (await scene.files.look(entry.path)).kind === "file") return undefined;
	const build = await scene.buildOf(entry.path);
	for (const server of BUILT) {
		if (!server.path.test(build.path) && !server.path.test(entry.path)) continue;
		if (server.configuration && !(await isConfigured(build, server.configuration))) continue;
		return claim(process, server);
	}
	return undefined;
}

async function isConfigured(build: Build, { names, says, not }: NonNullable<BuiltServer["configuration"]>): Promise<boolean> {
	const folders = build.path.split("/").slice(0, -1);
	for (; folders.length > 0; folders.pop())
		for (const name of names) {
			const text = await readText(build.files, `${folders.join("/")}/${name}`);
			if (text !== undefined && says.test(text)) return !not?.test(text);
		}
	return false;
}

function claim(process: Process, server: BuiltServer): Prediction {
	const set = (names: readonly string[]): Value | undefined =>
		names.map((name) => process.environment.get(name)).find((one) => one !== undefined);
	const port = set(server.portVariables);
	const [first = "PORT"] = server.portVariables;
	const at = process.evidence.at(-1);
	const byDefault = server.defaultPort === undefined ? undefined : known(server.defaultPort, ...(at ? [at] : []));
	return predictClaim({
		port: port ?? byDefault ?? lookUp(process.environment, first),
		address: set(server.hostVariables) ?? known(server.defaultHost),
		byConvention: port === undefined,
		anyAddress: server.anyAddress,
		evidence: process.evidence,
	});
}
