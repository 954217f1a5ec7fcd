import { parseReference } from "../../image/reference.ts";
import { t } from "../../model/message.ts";
import { concat, known, likelyText, type Value } from "../../model/value.ts";
import { programName } from "../../process/process.ts";
import { textOf } from "../commandLine.ts";
import { mergePredictions } from "../listener.ts";
import type { Scene, Technology } from "../technology.ts";
import { isBuiltHere } from "./builtHere.ts";
import type { ConfigFile } from "./configFile.ts";
import { commandsOf } from "./editedLines.ts";
import { openSettings, type Settings } from "./settings.ts";
import { existsIn, predictSocket, type Socket, stockSockets } from "./socket.ts";

/** A server whose ports hang on flags, variables and keys of one configuration file: facts only. */
export interface Server {
	readonly name: string;
	readonly title: string;
	/** Where its manual lists its ports and settings. */
	readonly manual: string;
	/** Names of its program, without folders. */
	readonly programs: readonly string[];
	/** Images whose entrypoint is a script of their own that starts it. */
	readonly images?: readonly string[];
	/** Subcommands that serve; with any other one, or none, nothing listens. */
	readonly verbs?: readonly string[];
	/** A name that anybody may give to a program: one that this build makes itself is another. */
	readonly plainName?: boolean;
	/** Flags with which it prints or checks something and ends, or only runs as a client. */
	readonly ends?: readonly string[];
	/** Go's flag package: `-name` and `--name` are the same. */
	readonly goFlags?: boolean;
	readonly config?: ConfigFile;
	/** Settings that name configuration which is not read here: given one, the defaults may not hold. */
	readonly unread?: readonly string[];
	/** `-c name=value` is another way to write `--name=value`, and `-E name=value` to write `-Ename=value`. */
	readonly cFlag?: boolean;
	/** Its images change nothing but flags, variables and files that are read here: their facts say nothing more. */
	readonly ownDefaults?: boolean;
	readonly sockets: readonly Socket[];
}

/** `-c port=80` as `--port=80`, `-E http.port=80` as `-Ehttp.port=80`. */
function withoutC(args: readonly Value[]): Value[] {
	const prefixes: Readonly<Record<string, string>> = { "-c": "--", "-E": "-E" };
	return args.flatMap((arg, i) => {
		if (Object.hasOwn(prefixes, likelyText(arg) ?? "")) return [];
		const prefix = prefixes[likelyText(args[i - 1]) ?? ""];
		return prefix === undefined ? [arg] : [concat([known(prefix), arg])];
	});
}

/** The name of a program without the platform that makers of releases put behind it: `pgweb_linux_amd64`. */
function releasedName(name: string): string {
	const end = name.toLowerCase().search(PLATFORM);
	return end < 0 ? name : name.slice(0, end + 1);
}

const PLATFORM = /\w(?:[-_.]v?\d+(?:\.\d+)*)?[-_.]linux(?:[-_.](?:amd64|x86[-_]64|x64|64bit|arm64|aarch64|armv\d|386|musl|gnu|static))*$/;

/** Whether a command is the entrypoint of one of the server's own images. */
function startsByImage({ images }: Server, command: string, scene: Scene): boolean {
	const base = scene.base?.image;
	return base !== undefined && command === base.entrypoint[0] && images?.includes(parseReference(base.reference).name) === true;
}

/** Whether a word says that it serves: a verb, or the configuration of one that needed no verb once. */
function serves({ verbs, config }: Server, word: string): boolean {
	return verbs?.includes(word) === true || (config?.operand === true && /^[^-].*\.(?:ya?ml|json|toml|conf)$/.test(word));
}

/**
 * Sockets that are for this machine only unless their configuration says more, where a RUN step speaks of just that setting in a
 * file that nobody sees: open to all when it says so, else with the reason why nobody knows.
 */
async function opened(sockets: readonly Socket[], settings: Settings, scene: Scene): Promise<{ sockets: Socket[]; gaps: string[] }> {
	const { scripts = [] } = await scene.buildOf("/");
	const found: Socket[] = [];
	const gaps = new Set<string>();
	for (const socket of sockets) {
		const isLocal =
			socket.byDefault?.startsWith("127.") && settings.first(socket.address).length + settings.first(socket.endpoint).length === 0;
		const keys = isLocal ? [...(socket.address ?? []), ...(socket.endpoint ?? [])].filter((one) => !/^[-$]/.test(one)) : [];
		const key = keys.map((one) => one.replace(/^.*\./, "")).find((one) => one.length > 5 && scripts.some((text) => text.includes(one)));
		const commands = key === undefined ? [] : scripts.flatMap(commandsOf).filter((command) => command.includes(key));
		if (key === undefined) found.push(socket);
		else if (commands.some((command) => EVERYWHERE.test(command)))
			found.push({ ...socket, byDefault: socket.byDefault?.replace(/^[\d.]+:/, "") ?? "" });
		else gaps.add(t("{0} writes {1}", "a RUN step", key));
	}
	return { sockets: found, gaps: [...gaps] };
}

/** Every address, as a value of a configuration. */
const EVERYWHERE = /(?:^|[\s"'=:])(?:\*|0\.0\.0\.0)(?:$|[\s"'/!|#,@;:])/;

/** Prints something and ends, in every program that knows it. */
const ENDS = ["--version", "--help"];

export function serverTechnology(server: Server): Technology {
	return {
		name: server.name,
		title: server.title,
		async command(process, scene) {
			const [first, ...rest] = process.argv;
			const args = server.cFlag ? withoutC(rest) : rest;
			const program = releasedName(programName(textOf(first) ?? ""));
			if (!server.programs.includes(program) && !startsByImage(server, textOf(first) ?? "", scene)) return undefined;
			if (server.plainName && (await isBuiltHere(process, scene))) return undefined;
			const words = args.map((arg) => likelyText(arg));
			const ends = [...ENDS, ...(server.ends ?? [])];
			if (words.some((word) => word !== undefined && ends.includes(word))) return { listeners: [], gaps: [] };
			if (server.verbs && !words.some((word) => word !== undefined && serves(server, word))) {
				return words.includes(undefined) ? undefined : { listeners: [], gaps: [] };
			}
			const settings = await openSettings(process, args, scene, server);
			const sockets: Socket[] = [];
			for (const socket of stockSockets(server, program, scene)) if (await existsIn(socket, server, scene, process)) sockets.push(socket);
			const reached = await opened(sockets, settings, scene);
			const at = process.evidence.at(-1);
			return mergePredictions([
				...reached.sockets.map((socket) => predictSocket(socket, settings, process)),
				{
					listeners: [],
					gaps: [...settings.gaps, ...reached.gaps].map((reason) => (at ? { reason, evidence: at } : { reason })),
				},
			]);
		},
	};
}
