import { isOpen, NOTHING, plain, type Structure, type Thing } from "../../core/thing.ts";
import { pointee } from "../assign.ts";
import type { Go } from "../go.ts";
import { infoOf, resolveType, zeroOf } from "../types.ts";
import { fillFrom, tagValue } from "./configFiles.ts";
import { givenFlag } from "./flags.ts";
import { converted, type Model, textOf } from "./model.ts";
import { made } from "./values.ts";

/** How a library reads a struct's tags. */
interface Reader {
	/** Position of the struct among the arguments. */
	readonly target: number;
	/** Tags that name the variable, the first that is there. */
	readonly variable: readonly string[];
	readonly byDefault: readonly string[];
	/** Without a tag the variable is the field's name in this style. */
	readonly unnamed?: "upper" | "none";
	/** Position of a prefix for all variables. */
	readonly prefix?: number;
	/** The tag that gives a nested struct's prefix. */
	readonly nested?: string;
	/** Whether fields are flags too, and by which tags they are named. */
	readonly flags?: readonly string[];
	/** Position of a file that is read before the variables. */
	readonly file?: number;
}

/** Each as its README says. */
const READERS: Readonly<Record<string, Reader>> = {
	"github.com/kelseyhightower/envconfig.Process": {
		target: 1,
		prefix: 0,
		variable: ["envconfig"],
		byDefault: ["default"],
		unnamed: "upper",
	},
	"github.com/kelseyhightower/envconfig.MustProcess": {
		target: 1,
		prefix: 0,
		variable: ["envconfig"],
		byDefault: ["default"],
		unnamed: "upper",
	},
	"github.com/vrischmann/envconfig.Init": { target: 0, variable: ["envconfig"], byDefault: [], unnamed: "none" },
	"github.com/caarlos0/env.Parse": { target: 0, variable: ["env"], byDefault: ["envDefault"], nested: "envPrefix" },
	"github.com/caarlos0/env.ParseWithOptions": { target: 0, variable: ["env"], byDefault: ["envDefault"], nested: "envPrefix" },
	"github.com/caarlos0/env.Must": { target: 0, variable: ["env"], byDefault: ["envDefault"], nested: "envPrefix" },
	"github.com/ilyakaznacheev/cleanenv.ReadEnv": { target: 0, variable: ["env"], byDefault: ["env-default"], nested: "env-prefix" },
	"github.com/ilyakaznacheev/cleanenv.ReadConfig": {
		target: 1,
		file: 0,
		variable: ["env"],
		byDefault: ["env-default"],
		nested: "env-prefix",
	},
	"github.com/sethvargo/go-envconfig.Process": { target: 1, variable: ["env"], byDefault: [] },
	"github.com/codingconcepts/env.Set": { target: 0, variable: ["env"], byDefault: ["default"] },
	"github.com/Netflix/go-env.UnmarshalFromEnviron": { target: 0, variable: ["env"], byDefault: [] },
	"github.com/joeshaw/envdecode.Decode": { target: 0, variable: ["env"], byDefault: [] },
	"github.com/alecthomas/kong.Parse": { target: 0, variable: ["env"], byDefault: ["default"], flags: ["name"] },
	"github.com/alexflint/go-arg.MustParse": { target: 0, variable: [], byDefault: ["default"], flags: ["arg"] },
	"github.com/alexflint/go-arg.Parse": { target: 0, variable: [], byDefault: ["default"], flags: ["arg"] },
	"github.com/jessevdk/go-flags.Parse": { target: 0, variable: ["env"], byDefault: ["default"], flags: ["long"] },
	"github.com/umputun/go-flags.Parse": { target: 0, variable: ["env"], byDefault: ["default"], flags: ["long"] },
	"github.com/jessevdk/go-flags.NewParser": { target: 0, variable: ["env"], byDefault: ["default"], flags: ["long"] },
	"github.com/ardanlabs/conf.Parse": { target: 1, prefix: 0, variable: ["env"], byDefault: ["default"], flags: ["flag"] },
	"github.com/creasty/defaults.Set": { target: 0, variable: [], byDefault: ["default"] },
	"github.com/creasty/defaults.MustSet": { target: 0, variable: [], byDefault: ["default"] },
	"github.com/mcuadros/go-defaults.SetDefaults": { target: 0, variable: [], byDefault: ["default"] },
};

/** Structs that a library fills from the environment, the command line and defaults. */
export const readStruct: Model = (go, call, callee) => {
	const generic = /^github\.com\/caarlos0\/env\.ParseAs/.test(callee.origin);
	const reader = READERS[callee.origin];
	if (generic || !reader) return undefined;
	const target = call.positional[reader.target];
	const file = reader.file === undefined ? undefined : call.positional[reader.file];
	if (file && target) fillFrom(go, target, pointee(go, file), "yaml");
	const prefix = reader.prefix === undefined ? "" : (textOf(call.positional[reader.prefix]) ?? "");
	if (target) read(go, reader, target, prefix === "" ? "" : `${prefix.toUpperCase()}_`, call.at, 0);
	return /NewParser$/.test(callee.origin)
		? made("github.com/jessevdk/go-flags.Parser{}")
		: callee.origin.endsWith("kong.Parse")
			? made("github.com/alecthomas/kong.Context{}")
			: NOTHING;
};

function read(go: Go, reader: Reader, target: Thing, prefix: string, at: Parameters<Model>[1]["at"], depth: number): void {
	const held = pointee(go, target);
	if (held.kind !== "structure" || depth > 8) return;
	const info = infoOf(go, held);
	for (const field of info?.fields ?? []) {
		const before = inner(go, held, field.name);
		const written = first(field.tag, reader.variable);
		if (before?.kind === "structure" && before.shape === "instance") {
			go.run.journal.set(held.fields, field.name, before);
			const own = reader.nested === undefined ? undefined : tagValue(field.tag, reader.nested);
			const deeper =
				own ?? (reader.prefix !== undefined && !field.embedded && reader.unnamed ? `${(written || field.name).toUpperCase()}_` : "");
			read(go, reader, before, `${prefix}${deeper}`, at, depth + 1);
			continue;
		}
		const options = written?.split(",") ?? [];
		const names = options[0]
			? [`${prefix}${options[0]}`]
			: reader.unnamed === "upper"
				? [`${prefix}${splitWords(field.tag, field.name)}`]
				: [];
		const embedded = options.find((one) => one.startsWith("default="))?.slice("default=".length);
		const byDefault = embedded ?? first(field.tag, reader.byDefault);
		set(go, reader, held, field, names, byDefault, at);
	}
}

function set(
	go: Go,
	reader: Reader,
	held: Structure,
	field: { readonly name: string; readonly tag: string },
	names: readonly string[],
	byDefault: string | undefined,
	at: Parameters<Model>[1]["at"],
): void {
	const before = held.fields.get(field.name);
	const type = typeOf(before);
	const spellings = reader.flags ? flagNames(field, reader.flags) : [];
	const given = spellings.length > 0 ? givenFlag(go, spellings, type === "Bool") : undefined;
	if (given) {
		go.run.journal.set(held.fields, field.name, converted(type, given));
		return;
	}
	if (names.length === 0 && spellings.length === 0 && byDefault === undefined) return;
	const isEmpty =
		!before ||
		before.kind === "nothing" ||
		(before.kind === "plain" && (before.value === "" || before.value === 0 || before.value === false));
	const fallback = byDefault !== undefined && isEmpty ? converted(type, plain(byDefault, [at])) : (before ?? NOTHING);
	let value: Thing = spellings[0] === undefined ? fallback : { kind: "argument", name: spellings[0], fallback, from: [] };
	for (const name of names) {
		const variable = go.run.variable(name, value, at);
		value = isOpen(variable) && variable.name === name ? variable : converted(type, variable);
	}
	go.run.journal.set(held.fields, field.name, value);
}

/** A nested struct, made when the field is a pointer to one. */
function inner(go: Go, held: Structure, name: string): Thing | undefined {
	const before = held.fields.get(name);
	if (before?.kind !== "nothing") return before && before.kind === "structure" ? pointee(go, before) : before;
	const info = infoOf(go, held);
	const field = info?.fields.find((one) => one.name === name);
	const type = field?.type.type === "pointer_type" && info ? resolveType(go, field.type, info.scope) : undefined;
	return type?.kind === "structure" ? zeroOf(go, type) : before;
}

function typeOf(before: Thing | undefined): string {
	const value =
		before?.kind === "plain" ? before.value : before && isOpen(before) && before.fallback.kind === "plain" ? before.fallback.value : "";
	if (before?.kind === "list") return "Strings";
	return typeof value === "number" ? "Int" : typeof value === "boolean" ? "Bool" : "String";
}

function first(tag: string, names: readonly string[]): string | undefined {
	for (const name of names) {
		const value = tagValue(tag, name);
		if (value !== undefined) return value;
	}
	return undefined;
}

/** envconfig: `split_words:"true"` makes HTTP_PORT of HTTPPort, else the name as it is in upper case. */
function splitWords(tag: string, name: string): string {
	if (tagValue(tag, "split_words") !== "true") return name.toUpperCase();
	return name
		.replace(/([a-z0-9])([A-Z])/g, "$1_$2")
		.replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
		.toUpperCase();
}

function flagNames(field: { readonly name: string; readonly tag: string }, tags: readonly string[]): string[] {
	const written = first(field.tag, tags);
	const words = field.name.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
	const short = tagValue(field.tag, "short");
	if (tags.includes("arg")) {
		const parts = (written ?? "").split(",").filter((one) => one.startsWith("-"));
		return parts.length > 0 ? parts.toReversed() : [`--${words.replaceAll("-", "")}`];
	}
	if (tags.includes("long") && written === undefined && short === undefined) return [];
	return [`--${written || words}`, ...(short ? [`-${short}`] : [])];
}
