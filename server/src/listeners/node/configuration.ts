import { t } from "../../model/message.ts";
import { known, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import type { Argument } from "../../source/program.ts";
import { runConfiguration } from "../configurationProgram.ts";
import { plainValue } from "../sourceCall.ts";
import type { Scene } from "../technology.ts";
import type { Configured } from "./nodeServer.ts";
import { fieldOf, given } from "./optionsCall.ts";

/** A configuration file that was evaluated. */
export interface Configuration {
	readonly name: string;
	readonly exported: Argument | undefined;
	/** Its text mentions a port somewhere. */
	readonly speaksOfPorts: boolean;
}

/** The first of these files that the image holds, evaluated; a reason when one may stand there and cannot be read. */
export async function readConfiguration(
	process: Process,
	scene: Scene,
	names: readonly string[],
	folder = process.cwd,
): Promise<Configuration | { readonly reason: string } | undefined> {
	for (const name of names) {
		const path = `${folder === "/" ? "" : folder}/${name}`;
		const entry = await scene.files.look(path);
		if (entry.kind === "unknown") return { reason: entry.reason };
		if (entry.kind !== "file") continue;
		const read = await scene.files.read(path);
		if (read.kind !== "text") return { reason: read.reason ?? t("{0} cannot be read", name) };
		const program = await runConfiguration("javascript", { kind: "path", path }, process, scene, { cwd: folder });
		return {
			name,
			exported: program.exported,
			speaksOfPorts: /port/i.test(
				read.file.text.replace(/\bim?ports?\b|\bexports?\b|\bsupport\w*|\btransport\w*|\bviewport\w*|\breports?\w*/gi, ""),
			),
		};
	}
	return undefined;
}

/** Files of one tool in all the languages that it takes. */
export function inEveryLanguage(name: string): string[] {
	return ["ts", "js", "mts", "mjs", "cts", "cjs"].map((extension) => `${name}.${extension}`);
}

/** Port and host of a configuration, at these places: `{ server: { port } }` is `["server", "port"]`. */
export function configuredAt(
	configuration: Configuration | { readonly reason: string } | undefined,
	port: readonly string[],
	host: readonly string[],
): Configured | undefined {
	if (!configuration) return undefined;
	if ("reason" in configuration) return configuration;
	const { exported, name, speaksOfPorts } = configuration;
	const [portAt, hostAt] = [settingAt(exported, port), settingAt(exported, host)];
	const isWhole = isKnownTo(exported, port);
	return {
		...(given(portAt) ? { port: plainValue(portAt) } : {}),
		...(given(hostAt) ? { host: hostValue(hostAt) } : {}),
		...(!given(portAt) && speaksOfPorts && !isWhole ? { reason: t("{0} is not understood", name) } : {}),
	};
}

/** Whether every object on the way to a setting is known in full, so that a setting that is not there is not set. */
function isKnownTo(from: Argument | undefined, path: readonly string[]): boolean {
	let one = from;
	for (const name of path) {
		if (one?.kind !== "record" || one.open) return one?.kind === "nothing";
		one = one.fields.get(name);
		if (one === undefined) return true;
	}
	return true;
}

export function settingAt(from: Argument | undefined, path: readonly string[]): Argument | undefined {
	return path.reduce<Argument | undefined>((one, name) => fieldOf(one, name), from);
}

/** `true` is every interface, `false` the tool's own default. */
function hostValue(argument: Argument): Value {
	const value = plainValue(argument);
	if (value.kind !== "known") return value;
	return value.text === "true" ? known("") : value.text === "false" ? known("127.0.0.1") : value;
}
