import { t } from "../../model/message.ts";
import type { Evidence } from "../../model/text.ts";
import { configurationThing } from "../core/configurationFile.ts";
import { resolve } from "../core/paths.ts";
import { type Call, type Library, list, NOTHING, plain, type Structure, type Thing, unclear } from "../core/thing.ts";
import { fieldSettings, isOptional, serdeDefault } from "./derived.ts";
import { makeInstance } from "./items.ts";
import { resolveType } from "./modules.ts";
import type { FieldInfo, Rust, TypeInfo } from "./rust.ts";

/** Where values come from, lowest first: each answers what it says of a key, given what those below it say. */
type Source = (key: readonly string[], below: Thing | undefined, at: Evidence) => Thing | undefined;

/** On a builder: what was added to it, each as a list of the method's name and its arguments. */
const ADDED = "\u0000added";

/** Objects that collect sources (docs.rs/config, docs.rs/figment). */
const COLLECTS = /^(?:config::Config::(?:builder|new|default)|figment::Figment::(?:new|from))\(\)$/;
const ADDS = /^(?:add_source|merge|join|admerge|set_default|set_override|set_override_option|from)$/;

/** Notes what a builder of configuration is given. */
export function noteSource(rs: Rust, on: Library, name: string, call: Call): void {
	if (!COLLECTS.test(on.origin) || !ADDS.test(name)) return;
	const before = on.fields.get(ADDED);
	if (before !== undefined && before.kind !== "list") return;
	const added = list([plain(name), ...call.positional], call.at);
	rs.run.journal.set(on.fields, ADDED, list([...(before?.items ?? []), added], call.at));
}

/** `config.get_string("server.host")`; undefined for other methods. */
export function configuredValue(rs: Rust, on: Library, name: string, call: Call): Thing | undefined {
	const [key] = call.positional;
	if (!COLLECTS.test(on.origin) || !/^(?:get|get_\w+|extract_inner)$/.test(name) || key?.kind !== "plain") return undefined;
	return settingIn(sourcesOf(rs, on), String(key.value).split("."), call.at) ?? NOTHING;
}

/** Whether a struct can be filled from this: a built configuration, or the text of a file in one of serde's formats. */
export function isConfiguration(value: Library): boolean {
	return COLLECTS.test(value.origin) || parsedFormat(value) !== undefined;
}

/** The struct that `try_deserialize`, `extract` or `toml::from_str` makes. */
export function fillFromConfiguration(rs: Rust, value: Library, type: Structure): Thing {
	return instanceOf(rs, sourcesOf(rs, value), type, [], 0);
}

function instanceOf(rs: Rust, sources: readonly Source[], type: Structure, above: readonly string[], depth: number): Thing {
	const info = rs.types.get(type);
	if (!info || depth > 8) return unclear(t("a type out of view"));
	const made = makeInstance(type, type.at);
	for (const field of info.fields) made.fields.set(field.name, fieldOf(rs, sources, info, field, above, depth));
	return made;
}

function fieldOf(rs: Rust, sources: readonly Source[], info: TypeInfo, field: FieldInfo, above: readonly string[], depth: number): Thing {
	const { module } = info;
	const at = module.file.evidence(field.node);
	const { rename, otherwise, flat } = fieldSettings(rs, field, module);
	const key = flat ? above : [...above, rename ?? renamed(field.name, info)];
	const found = settingIn(sources, key, at);
	const scope = { module, names: new Map(), outer: undefined, owner: undefined };
	const inner = field.type && resolveType(rs, field.type, scope);
	const isOwn = inner?.kind === "structure" && (rs.types.get(inner)?.fields.length ?? 0) > 0;
	const missing = (): Thing =>
		isOptional(field, module) ? NOTHING : (serdeDefault(rs, otherwise, module) ?? containerDefault(info, field));
	if (!isOwn) {
		const lowest = missing();
		return settingIn(sources, key, at, lowest) ?? lowest;
	}
	if (found?.kind === "unknown") return found;
	const isThere = found !== undefined || flat || (!isOptional(field, module) && otherwise === undefined);
	return isThere ? instanceOf(rs, sources, inner, key, depth + 1) : missing();
}

/** `#[serde(default)]` on the struct takes the field of its own `default`. */
function containerDefault(info: TypeInfo, field: FieldInfo): Thing {
	const at = info.module.file.evidence(field.node);
	const isDefaulted = info.attributes.some((one) => /^#\[serde\([^)]*\bdefault\b/.test(info.module.file.textOf(one)));
	const own = isDefaulted ? info.module.items.get(info.name)?.() : undefined;
	const make = own?.kind === "structure" ? own.fields.get("default") : undefined;
	const made = make?.kind === "callable" ? make.invoke({ positional: [], keywords: new Map(), self: undefined, at }) : undefined;
	return (made?.kind === "structure" ? made.fields.get(field.name) : undefined) ?? unclear(t("{0} is not set in view", field.name), at);
}

function renamed(name: string, { attributes, module }: TypeInfo): string {
	const style = attributes.map((one) => /rename_all\s*=\s*"([^"]+)"/.exec(module.file.textOf(one))?.[1]).find(Boolean);
	if (style === "kebab-case") return name.replaceAll("_", "-");
	if (style === "camelCase") return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
	return name;
}

function settingIn(sources: readonly Source[], key: readonly string[], at: Evidence, lowest?: Thing): Thing | undefined {
	return sources.reduce<Thing | undefined>((below, source) => source(key, below, at), lowest);
}

function sourcesOf(rs: Rust, value: Library): Source[] {
	const parsed = parsedFormat(value);
	if (parsed) {
		const text = value.fields.get(parsed.from);
		return [
			text?.kind === "library" ? fileSource(rs, text.fields.get("path"), parsed.format, true) : unclearSource(t("a text out of view")),
		];
	}
	const added = value.fields.get(ADDED);
	const first = value.fields.get("from");
	const sources: Source[] = first && value.origin.endsWith("::from()") ? [providerSource(rs, first)] : [];
	if (added && added.kind !== "list") return [unclearSource(t("a configuration that depends on a condition"))];
	const [lowest, highest]: [Source[], Source[]] = [[], []];
	for (const one of added?.items ?? []) {
		const [name, ...args] = one.kind === "list" ? one.items : [];
		const method = name?.kind === "plain" ? String(name.value) : "";
		if (method === "set_default") lowest.push(pairSource(args));
		else if (method.startsWith("set_override")) highest.push(pairSource(args));
		else if (method === "join") sources.unshift(providerSource(rs, args[0]));
		else sources.push(...providers(args[0]).map((provider) => providerSource(rs, provider)));
	}
	return [...lowest, ...sources, ...highest];
}

function providers(given: Thing | undefined): (Thing | undefined)[] {
	return given?.kind === "list" ? given.items : [given];
}

const unclearSource =
	(reason: string): Source =>
	() =>
		unclear(reason);

/** `set_default("server.port", 80)`. */
function pairSource([name, value]: readonly Thing[]): Source {
	if (name?.kind !== "plain" || !value) return unclearSource(t("a setting whose name is not known"));
	const path = String(name.value).toLowerCase().split(".");
	return (key, below) => {
		if (key.join(".").toLowerCase() === path.join(".")) return value.kind === "nothing" ? below : value;
		// Something of the struct that is asked for is there.
		return below ?? (path.length > key.length && key.every((one, i) => one.toLowerCase() === path[i]) ? NOTHING : below);
	};
}

function providerSource(rs: Rust, provider: Thing | undefined): Source {
	// Figment: a pair of key and value.
	if (provider?.kind === "list") return pairSource(provider.items);
	if (provider?.kind !== "library") return unclearSource(t("a source of configuration out of view"));
	const { origin, fields } = provider;
	const get = (name: string): Thing | undefined => fields.get(name);
	const optional = get("required");
	const isRequired = !(optional?.kind === "plain" && optional.value === false);
	switch (origin) {
		case "config::File::from()":
			return fileSource(rs, get("from"), undefined, isRequired);
		case "config::File::with_name()":
			return fileSource(rs, get("with_name"), undefined, isRequired);
		case "config::File::new()":
			return fileSource(rs, get("new"), undefined, isRequired);
		case "config::Environment::with_prefix()":
		case "config::Environment::default()":
		case "config::Environment::new()": {
			const [prefix, separator] = [textOf(get("with_prefix") ?? get("prefix")), textOf(get("separator"))];
			const between = textOf(get("prefix_separator")) ?? separator ?? "_";
			return variableSource(rs, prefix === undefined ? "" : `${prefix}${between}`, separator);
		}
		case "figment::providers::Env::prefixed()":
			return variableSource(rs, textOf(get("prefixed")) ?? "", textOf(get("split")) ?? (get("map") ? "__" : undefined));
		case "figment::providers::Env::raw()":
			return variableSource(rs, "", textOf(get("split")) ?? (get("map") ? "__" : undefined));
		case "figment::providers::Serialized::defaults()":
			return dataSource(get("defaults"));
	}
	const format = /^figment::providers::(Toml|Json|Yaml)::(file|file_exact)\(\)$/.exec(origin);
	if (format) return fileSource(rs, get(format[2] ?? ""), format[1]?.toLowerCase(), false);
	return unclearSource(t("a source of configuration out of view"));
}

function textOf(thing: Thing | undefined): string | undefined {
	return thing?.kind === "plain" ? String(thing.value) : undefined;
}

/** Variables may say anything that the files say; a nested key needs a separator between its parts. */
function variableSource(rs: Rust, prefix: string, separator: string | undefined): Source {
	return (key, below, at) => {
		if (key.length > 1 && !separator) return below;
		if (separator && key.some((one) => one.includes(separator))) return below;
		const name = `${prefix}${key.join(separator)}`.toUpperCase();
		if (!rs.run.start.environment.has(name) && !rs.run.ownEnvironment.has(name)) {
			const isLeaf = below !== undefined && below.kind !== "structure";
			return isLeaf ? rs.run.variable(name, below, at) : below;
		}
		return rs.run.variable(name, below ?? NOTHING, at);
	};
}

/** Extensions that the config crate tries on a name without one. */
const EXTENSIONS = ["toml", "json", "yaml", "yml"];

function fileSource(rs: Rust, path: Thing | undefined, format: string | undefined, required: boolean): Source {
	const written = textOf(path);
	if (written === undefined) return unclearSource(t("a configuration file whose name is not known"));
	const whole = resolve(rs.run.start.cwd, written);
	const candidates =
		format !== undefined || /\.(?:toml|json5?|ya?ml|ini|ron)$/.test(whole) ? [whole] : EXTENSIONS.map((one) => `${whole}.${one}`);
	const reads = candidates.map((one) => rs.run.shelf.read(one));
	const read = reads.find((one) => one.kind === "file") ?? reads.find((one) => one.kind === "unknown");
	if (read?.kind === "file") return dataSource(configurationThing(read.file, format ?? /\.(\w+)$/.exec(read.file.path)?.[1] ?? ""));
	if (read?.kind === "unknown") return unclearSource(read.reason);
	return required ? unclearSource(t("{0} is not in the image", written.replace(/^.*\//, ""))) : (_, below) => below;
}

function dataSource(data: Thing | undefined): Source {
	return (key, below) => {
		let found: Thing | undefined = data;
		for (const name of key) {
			if (found?.kind !== "structure") break;
			found = [...found.fields].find(([own]) => own.toLowerCase() === name.toLowerCase())?.[1];
		}
		return found ?? below;
	};
}

const PARSERS: Readonly<Record<string, string>> = {
	toml: "toml",
	serde_json: "json",
	serde_yaml: "yaml",
	serde_yml: "yaml",
	serde_yaml_ng: "yaml",
};

/** `toml::from_str(&text)`: the format, and under which name the text was kept. */
function parsedFormat(value: Library): { readonly format: string; readonly from: string } | undefined {
	const [, crate = "", from = ""] = /^(\w+)::(from_str|from_reader|from_slice)\(\)$/.exec(value.origin) ?? [];
	const format = PARSERS[crate];
	return format === undefined ? undefined : { format, from };
}
