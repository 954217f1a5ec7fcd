import { t } from "../../model/message.ts";
import { NOTHING, plain, type Structure, type Thing, unclear } from "../core/thing.ts";
import type { SyntaxNode } from "../syntax.ts";
import { argumentThing } from "./commandLine.ts";
import { evaluate } from "./expressions.ts";
import { makeInstance } from "./items.ts";
import { parseExpression } from "./macros.ts";
import { resolvePath, resolveType, segments } from "./modules.ts";
import type { FieldInfo, Module, Rust, Scope, TypeInfo } from "./rust.ts";

/** One setting of an attribute: `long`, `env = "PORT"`, `default_value_t = 8080`. */
interface Setting {
	readonly name: string;
	readonly value: readonly SyntaxNode[];
}

function scopeOf(module: Module): Scope {
	return { module, names: new Map(), outer: undefined, owner: undefined };
}

/** The settings of all attributes of these names. */
function settingsOf(info: Pick<FieldInfo, "attributes">, module: Module, names: readonly string[]): Setting[] {
	const found: Setting[] = [];
	for (const item of info.attributes) {
		const attribute = item.children.find((one) => one.type === "attribute");
		const name = attribute?.children[0];
		const tokens = attribute?.children.find((one) => one.type === "token_tree");
		if (!attribute || !name || !tokens || !names.includes(module.file.textOf(name))) continue;
		let chunk: SyntaxNode[] = [];
		for (const one of [...tokens.children.slice(1, -1), undefined]) {
			if (one && (one.named || one.type !== ",")) {
				chunk.push(one);
				continue;
			}
			const [key, equals, ...value] = chunk;
			if (key)
				found.push({
					name: module.file.textOf(key),
					value: equals?.type === "=" ? value : equals?.type === "token_tree" ? equals.children.slice(1, -1) : [],
				});
			chunk = [];
		}
	}
	return found;
}

function settingValue(rs: Rust, setting: Setting | undefined, module: Module): Thing | undefined {
	const parsed = setting && setting.value.length > 0 ? parseExpression(setting.value) : undefined;
	return parsed && evaluate(rs, parsed, scopeOf(module));
}

export const isOptional = (field: FieldInfo, module: Module): boolean =>
	field.type !== undefined && /^Option\b/.test(module.file.textOf(field.type));

const PARSERS = ["arg", "clap", "structopt", "command", "argh"];

/** `Args::parse()`: flags, then variables, then defaults (clap, "Derive Reference"; structopt and argh alike). */
export function parseArguments(rs: Rust, type: Structure): Thing {
	const info = rs.types.get(type);
	if (!info) return unclear(t("a type out of view"));
	if (info.variants.length > 0) return subcommand(rs, info);
	const made = makeInstance(type, type.at);
	for (const field of info.fields) made.fields.set(field.name, parseField(rs, field, info.module));
	return made;
}

function parseField(rs: Rust, field: FieldInfo, module: Module): Thing {
	const settings = settingsOf(field, module, PARSERS);
	const get = (...names: string[]) => settings.find((one) => names.includes(one.name));
	if (get("flatten") || get("subcommand")) {
		const inner = field.type && resolveType(rs, field.type, scopeOf(module));
		if (inner?.kind !== "structure") return unclear(t("options out of view"));
		// Without the command that it needs the program prints how to use it, and ends.
		const given = rs.run.start.args.some((one) => one.kind !== "known" || !one.text.startsWith("-"));
		if (get("subcommand") && !isOptional(field, module) && !given) rs.run.showsUsage = true;
		return parseArguments(rs, inner);
	}
	const textOf = (setting: Setting | undefined, otherwise: string): string | undefined => {
		if (!setting) return undefined;
		const value = settingValue(rs, setting, module);
		return value?.kind === "plain" ? String(value.value) : otherwise;
	};
	const kebab = field.name.replaceAll("_", "-");
	const isArgh = field.attributes.some((one) => module.file.textOf(one).startsWith("#[argh"));
	const long = textOf(get("long"), kebab) ?? (isArgh ? kebab : undefined);
	const short = textOf(get("short"), field.name[0] ?? "");
	const variable = textOf(get("env"), field.name.toUpperCase());
	const byDefault = defaultOf(rs, field, settings, module);
	return argumentThing(rs, {
		flags: [...(long === undefined ? [] : [`--${long}`]), ...(short === undefined ? [] : [`-${short}`])],
		name: long === undefined ? (short === undefined ? field.name.toUpperCase() : `-${short}`) : `--${long}`,
		variable,
		byDefault,
		isSwitch: field.type !== undefined && module.file.textOf(field.type) === "bool",
		at: module.file.evidence(field.node),
	});
}

function defaultOf(rs: Rust, field: FieldInfo, settings: readonly Setting[], module: Module): Thing | undefined {
	for (const name of ["default_value_t", "default_value", "default", "default_value_os", "default_value_os_t"]) {
		const setting = settings.find((one) => one.name === name);
		const value = settingValue(rs, setting, module);
		if (value) return value.kind === "plain" && typeof value.value === "string" ? numeric(value) : value;
	}
	if (isOptional(field, module)) return NOTHING;
	return field.type && module.file.textOf(field.type) === "bool" ? plain(false) : undefined;
}

function numeric(value: Thing & { kind: "plain" }): Thing {
	return /^[0-9]+$/.test(String(value.value)) ? plain(Number(value.value), value.from) : value;
}

/** The variant whose name is the first word of the command that is one, in kebab case. */
function subcommand(rs: Rust, info: TypeInfo): Thing {
	const words = rs.run.start.args.flatMap((one) => (one.kind === "known" ? [one.text] : []));
	for (const word of words) {
		for (const { name, type } of info.variants) {
			const kebab = name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase();
			const inner = rs.types.get(type);
			const given = inner && settingsOf(inner, info.module, [...PARSERS, "value"]).find((one) => one.name === "name");
			const own = settingValue(rs, given, info.module);
			if (word !== kebab && !(own?.kind === "plain" && own.value === word)) continue;
			if (!inner || inner.fields.length === 0) return type;
			const made = makeInstance(type, type.at);
			for (const field of inner.fields) {
				const wrapped = field.name === "0" && field.type ? resolveType(rs, field.type, scopeOf(info.module)) : undefined;
				made.fields.set(field.name, wrapped?.kind === "structure" ? parseArguments(rs, wrapped) : parseField(rs, field, info.module));
			}
			return made;
		}
	}
	const asked = info.variants.length > 0 && words.length === 0;
	return unclear(asked ? t("no subcommand is given") : t("the subcommand is not understood"));
}

/**
 * A struct filled from variables: envy takes the fields' names in capitals after a prefix, and serde's defaults; envconfig
 * says `#[envconfig(from = "PORT", default = "80")]`; argh reads the command line.
 */
export function readSettings(rs: Rust, type: Structure, how: "envy" | "envconfig" | "argh", prefix = ""): Thing {
	if (how === "argh") return parseArguments(rs, type);
	const info = rs.types.get(type);
	if (!info) return unclear(t("a type out of view"));
	const made = makeInstance(type, type.at);
	for (const field of info.fields) {
		const settings = settingsOf(field, info.module, ["serde", "envconfig"]);
		const text = (name: string): string | undefined => {
			const value = settingValue(
				rs,
				settings.find((one) => one.name === name),
				info.module,
			);
			return value?.kind === "plain" ? String(value.value) : undefined;
		};
		const name = how === "envconfig" ? text("from") : (prefix + (text("rename") ?? field.name)).toUpperCase();
		const at = info.module.file.evidence(field.node);
		const byDefault =
			how === "envconfig"
				? settingValue(
						rs,
						settings.find((one) => one.name === "default"),
						info.module,
					)
				: serdeDefault(rs, text("default"), info.module);
		const missing = byDefault ?? (isOptional(field, info.module) ? NOTHING : unclear(t("{0} is not set", name ?? field.name), at));
		if (name !== undefined) made.fields.set(field.name, rs.run.variable(name, missing, at));
	}
	return made;
}

/** What serde is told of a field: another name, the function of its default, and whether its fields stand beside the others. */
export function fieldSettings(rs: Rust, field: FieldInfo, module: Module) {
	const settings = settingsOf(field, module, ["serde"]);
	const text = (name: string): string | undefined => {
		const value = settingValue(
			rs,
			settings.find((one) => one.name === name),
			module,
		);
		return value?.kind === "plain" ? String(value.value) : undefined;
	};
	return { rename: text("rename"), otherwise: text("default"), flat: settings.some((one) => one.name === "flatten") };
}

/** `#[serde(default = "path::to::function")]`. */
export function serdeDefault(rs: Rust, path: string | undefined, module: Module): Thing | undefined {
	if (path === undefined) return undefined;
	const found = resolvePath(rs, segments(path), scopeOf(module));
	return found.kind === "callable"
		? found.invoke({ positional: [], keywords: new Map(), self: undefined, at: module.file.evidenceBetween(0, 0) })
		: undefined;
}

/** `#[derive(Default)]`: numbers are 0, options nothing; fields of own types have their own defaults. */
export function defaultInstance(rs: Rust, type: Structure): Thing {
	const info = rs.types.get(type);
	if (!info) return unclear(t("a type out of view"));
	const made = makeInstance(type, type.at);
	for (const field of info.fields) {
		const written = field.type ? info.module.file.textOf(field.type) : "";
		made.fields.set(
			field.name,
			/^Option\b/.test(written)
				? NOTHING
				: /^[iu](8|16|32|64|128|size)$/.test(written)
					? plain(0)
					: /^(String|&('static )?str)$/.test(written)
						? plain("")
						: written === "bool"
							? plain(false)
							: unclear(t("{0} is not set in view", field.name)),
		);
	}
	return made;
}
