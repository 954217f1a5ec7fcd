import { resolvePath } from "../../dockerfile/walk.ts";
import { t } from "../../model/message.ts";
import { isStock, type TextFile } from "../../model/text.ts";
import { known, likelyText, mapText, partialOf, unknown, type Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import type { Scene } from "../technology.ts";
import { type ConfigEntry, type ConfigFile, type ConfigFormat, readConfig } from "./configFile.ts";
import { editedLines } from "./editedLines.ts";
import { readMatching } from "./files.ts";
import { fillIn } from "./placeholders.ts";
import type { Server } from "./plainServer.ts";
import { isNamed, keepsPorts, speaksOf } from "./ranOver.ts";

/**
 * What a start command, its environment and its configuration say. A setting is written `--flag` or `-f`, `$VARIABLE`, or
 * `key.of.the.configuration`; a `*` in it stands for any name.
 */
export interface Settings {
	/** Every value that a setting was given, in order. */
	all(setting: string): readonly Value[];
	/** The values of the first of these settings that was given. */
	first(settings: readonly string[] | undefined): readonly Value[];
	/** Whether a switch is on: a flag without a value or with a true one, a variable or key that is true. */
	isOn(setting: string): boolean;
	/** A configuration file that may say more could not be read. */
	readonly isOpen: boolean;
	/** Why. */
	readonly gaps: readonly string[];
}

export async function openSettings(process: Process, args: readonly Value[], scene: Scene, server: Server): Promise<Settings> {
	const { files, gap } = await findConfig(process, args, scene, server);
	const scripts = files.some(isStock) ? ((await scene.buildOf(server.config?.paths?.[0] ?? "/")).scripts ?? []) : [];
	const entries = server.config ? mergedEntries(files, server.config.format, scripts.filter(editsAnywhere)) : [];
	const all = (setting: string): Value[] => {
		if (setting.startsWith("-")) return flagValues(args, setting, server.goFlags === true);
		if (setting.startsWith("$")) return variables(process, setting.slice(1));
		return entries.filter(keyMatcher(setting)).map((entry) => fillIn(entry.text, process.environment, entry.at));
	};
	return {
		all,
		first(settings) {
			for (const setting of settings ?? []) {
				const values = all(setting);
				if (values.length > 0) return values;
			}
			return [];
		},
		isOn(setting) {
			if (setting.startsWith("-") && args.some((arg) => isFlag(likelyText(arg), setting, server.goFlags === true))) return true;
			// A subcommand: `start-dev`.
			if (server.verbs?.includes(setting)) return args.some((arg) => likelyText(arg) === setting);
			const text = likelyText(all(setting).at(-1));
			return text !== undefined && /^(true|1|yes|on|enabled?|)$/i.test(text);
		},
		isOpen: gap !== undefined,
		gaps: gap === undefined ? [] : [gap],
	};
}

/** `find /etc/mysql -name '*.cnf' | xargs sed -i …` changes files that it does not name. */
function editsAnywhere(script: string): boolean {
	return /\bfind\b[\s\S]*(\bxargs\b|-exec\b)[\s\S]*\bsed\b/.test(script);
}

/**
 * The values of several files, of which later ones win, key by key. What `scripts` may have changed of a package's own
 * configuration is left out: whoever speaks of a setting there means to be rid of it.
 */
function mergedEntries(files: readonly TextFile[], format: ConfigFormat, scripts: readonly string[]): ConfigEntry[] {
	let all: ConfigEntry[] = [];
	for (const file of files) {
		const read = readConfig(file, format);
		const own = isStock(file) ? read.filter(({ key }) => !scripts.some((script) => script.includes(key.replace(/^.*\./, "")))) : read;
		const keys = new Set(own.map((one) => one.key));
		all = [...all.filter((one) => !keys.has(one.key)), ...own];
	}
	return all;
}

interface FoundConfig {
	readonly files: readonly TextFile[];
	readonly gap?: string;
}

async function findConfig(process: Process, args: readonly Value[], scene: Scene, server: Server): Promise<FoundConfig> {
	const { config } = server;
	const given = (flag: string): Value[] => flagValues(args, flag, server.goFlags === true);
	const isGiven = (setting: string): boolean =>
		setting.startsWith("$") ? variables(process, setting.slice(1)).length > 0 : given(setting).length > 0;
	if (server.unread?.some(isGiven)) return { files: [], gap: t("the configuration of {0} is not read", server.title) };
	if (!config) return { files: [] };
	const main = await mainConfig(process, args, scene, server, config);
	const folders = (config.folderFlags ?? []).flatMap(given).map((folder) => likelyText(folder));
	const { moreBy } = config;
	const standsAlone = moreBy !== undefined && main.files.length > 0 && main.files.every((file) => !file.text.includes(moreBy));
	const more = [
		...(standsAlone ? [] : (config.more ?? [])),
		...folders.flatMap((folder) => (folder === undefined ? [] : [`${resolvePath(process.cwd, folder)}/*`])),
	];
	const files = [...main.files];
	const hidden = main.gap === undefined ? [] : [main.gap];
	if (folders.includes(undefined)) hidden.push(t("the configuration is only known at run time"));
	for (const pattern of more) {
		const found = await readMatching(scene.files, process.cwd, pattern);
		files.push(...found.files);
		if (!config.filledInByImages) hidden.push(...found.hidden);
	}
	return hidden[0] === undefined ? { files } : { files, gap: hidden[0] };
}

async function mainConfig(
	process: Process,
	args: readonly Value[],
	scene: Scene,
	server: Server,
	config: ConfigFile,
): Promise<FoundConfig> {
	const [first] = args.filter((arg) => !server.verbs?.includes(likelyText(arg) ?? ""));
	const operand = config.operand && first && !likelyText(first)?.startsWith("-") ? first : undefined;
	const named =
		config.flags?.flatMap((flag) => flagValues(args, flag, server.goFlags === true)).at(-1) ??
		operand ??
		(config.variable === undefined ? undefined : process.environment.get(config.variable));
	if (named) {
		const text = likelyText(named);
		if (text === undefined) return { files: [], gap: t("the configuration is only known at run time") };
		if (text.includes("*")) return matching(process, text, scene);
		const path = resolvePath(process.cwd, text.replace(/^(?:file:\/*|yaml:)(?=\/)/, ""));
		const read = await scene.files.read(path);
		if (read.kind === "text") return { files: [read.file] };
		const edited = read.kind === "unknown" ? await editedLines(scene, path, false, process.evidence.at(-1)) : undefined;
		if (edited) return { files: [edited] };
		// A folder is as good as a file to some.
		if (config.folderFlags) {
			const inside = await readMatching(scene.files, process.cwd, `${path}/*`);
			if (inside.files.length > 0) return { files: inside.files };
		}
		// The base image's own configuration holds nothing that the image's facts don't tell.
		const isStock =
			read.kind === "absent" && [...(scene.base?.image.entrypoint ?? []), ...(scene.base?.image.cmd ?? [])].join(" ").includes(text);
		// Neither does the one that a package puts where the server looks for it.
		const isPackaged = read.kind === "absent" && config.paths?.includes(path);
		return isStock || isPackaged ? { files: [] } : { files: [], gap: read.reason ?? t("{0} is not in the image", programName(path)) };
	}
	const kept = config.inFolder && (await fromFolder(process, args, scene, config.inFolder));
	if (kept) return kept;
	for (const standard of config.paths ?? []) {
		if (standard.includes("*")) {
			const found = await matching(process, standard, scene);
			if (found.files.length > 0 || found.gap !== undefined) return found;
			continue;
		}
		const path = resolvePath(process.cwd, standard);
		const read = await scene.files.read(path);
		if (read.kind === "text") return { files: [read.file] };
		const edited = await editedLines(scene, path, read.kind === "absent", process.evidence.at(-1));
		if (edited) return { files: [edited] };
		if (read.kind === "absent" && (await speaksOf(scene, path)))
			return { files: [], gap: t("{0} writes {1}", "a RUN step", programName(path)) };
		if (read.kind === "unknown")
			return (config.filledInByImages && !(await isNamed(scene, path))) || (await keepsPorts(scene, path))
				? { files: [] }
				: { files: [], gap: read.reason };
	}
	return { files: [] };
}

async function matching(process: Process, pattern: string, scene: Scene): Promise<FoundConfig> {
	const { files, hidden } = await readMatching(scene.files, process.cwd, pattern);
	return hidden[0] === undefined ? { files } : { files, gap: hidden[0] };
}

/** The file of a folder that is named, when this build puts it there. */
async function fromFolder(
	process: Process,
	args: readonly Value[],
	scene: Scene,
	{ name, flags, variable }: NonNullable<ConfigFile["inFolder"]>,
): Promise<FoundConfig | undefined> {
	const folder = likelyText(flags.flatMap((flag) => flagValues(args, flag, false)).at(-1) ?? process.environment.get(variable));
	if (folder === undefined) return undefined;
	const read = await scene.files.read(resolvePath(resolvePath(process.cwd, folder), name));
	if (read.kind === "text") return { files: [read.file] };
	return read.kind === "unknown" ? { files: [], gap: read.reason } : undefined;
}

function variables(process: Process, pattern: string): Value[] {
	if (!pattern.includes("*")) {
		const value = process.environment.get(pattern);
		return value ? [value] : [];
	}
	const regex = new RegExp(`^${pattern.replace(/\*/g, "\\w+")}$`, "i");
	return [...process.environment].filter(([name]) => regex.test(name)).map(([, value]) => value);
}

function keyMatcher(setting: string): (entry: ConfigEntry) => boolean {
	if (!setting.includes("*")) return (entry) => entry.key === setting;
	const regex = new RegExp(
		`^${setting
			.split("*")
			.map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
			.join("[^.]+")}$`,
		"i",
	);
	return (entry) => regex.test(entry.key);
}

/** Whether a word is this flag, with or without a value behind `=` that is not false. */
function isFlag(word: string | undefined, flag: string, goStyle: boolean): boolean {
	const [name, value] = word?.split(/=(.*)/s) ?? [];
	if (value !== undefined && /^(false|0|no|off)$/i.test(value)) return false;
	return name === flag || (goStyle && `-${name}` === flag);
}

/** The values of a flag, each time it is given: `--port 80`, `--port=80`, `-p 80`, `-p80`. */
function flagValues(args: readonly Value[], flag: string, goStyle: boolean): Value[] {
	const found: Value[] = [];
	const long = flag.startsWith("--");
	const regex = long
		? new RegExp(`^${goStyle ? "--?" : "--"}${flag.slice(2).replace(/[.]/g, "\\.").replace(/\*/g, "[^.=]+")}(=)?`, "i")
		: undefined;
	for (const [index, arg] of args.entries()) {
		// `--dhcp-range=$NETWORK.1` is given, whatever the network is.
		const text = likelyText(arg) ?? partialOf(arg);
		if (text === undefined) continue;
		if (text === "--") break;
		const length = regex ? (regex.exec(text)?.[0].length ?? 0) : text.startsWith(flag) && /^-[^-]/.test(text) ? flag.length : 0;
		if (length === 0) continue;
		if (text.length === length && !text.endsWith("=")) found.push(args[index + 1] ?? unknown(t("{0} has no value", flag)));
		else if (!long || text[length - 1] === "=")
			found.push(mapText(arg, (one, from) => known(one.slice(one[length] === "=" && !long ? length + 1 : length), ...from)));
	}
	return found;
}
