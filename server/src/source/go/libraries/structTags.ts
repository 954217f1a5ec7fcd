import { isOpen, list, NOTHING, plain, type Structure, type Thing } from "../../core/thing.ts";
import { pointee } from "../assign.ts";
import { TYPE_ARGUMENT } from "../calls.ts";
import type { Go } from "../go.ts";
import { infoOf, resolveType, zeroOf } from "../types.ts";
import { fillFrom, tagValue } from "./configFiles.ts";
import { givenFlag } from "./flags.ts";
import { converted, type Model, textOf } from "./model.ts";
import { type Choice, choiceOf, commandName, noCommand, offer, parserOf } from "./structCommands.ts";
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
	/** What stands behind that prefix. */
	readonly nestedDelimiter?: string;
	/** Whether fields are flags too, and by which tags they are named. */
	readonly flags?: readonly string[];
	/** The tag that makes a nested struct a command, which is read when the start command names it. */
	readonly command?: "command" | "cmd" | "arg";
	/** The tag that gives the flags of a nested struct a prefix, and what stands behind it. */
	readonly namespace?: readonly [tag: string, delimiter: string];
	/** Position of a file that is read before the variables. */
	readonly file?: number;
}

/** go-flags: groups of options stand in each other, with `namespace` before their flags and `env-namespace` before variables. */
function goFlags(path: string): Record<string, Reader> {
	const reader: Reader = {
		target: 0,
		variable: ["env"],
		byDefault: ["default"],
		flags: ["long"],
		nested: "env-namespace",
		nestedDelimiter: "_",
		namespace: ["namespace", "."],
		command: "command",
	};
	return Object.fromEntries(["Parse", "ParseArgs", "NewParser"].map((name) => [`${path}.${name}`, reader]));
}

const KONG: Reader = {
	target: 0,
	variable: ["env"],
	byDefault: ["default"],
	flags: ["name"],
	nested: "envprefix",
	namespace: ["prefix", ""],
	command: "cmd",
};

const GO_ARG: Reader = { target: 0, variable: [], byDefault: ["default"], flags: ["arg"], command: "arg" };

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
	"github.com/ilyakaznacheev/cleanenv.ReadEnv": { target: 0, variable: ["env"], byDefault: ["env-default"], nested: "env-prefix" },
	"github.com/ilyakaznacheev/cleanenv.ReadConfig": {
		target: 1,
		file: 0,
		variable: ["env"],
		byDefault: ["env-default"],
		nested: "env-prefix",
	},
	"github.com/sethvargo/go-envconfig.Process": { target: 1, variable: ["env"], byDefault: [] },
	"github.com/sethvargo/go-envconfig.MustProcess": { target: 1, variable: ["env"], byDefault: [] },
	"github.com/codingconcepts/env.Set": { target: 0, variable: ["env"], byDefault: ["default"] },
	"github.com/Netflix/go-env.UnmarshalFromEnviron": { target: 0, variable: ["env"], byDefault: [] },
	"github.com/joeshaw/envdecode.Decode": { target: 0, variable: ["env"], byDefault: [] },
	"github.com/alecthomas/kong.Parse": KONG,
	"github.com/alecthomas/kong.New": KONG,
	"github.com/alecthomas/kong.Must": KONG,
	"github.com/alexflint/go-arg.MustParse": GO_ARG,
	"github.com/alexflint/go-arg.Parse": GO_ARG,
	...goFlags("github.com/jessevdk/go-flags"),
	...goFlags("github.com/umputun/go-flags"),
	"github.com/ardanlabs/conf.Parse": { target: 1, prefix: 0, variable: ["env"], byDefault: ["default"], flags: ["flag"] },
	"github.com/Luzifer/rconfig.Parse": { target: 0, variable: ["env"], byDefault: ["default"], flags: ["flag"] },
	"github.com/Luzifer/rconfig.ParseAndValidate": { target: 0, variable: ["env"], byDefault: ["default"], flags: ["flag"] },
	"github.com/creasty/defaults.Set": { target: 0, variable: [], byDefault: ["default"] },
	"github.com/creasty/defaults.MustSet": { target: 0, variable: [], byDefault: ["default"] },
	"github.com/mcuadros/go-defaults.SetDefaults": { target: 0, variable: [], byDefault: ["default"] },
};

/** Structs that a library fills from the environment, the command line and defaults. */
export const readStruct: Model = (go, call, callee) => {
	// `env.ParseAs[Config]()` makes the struct itself.
	const own = /^github\.com\/caarlos0\/env\.ParseAs(WithOptions)?$/.test(callee.origin) ? call.keywords.get(TYPE_ARGUMENT) : undefined;
	if (callee.origin === "github.com/caarlos0/env.Must") return call.positional[0];
	const reader = own ? READERS["github.com/caarlos0/env.Parse"] : READERS[callee.origin];
	if (!reader) return undefined;
	const target = own ?? call.positional[reader.target];
	const file = reader.file === undefined ? undefined : call.positional[reader.file];
	if (file && target) fillFrom(go, target, pointee(go, file), "yaml");
	const prefix = reader.prefix === undefined ? "" : (textOf(call.positional[reader.prefix]) ?? "");
	const choice = noCommand();
	if (target) read(go, reader, target, { variable: prefix === "" ? "" : `${prefix.toUpperCase()}_`, flag: "" }, call.at, 0, choice);
	if (own) return list([own, NOTHING], call.at);
	return parserOf(go, call, callee.origin, choice);
};

/** Options and commands that a go-flags parser is given one by one. */
export const addToParser: Model = (go, call, callee) => {
	const [, path, name] = /^(.*\/go-flags)\.Parser\{\}\.(AddCommand|AddGroup)$/.exec(callee.origin) ?? [];
	const choice = callee.of && choiceOf(callee.of);
	const reader = READERS[`${path}.NewParser`];
	const [first, , , data] = call.positional;
	const target = name === "AddGroup" ? call.positional[2] : data;
	if (!choice || !reader || !target) return undefined;
	const command = name === "AddCommand" ? textOf(first) : undefined;
	if (command !== undefined && !offer(go, choice, command)) return list([made(`${path}.Command{}`), NOTHING]);
	read(go, reader, target, { variable: "", flag: "" }, call.at, 1, choice);
	if (command !== undefined) choice.command = pointee(go, target);
	return list([made(`${path}.Command{}`), NOTHING]);
};

/** What stands before the names of a struct's fields. */
interface Prefix {
	readonly variable: string;
	readonly flag: string;
}

function read(go: Go, reader: Reader, target: Thing, prefix: Prefix, at: Parameters<Model>[1]["at"], depth: number, choice: Choice): void {
	const held = pointee(go, target);
	if (held.kind !== "structure" || depth > 8) return;
	const info = infoOf(go, held);
	for (const field of info?.fields ?? []) {
		const command = reader.command && commandName(field, reader.command);
		// A command that is not named stays as it is.
		if (command !== undefined && !offer(go, choice, command, reader.command === "cmd" && tagValue(field.tag, "default") !== undefined))
			continue;
		const before = inner(go, held, field.name);
		const written = first(field.tag, reader.variable);
		if (before?.kind === "structure" && before.shape === "instance") {
			go.run.journal.set(held.fields, field.name, before);
			const option = written?.split(",").find((one) => one.trim().startsWith("prefix="));
			const own = (reader.nested && tagValue(field.tag, reader.nested)) ?? option?.trim().slice("prefix=".length);
			const deeper = own
				? `${own}${reader.nestedDelimiter ?? ""}`
				: reader.prefix !== undefined && !field.embedded && reader.unnamed
					? `${(written || field.name).toUpperCase()}_`
					: "";
			const [tag, delimiter] = reader.namespace ?? [];
			const space = tag === undefined ? undefined : tagValue(field.tag, tag);
			const inside = { variable: `${prefix.variable}${deeper}`, flag: space ? `${prefix.flag}${space}${delimiter}` : prefix.flag };
			read(go, reader, before, inside, at, depth + 1, choice);
			if (command !== undefined) choice.command ??= before;
			continue;
		}
		const options = written?.split(",").map((one) => one.trim()) ?? [];
		const names = options[0]
			? [`${prefix.variable}${options[0]}`]
			: reader.unnamed === "upper"
				? [`${prefix.variable}${splitWords(field.tag, field.name)}`]
				: [];
		// go-arg: `arg:"--port,env:PORT"`.
		const variable = reader.command === "arg" ? /(?:^|,)\s*env(?::(\w+))?/.exec(tagValue(field.tag, "arg") ?? "") : undefined;
		if (variable) names.push(variable[1] ?? field.name.toUpperCase());
		const embedded = options.find((one) => one.startsWith("default="))?.slice("default=".length);
		const byDefault = embedded ?? first(field.tag, reader.byDefault);
		const spellings = reader.flags ? flagNames(field, reader.flags, prefix.flag) : [];
		set(go, held, field.name, { names, spellings, byDefault, at });
	}
}

/** Where a field's value comes from. */
interface Origins {
	/** Variables. */
	readonly names: readonly string[];
	/** A flag, with its dashes. */
	readonly spellings: readonly string[];
	readonly byDefault: string | undefined;
	readonly at: Parameters<Model>[1]["at"];
}

function set(go: Go, held: Structure, field: string, { names, spellings, byDefault, at }: Origins): void {
	const before = held.fields.get(field);
	const type = typeOf(before);
	const given = spellings.length > 0 ? givenFlag(go, spellings, type === "Bool") : undefined;
	if (given) {
		go.run.journal.set(held.fields, field, converted(type, given));
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
	go.run.journal.set(held.fields, field, value);
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

function flagNames(field: { readonly name: string; readonly tag: string }, tags: readonly string[], prefix: string): string[] {
	const written = first(field.tag, tags);
	const words = field.name.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
	const short = tagValue(field.tag, "short");
	if (tags.includes("arg")) {
		const parts = (written ?? "")
			.split(",")
			.map((one) => one.trim())
			.filter((one) => one.startsWith("-"));
		return parts.length > 0 ? parts.toReversed() : [`--${words.replaceAll("-", "")}`];
	}
	if (tags.includes("long") && written === undefined && short === undefined) return [];
	// rconfig: `flag:"listen,l"`.
	const [long, letter = short] = written?.split(",") ?? [];
	return [`--${prefix}${long || words}`, ...(letter ? [`-${letter}`] : [])];
}
