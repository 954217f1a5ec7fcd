import { each, isOpen, type Library, NOTHING, plain, type Thing } from "../../core/thing.ts";
import { pointee } from "../assign.ts";
import type { Go } from "../go.ts";
import { infoOf } from "../types.ts";
import { configFile, tagValue } from "./configFiles.ts";
import { flagsOn, lookUpFlag } from "./flags.ts";
import { converted, type Model, textOf } from "./model.ts";

const PACKAGE = "github.com/spf13/viper";

/** One configuration: the package's own, or one of `viper.New()`. */
interface Settings {
	readonly set: Map<string, Thing>;
	readonly defaults: Map<string, Thing>;
	readonly flags: Map<string, Thing>;
	readonly variables: Map<string, readonly string[]>;
	file: Thing | undefined;
	automatic: boolean;
	prefix: string;
	/** What `SetEnvKeyReplacer` replaces. */
	replaced: readonly string[];
	readonly folders: string[];
	name: string;
	type: string | undefined;
	path: string | undefined;
}

const SETTINGS = new WeakMap<Library, Settings>();

/** viper's README, "Why use Viper?": explicit calls, then flags, variables, the file, and the defaults, in this order. */
export const viper: Model = (go, call, callee) => {
	if (!callee.origin.startsWith(`${PACKAGE}.`) || !callee.of) return undefined;
	const name = callee.origin.slice(callee.origin.lastIndexOf(".") + 1);
	const settings = settingsOf(callee.of);
	const [first, second] = call.positional;
	const key = textOf(first)?.toLowerCase();
	if (name === "New" || name === "NewWithOptions" || name === "Sub") return undefined;
	if (name === "GetViper") return callee.of;
	const get = /^Get(.*)$/.exec(name);
	if (get && key !== undefined) return read(go, settings, key, get[1] ?? "", call.at);
	switch (name) {
		case "Set":
			if (key !== undefined && second) settings.set.set(key, second);
			return NOTHING;
		case "SetDefault":
			if (key !== undefined && second) settings.defaults.set(key, second);
			return NOTHING;
		case "BindEnv":
			if (key !== undefined) settings.variables.set(key, variableNames(settings, key, call.positional.slice(1)));
			return NOTHING;
		case "BindPFlag":
			if (key !== undefined && second) settings.flags.set(key, flagOf(second) ?? second);
			return NOTHING;
		case "BindPFlags": {
			const owner = first?.kind === "library" ? (first.of ?? first) : undefined;
			if (owner) for (const [flag, value] of flagsOn(owner)) settings.flags.set(flag.toLowerCase(), value);
			return NOTHING;
		}
		case "AutomaticEnv":
			settings.automatic = true;
			return NOTHING;
		case "SetEnvPrefix":
			settings.prefix = textOf(first) ?? "";
			return NOTHING;
		case "SetEnvKeyReplacer":
			settings.replaced = first?.kind === "library" ? replacements(first) : [];
			return NOTHING;
		case "SetConfigName":
			settings.name = textOf(first) ?? "";
			return NOTHING;
		case "SetConfigType":
			settings.type = textOf(first);
			return NOTHING;
		case "SetConfigFile":
			settings.path = textOf(first) ?? likely(first);
			return NOTHING;
		case "AddConfigPath":
			settings.folders.push(textOf(first) ?? "");
			return NOTHING;
		case "ReadInConfig":
		case "MergeInConfig":
			settings.file = readFile(go, settings);
			// Without a file the program goes on, or says so and ends; the first is worth asking about.
			return NOTHING;
		case "IsSet":
			return key === undefined ? undefined : each(read(go, settings, key, "", call.at), (one) => plain(one.kind !== "nothing"));
		case "Unmarshal":
		case "UnmarshalExact":
		case "UnmarshalKey": {
			const target = name === "UnmarshalKey" ? second : first;
			if (target) unmarshal(go, settings, target, name === "UnmarshalKey" ? `${key}.` : "", call.at, 0);
			return NOTHING;
		}
		default:
			return NOTHING;
	}
};

function settingsOf(owner: Library): Settings {
	const kept = SETTINGS.get(owner);
	if (kept) return kept;
	const made: Settings = {
		set: new Map(),
		defaults: new Map(),
		flags: new Map(),
		variables: new Map(),
		file: undefined,
		automatic: false,
		prefix: "",
		replaced: [],
		folders: [],
		name: "config",
		type: undefined,
		path: undefined,
	};
	SETTINGS.set(owner, made);
	return made;
}

/** `cmd.Flags().Lookup("port")`: recorded as a library's object, of which only the names are known. */
function flagOf(thing: Thing): Thing | undefined {
	return thing.kind === "library" ? thing.fields.get("#flag") : thing;
}

/** `cmd.Flags().Lookup(name)`, for `BindPFlag`. */
export const lookUp: Model = (_, call, callee) => {
	if (!/Flags?(Set)?\(\)\.Lookup$|\.PFlagSet\.Lookup$|pflag\.(CommandLine\.)?Lookup$|^flag\.Lookup$/.test(callee.origin)) return undefined;
	const name = textOf(call.positional[0]);
	const owner = callee.of && /Flags\(\)$/.test(callee.of.origin) ? (callee.of.of ?? callee.of) : callee.of;
	return name === undefined || !owner ? undefined : lookUpFlag(owner, name);
};

function likely(thing: Thing | undefined): string | undefined {
	return thing && isOpen(thing) ? textOf(thing.fallback) : undefined;
}

function replacements(replacer: Library): string[] {
	const pairs = replacer.fields.get("Pairs");
	return pairs?.kind === "list" ? pairs.items.map((one) => textOf(one) ?? "") : [".", "_", "-", "_"];
}

function environmentName(settings: Settings, key: string): string {
	let name = key;
	for (let i = 0; i + 1 < settings.replaced.length; i += 2)
		name = name.replaceAll(settings.replaced[i] ?? "", settings.replaced[i + 1] ?? "");
	return (settings.prefix === "" ? name : `${settings.prefix}_${name}`).toUpperCase();
}

function variableNames(settings: Settings, key: string, given: readonly Thing[]): string[] {
	const names = given.flatMap((one) => textOf(one) ?? []);
	return names.length > 0 ? names : [environmentName(settings, key)];
}

function read(go: Go, settings: Settings, key: string, type: string, at: Parameters<Model>[1]["at"]): Thing {
	const set = settings.set.get(key);
	if (set) return set;
	const flag = settings.flags.get(key);
	if (flag && flag.kind !== "argument") return converted(type, flag);
	let value = inFile(settings, key) ?? settings.defaults.get(key) ?? (flag?.kind === "argument" ? flag.fallback : undefined) ?? zero(type);
	if (flag?.kind === "argument") value = { ...flag, fallback: value };
	const names = settings.variables.get(key) ?? (settings.automatic ? [environmentName(settings, key)] : []);
	// An empty variable counts as not set (AllowEmptyEnv).
	for (const name of names.toReversed()) {
		const variable = go.run.variable(name, value, at);
		value = variable.kind === "plain" && variable.value === "" ? value : variable;
	}
	return converted(type, value);
}

function inFile(settings: Settings, key: string): Thing | undefined {
	let at = settings.file;
	for (const part of key.split(".")) {
		if (at?.kind === "unknown") return at;
		if (at?.kind !== "structure") return undefined;
		at = [...at.fields].find(([name]) => name.toLowerCase() === part)?.[1];
	}
	return at;
}

function zero(type: string): Thing {
	if (/^(U?[Ii]nt|Float|Duration)/.test(type)) return plain(0);
	return type === "Bool" ? plain(false) : type === "String" ? plain("") : NOTHING;
}

const EXTENSIONS = ["json", "toml", "yaml", "yml", "env"];

function readFile(go: Go, settings: Settings): Thing | undefined {
	if (settings.path !== undefined) return configFile(go, settings.path, settings.type);
	for (const folder of settings.folders.length > 0 ? settings.folders : ["."])
		for (const extension of EXTENSIONS) {
			const found = configFile(go, `${folder}/${settings.name}.${extension}`);
			if (found) return found;
		}
	const bare =
		settings.type === undefined
			? undefined
			: settings.folders.map((folder) => configFile(go, `${folder}/${settings.name}`, settings.type)).find(Boolean);
	return bare;
}

/** Every field that has a key of some kind; the others keep what they hold. */
function unmarshal(go: Go, settings: Settings, target: Thing, prefix: string, at: Parameters<Model>[1]["at"], depth: number): void {
	const held = pointee(go, target);
	if (held.kind !== "structure" || depth > 8) return;
	for (const field of infoOf(go, held)?.fields ?? []) {
		const options = tagValue(field.tag, "mapstructure")?.split(",") ?? [];
		const key = `${prefix}${(options[0] || field.name).toLowerCase()}`;
		const before = held.fields.get(field.name);
		if (before?.kind === "structure" && before.shape === "instance") {
			unmarshal(go, settings, before, field.embedded || options.includes("squash") ? prefix : `${key}.`, at, depth + 1);
			continue;
		}
		const isKnown = settings.defaults.has(key) || settings.variables.has(key) || settings.flags.has(key) || settings.set.has(key);
		if (!isKnown && inFile(settings, key) === undefined) continue;
		const type =
			before?.kind === "plain" && typeof before.value === "number"
				? "Int"
				: before?.kind === "plain" && typeof before.value === "boolean"
					? "Bool"
					: "String";
		go.run.journal.set(held.fields, field.name, read(go, settings, key, type, at));
	}
}
