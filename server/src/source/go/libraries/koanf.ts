import { t } from "../../../model/message.ts";
import { NOTHING, plain, type Structure, type Thing, unclear } from "../../core/thing.ts";
import { pointee } from "../assign.ts";
import { callThing } from "../calls.ts";
import type { Go } from "../go.ts";
import { infoOf } from "../types.ts";
import { configFile, fill, tagValue } from "./configFiles.ts";
import { flagsOn } from "./flags.ts";
import { converted, type Model, textOf } from "./model.ts";

const PACKAGE = "github.com/knadh/koanf";

/** One `koanf.New(delimiter)`: what its providers have loaded so far, later ones over earlier ones. */
interface Settings {
	readonly delimiter: string;
	/** By whole key. */
	readonly values: Map<string, Thing>;
	/** Providers of variables: they count for keys whose name they make. */
	readonly variables: { readonly prefix: string; readonly rename: Thing | undefined }[];
	/** Something was loaded that is not in view. */
	hidden: Thing | undefined;
}

const SETTINGS = new WeakMap<Thing, Settings>();

/** koanf (github.com/knadh/koanf, README): providers loaded one over the other, values by their keys. */
export const koanf: Model = (go, call, callee) => {
	const owner = callee.of;
	if (!owner?.origin.startsWith(`${PACKAGE}.New`)) return undefined;
	const settings = settingsOf(owner);
	const name = callee.origin.slice(callee.origin.lastIndexOf(".") + 1);
	const [first, second] = call.positional;
	if (name === "Load") {
		load(go, settings, first, second, call.at);
		return NOTHING;
	}
	if (/^Unmarshal(?:WithConf)?$/.test(name)) {
		const whole = tree(settings);
		const path = textOf(first) ?? "";
		const data = path === "" ? whole : path.split(settings.delimiter).reduce<Thing | undefined>(inside, whole);
		const tag = textOf(structureField(call.positional[2], "Tag")) ?? "koanf";
		if (second && (data || settings.hidden))
			fill(go, pointee(go, second), settings.hidden ?? data, tag, t("a configuration that is not in view"));
		return NOTHING;
	}
	const key = textOf(first);
	if (name === "Exists" && key !== undefined) return settings.hidden ?? plain(settings.values.has(key));
	const type = /^(?:Must)?(String|Strings|Int|Int64|Bool|Float64|Duration|Get|Bytes)$/.exec(name)?.[1];
	if (type === undefined || key === undefined) return undefined;
	return converted(type, read(go, settings, key, type, call.at));
};

function settingsOf(owner: Thing & { kind: "library" }): Settings {
	let kept = SETTINGS.get(owner);
	if (!kept) {
		kept = { delimiter: textOf(owner.fields.get("0")) ?? ".", values: new Map(), variables: [], hidden: undefined };
		SETTINGS.set(owner, kept);
	}
	return kept;
}

function load(go: Go, settings: Settings, provider: Thing | undefined, parser: Thing | undefined, at: Parameters<Model>[1]["at"]): void {
	const origin = provider?.kind === "library" ? provider.origin : "";
	const name = new RegExp(`^${PACKAGE}/providers/(\\w+)(?:/v\\d+)?\\.(\\w+)\\(\\)$`).exec(origin)?.[1];
	const given = (index: number): Thing | undefined => (provider?.kind === "library" ? provider.fields.get(String(index)) : undefined);
	switch (name) {
		case "file": {
			const path = textOf(given(0));
			const format = parser?.kind === "library" ? /\/parsers\/(\w+)/.exec(parser.origin)?.[1]?.replace("dotenv", "env") : undefined;
			const data = path === undefined ? unclear(t("a configuration that is not in view"), at) : configFile(go, path, format);
			if (data?.kind === "structure") flatten(settings, data, "");
			else if (data) settings.hidden = data;
			return;
		}
		case "confmap": {
			const data = given(0) && pointee(go, given(0) ?? NOTHING);
			if (data?.kind === "structure") flatten(settings, data, "");
			return;
		}
		case "structs": {
			const data = given(0) && pointee(go, given(0) ?? NOTHING);
			if (data?.kind === "structure") flattenStruct(go, settings, data, textOf(given(1)) ?? "koanf", "");
			return;
		}
		case "env": {
			const options = given(1)?.kind === "structure" ? given(1) : undefined;
			// Since its second version the delimiter comes first, then options.
			const prefix = textOf(options ? structureField(options, "Prefix") : given(0)) ?? "";
			settings.variables.push({ prefix, rename: options ? structureField(options, "TransformFunc") : given(2) });
			return;
		}
		case "posflag":
		case "basicflag": {
			const flags = given(0);
			const owner = flags?.kind === "library" ? flags : undefined;
			// A flag that nobody gave counts only for keys that are not there.
			for (const [flag, value] of owner ? flagsOn(owner) : [])
				if (!settings.values.has(flag) || value.kind === "plain") settings.values.set(flag, value);
			return;
		}
		default:
			settings.hidden = unclear(t("a configuration that is not in view"), at);
	}
}

function flatten(settings: Settings, data: Structure, prefix: string): void {
	for (const [name, value] of data.fields) {
		const key = prefix === "" ? name : `${prefix}${settings.delimiter}${name}`;
		if (value.kind === "structure") flatten(settings, value, key);
		else settings.values.set(key, value);
	}
}

function flattenStruct(go: Go, settings: Settings, data: Structure, tag: string, prefix: string): void {
	for (const field of infoOf(go, data)?.fields ?? []) {
		const name = tagValue(field.tag, tag)?.split(",")[0] || field.name;
		const value = data.fields.get(field.name);
		const key = prefix === "" ? name : `${prefix}${settings.delimiter}${name}`;
		if (value?.kind === "structure" && value.shape === "instance") flattenStruct(go, settings, value, tag, key);
		else if (value) settings.values.set(key, value);
	}
}

/** Nested again, for a struct. */
function tree(settings: Settings): Structure {
	const whole: Structure = { kind: "structure", shape: "dictionary", fields: new Map(), parents: [], open: false, at: undefined };
	for (const [key, value] of settings.values) {
		const parts = key.split(settings.delimiter);
		const last = parts.pop() ?? "";
		let one = whole;
		for (const part of parts) {
			const next = one.fields.get(part);
			const made: Structure = next?.kind === "structure" ? next : { ...whole, fields: new Map() };
			one.fields.set(part, made);
			one = made;
		}
		one.fields.set(last, value);
	}
	return whole;
}

function inside(data: Thing | undefined, part: string): Thing | undefined {
	return data?.kind === "structure" ? data.fields.get(part) : undefined;
}

function structureField(thing: Thing | undefined, name: string): Thing | undefined {
	return thing?.kind === "structure" ? thing.fields.get(name) : undefined;
}

function read(go: Go, settings: Settings, key: string, type: string, at: Parameters<Model>[1]["at"]): Thing {
	if (settings.hidden) return settings.hidden;
	const byDefault = type === "String" ? plain("") : type === "Bool" ? plain(false) : /^(Int|Float)/.test(type) ? plain(0) : NOTHING;
	let value = settings.values.get(key) ?? byDefault;
	for (const provider of settings.variables) {
		const name = variableFor(go, settings, provider, key, at);
		if (name !== undefined) value = go.run.variable(name, value, at);
	}
	return value;
}

/** The variable that a provider would turn into this key, by the usual ways to spell it. */
function variableFor(
	go: Go,
	settings: Settings,
	{ prefix, rename }: Settings["variables"][number],
	key: string,
	at: Parameters<Model>[1]["at"],
): string | undefined {
	for (const separator of ["__", "_", "."])
		for (const spelled of [key.toUpperCase(), key]) {
			const name = prefix + spelled.split(settings.delimiter).join(separator).replaceAll("-", "_");
			if (rename === undefined || rename.kind === "nothing") {
				if (name === prefix + key) return name;
				continue;
			}
			const made = callThing(go, rename, { positional: [plain(name), plain("")], keywords: new Map(), self: undefined, at });
			const text = made.kind === "list" ? textOf(made.items[0]) : textOf(made);
			if (text === key) return name;
		}
	return undefined;
}
