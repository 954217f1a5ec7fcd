import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { known, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { readDotenv } from "../../source/core/dotenv.ts";
import { flagValue, operands, textOf } from "../commandLine.ts";
import { predictClaim } from "../listener.ts";
import type { Scene } from "../technology.ts";
import { nodeCommand } from "./nodeCommand.ts";
import { readAddressText } from "./optionsCall.ts";

/** What a configuration file says; a `reason` when it says something that is not understood. */
export interface Configured {
	readonly port?: Value;
	readonly host?: Value;
	readonly reason?: string;
}

/** A command of a package that serves: how it is called, and what decides its port and address. */
export interface NodeServer {
	/** Names in `node_modules/.bin`. */
	readonly names: readonly string[];
	/** Ends of the paths under `node_modules` that `node` may be given instead. */
	readonly paths?: readonly string[];
	/** The same for scripts that stand for a verb: `react-scripts/scripts/start.js`. */
	readonly verbPaths?: readonly string[];
	/** First operands with which it serves, `""` for none; absent when it always does. */
	readonly verbs?: readonly string[];
	/** Verbs of the same command that another entry knows. */
	readonly otherVerbs?: readonly string[];
	/** It serves only with one of these flags. */
	readonly onlyWith?: readonly string[];
	readonly port?: readonly string[];
	readonly host?: readonly string[];
	/** Other flags that take a value. */
	readonly withValue?: readonly string[];
	/** A host flag without a value, or with `true`, means every interface. */
	readonly hostSwitch?: boolean;
	/** In the order in which they are looked at. */
	readonly portVariables?: readonly string[];
	readonly hostVariables?: readonly string[];
	/** `.env` files that it loads itself, the first that sets a variable counts. */
	readonly environmentFiles?: readonly string[];
	readonly defaultPort: string;
	/** An empty text means every interface. */
	readonly defaultHost?: string;
	/** `0.0.0.0` where it binds IPv4 alone; `::` otherwise. */
	readonly anyAddress?: string;
	readonly configuration?: (process: Process, scene: Scene, args: readonly Value[]) => Promise<Configured | undefined>;
	/** The variables count only where the configuration says nothing. */
	readonly configurationFirst?: boolean;
	/** Flags with which it serves nothing. */
	readonly quietFlags?: readonly string[];
}

/** Verbs of such commands that do their work and end. */
const QUIET =
	/^(build|export|lint|test|generate|info|telemetry|help|version|prepare|typecheck|check|sync|init|add|upgrade|analyze|migrate|db|seed|i18n|codegen|new|create|install|bootstrap|deploy|publish|eject|config|optimize|cleanup|clean|list|update|extract-i18n|e2e|typegen|routes|reveal|inspect|bump|audit|user|data-migrate|database|roles|schema|users)$/;

const HELP = ["-h", "--help", "--version", "-V"];

export async function predictNodeServer(started: Process, scene: Scene, server: NodeServer): Promise<Prediction | undefined> {
	const command = await nodeCommand(started, scene, server.names, [...(server.paths ?? []), ...(server.verbPaths ?? [])]);
	if (!command) return undefined;
	const process = await withEnvironmentFiles(started, scene, server.environmentFiles ?? []);
	const { args, name } = command;
	const { port = [], host = [], anyAddress = "::", defaultHost = "" } = server;
	const [verb] = operands(args, [...port, ...host, ...(server.withValue ?? [])]);
	const verbText = verb ? textOf(verb.value) : "";
	if (verbText !== undefined && server.otherVerbs?.includes(verbText)) return undefined;
	const isVerb = server.verbPaths?.some((path) => command.path?.endsWith(`/${path}`)) === true;
	if (server.verbs && !isVerb && (verbText === undefined || !server.verbs.includes(verbText))) {
		if (verbText !== undefined && (QUIET.test(verbText) || (verbText === "" && server.verbs.length > 0)))
			return { listeners: [], gaps: [] };
		return { listeners: [], gaps: [gap(t("nothing is known about {0}", `${name} ${verbText ?? ""}`.trim()), process)] };
	}
	const words = args.map(textOf);
	if (words.some((word) => word !== undefined && (server.quietFlags?.includes(word) || HELP.includes(word)) && !host.includes(word)))
		return { listeners: [], gaps: [] };
	if (server.onlyWith && !words.some((word) => word !== undefined && server.onlyWith?.includes(word))) return { listeners: [], gaps: [] };
	const configured = await server.configuration?.(process, scene, args);
	const flag = flagValue(args, port);
	if (textOf(flag)?.startsWith("unix:")) return { listeners: [], gaps: [] };
	// `-l tcp://0.0.0.0:3000` names both.
	const listen = /:[0-9]+$/.test(textOf(flag) ?? "") && flag ? readAddressText(flag, anyAddress) : undefined;
	const both = listen === "nothing" ? undefined : listen;
	const flagPort = both?.port ?? flag;
	const variables = server.portVariables ?? [];
	const setPort = variable(process, variables);
	const chosen = flagPort ?? (server.configurationFirst ? (configured?.port ?? setPort) : (setPort ?? configured?.port));
	if (chosen === undefined && configured?.reason !== undefined) return { listeners: [], gaps: [gap(configured.reason, process)] };
	const at = process.evidence.at(-1);
	const byDefault = at ? known(server.defaultPort, at) : known(server.defaultPort);
	const address =
		both?.address ??
		hostOf(args, host, server.hostSwitch === true) ??
		variable(process, server.hostVariables ?? []) ??
		configured?.host ??
		known(defaultHost);
	return predictClaim({
		port: chosen ?? byDefault,
		address: address,
		byConvention: chosen === undefined,
		anyAddress,
		evidence: process.evidence,
	});
}

function variable(process: Process, names: readonly string[]): Value | undefined {
	return names.map((name) => process.environment.get(name)).find((one) => one !== undefined && textOf(one) !== "");
}

/** What the image sets wins; whoever starts the container may still set what a file does. */
async function withEnvironmentFiles(process: Process, scene: Scene, names: readonly string[]): Promise<Process> {
	if (names.length === 0) return process;
	const environment = new Map(process.environment);
	for (const file of names)
		for (const { name, value, at } of await readDotenv(scene.files, `${process.cwd}/${file}`))
			if (!environment.has(name)) environment.set(name, { kind: "variable", name, fallback: known(value, at), from: [] });
	return { ...process, environment };
}

function hostOf(args: readonly Value[], flags: readonly string[], isSwitch: boolean): Value | undefined {
	if (isSwitch) {
		const bare = args.findIndex((arg, i) => flags.includes(textOf(arg) ?? "") && /^(-.*|true)?$/.test(textOf(args[i + 1]) ?? ""));
		const followedByNothing = bare >= 0 && (args[bare + 1] === undefined || /^(-|true$)/.test(textOf(args[bare + 1]) ?? "x"));
		if (followedByNothing) return known("");
	}
	const value = flagValue(args, flags);
	return value && (textOf(value) === "true" ? known("") : value);
}

function gap(reason: string, process: Process) {
	const evidence = process.evidence.at(-1);
	return evidence ? { reason, evidence } : { reason };
}
