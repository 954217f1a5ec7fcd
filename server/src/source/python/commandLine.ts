import { t } from "../../model/message.ts";
import {
	builtin,
	type Call,
	type Callable,
	dictionary,
	each,
	type Fields,
	fromValue,
	type Library,
	library,
	NOTHING,
	plain,
	type Structure,
	type Thing,
	unclear,
} from "../core/thing.ts";
import { callThing } from "./calls.ts";
import type { Python } from "./python.ts";
import { chooseCommand, commandName } from "./subcommands.ts";

/** An option of a program's own command line. */
export interface Option {
	/** As written: `--port`, `-p`; without dashes it is positional. */
	readonly flags: readonly string[];
	/** The name under which the program finds it. */
	readonly name: string;
	readonly byDefault: Thing;
	/** `type=int`. */
	readonly convert: Thing | undefined;
	/** `action="store_true"`, `is_flag=True`: given without a value. */
	readonly isSwitch: boolean;
	/** Click: the variable that it is also read from. */
	readonly variable: string | undefined;
}

export function readOption(call: Call): Option | undefined {
	const flags = call.positional.flatMap((one) => (one.kind === "plain" ? String(one.value).split("/") : []));
	const word = flags.find((flag) => flag.startsWith("--")) ?? flags[0];
	if (!word) return undefined;
	const given = call.keywords.get("dest") ?? call.positional.find((one) => one.kind === "plain" && !String(one.value).startsWith("-"));
	const [action, variable, isFlag] = [call.keywords.get("action"), call.keywords.get("envvar"), call.keywords.get("is_flag")];
	const isSwitch = (action?.kind === "plain" && /^store_(true|false)$/.test(String(action.value))) || isFlag?.kind === "plain";
	const byDefault =
		call.keywords.get("default") ?? (isSwitch ? plain(action?.kind === "plain" && action.value === "store_false") : NOTHING);
	return {
		flags,
		name: given?.kind === "plain" ? String(given.value) : word.replace(/^-+/, "").replaceAll("-", "_"),
		byDefault,
		convert: call.keywords.get("type"),
		isSwitch,
		variable: variable?.kind === "plain" ? String(variable.value) : undefined,
	};
}

const OPTIONS = "(options)";

/** `parser.add_argument("--port", type=int, default=80)`: kept on the parser until the arguments are parsed. */
export function addArgument(py: Python, call: Call, callee: Library): Thing {
	const parser = callee.of;
	if (!parser) return NOTHING;
	const before = parser.fields.get(OPTIONS);
	const items = before?.kind === "list" ? before.items : [];
	const entry = dictionary(optionFields(call));
	py.run.journal.set(parser.fields, OPTIONS, { kind: "list", items: [...items, entry], open: false, at: call.at });
	return NOTHING;
}

/** `@click.option("--port", default=80)`: what it says, until the function is called. */
export function keepOption(_: Python, call: Call, callee: Library): Thing {
	return { ...library(`${callee.origin}()`), fields: optionFields(call) };
}

/** The arguments of an option's declaration, the positional ones under `*`. */
function optionFields(call: Call): Fields {
	return new Map<string, Thing>([...call.keywords, ["*", { kind: "list", items: [...call.positional], open: false, at: call.at }]]);
}

const SUBPARSERS = "(subparsers)";
const DEFAULTS = "(defaults)";
const DESTINATION = "(dest)";

/** `parser.add_subparsers(dest="command")` (argparse, "Sub-commands"). */
export function addSubparsers(py: Python, call: Call, callee: Library): Thing {
	const result = library("argparse.subparsers()");
	const destination = call.keywords.get("dest");
	if (destination) result.fields.set(DESTINATION, destination);
	if (callee.of) py.run.journal.set(callee.of.fields, SUBPARSERS, result);
	return result;
}

/** `subparsers.add_parser("serve")`. */
export function addParser(py: Python, call: Call, callee: Library): Thing {
	const name = call.positional[0];
	const parser = library("argparse.ArgumentParser()");
	if (callee.of && name?.kind === "plain") py.run.journal.set(callee.of.fields, String(name.value), parser);
	return parser;
}

/** `parser.set_defaults(func=serve)`. */
export function setDefaults(py: Python, call: Call, callee: Library): Thing {
	const before = callee.of?.fields.get(DEFAULTS);
	const fields: Fields = new Map([...(before?.kind === "structure" ? before.fields : []), ...call.keywords]);
	if (callee.of) py.run.journal.set(callee.of.fields, DEFAULTS, dictionary(fields, call.at));
	return NOTHING;
}

/** `parser.parse_args()` (argparse, "The parse_args() method"): the start command's arguments, else the defaults. */
export function parseArguments(py: Python, call: Call, callee: Library): Thing {
	const result: Structure = { kind: "structure", shape: "instance", fields: new Map(), parents: [], open: false, at: call.at };
	if (callee.of) parseWith(py, callee.of, result.fields, call, 0);
	return result;
}

function parseWith(py: Python, parser: Library, into: Fields, call: Call, depth: number): void {
	const kept = parser.fields.get(OPTIONS);
	for (const entry of kept?.kind === "list" ? kept.items : []) {
		if (entry.kind !== "structure") continue;
		const positional = entry.fields.get("*");
		const option = readOption({ ...call, positional: positional?.kind === "list" ? positional.items : [], keywords: entry.fields });
		if (option) into.set(option.name, optionValue(py, option, call));
	}
	const defaults = parser.fields.get(DEFAULTS);
	if (defaults?.kind === "structure") for (const [name, value] of defaults.fields) if (!into.has(name)) into.set(name, value);
	const subparsers = parser.fields.get(SUBPARSERS);
	if (subparsers?.kind !== "library" || depth > 5) return;
	const destination = subparsers.fields.get(DESTINATION);
	const name = destination?.kind === "plain" ? String(destination.value) : undefined;
	for (const arg of py.run.start.args) {
		const chosen = arg.kind === "known" ? subparsers.fields.get(arg.text) : undefined;
		if (arg.kind !== "known" || chosen?.kind !== "library") continue;
		if (name !== undefined) into.set(name, plain(arg.text, arg.from));
		parseWith(py, chosen, into, call, depth + 1);
		return;
	}
	if (name !== undefined) into.set(name, { kind: "argument", name, fallback: NOTHING, from: [call.at] });
}

/** A function behind `@click.option`s: called without arguments, it gets the start command's, else the defaults. */
export function withOptions(py: Python, target: Callable, decorators: readonly Library[], isCommand = false): Callable {
	const written = decorators.filter((one) => /^click\.(option|argument)\(\)$/.test(one.origin));
	const isGroup = decorators.some((one) => /^click\.group(\(\))?$/.test(one.origin));
	const commands: Fields = new Map();
	if (!isCommand && !isGroup && !decorators.some((one) => /^click\.command(\(\))?$/.test(one.origin))) return target;
	return {
		...target,
		fields: isGroup ? groupFields(py, commands, target) : target.fields,
		invoke: (call) => {
			if (call.positional.length > 0) return target.invoke(call);
			const keywords = new Map(call.keywords);
			for (const one of written) {
				const positional = one.fields.get("*");
				const option = readOption({ ...call, positional: positional?.kind === "list" ? positional.items : [], keywords: one.fields });
				if (option && !keywords.has(option.name)) keywords.set(option.name, optionValue(py, option, call));
			}
			const result = target.invoke({ ...call, keywords });
			const chosen = chooseCommand(py, commands);
			return chosen ? callThing(py, chosen, { ...call, keywords: new Map() }) : result;
		},
	};
}

/** `@cli.command()`, `@cli.group()` and `cli.add_command(f)` on a group. */
function groupFields(py: Python, commands: Fields, group: Callable): Fields {
	const add = (options: Call): Thing => ({
		...builtin((call) => {
			const target = call.positional[0];
			const command = target?.kind === "callable" ? withOptions(py, target, optionsBefore(target), true) : undefined;
			if (command) commands.set(commandName(command, options), command);
			return command ?? NOTHING;
		}),
		own: true,
	});
	const register = builtin(add);
	const addCommand = builtin((call) => {
		const command = call.positional[0];
		if (command?.kind === "callable") commands.set(commandName(command, { ...call, positional: call.positional.slice(1) }), command);
		return NOTHING;
	});
	return new Map([...group.fields, ["command", register], ["group", register], ["add_command", addCommand]]);
}

const KEPT = "(kept options)";

/** A function with the options of its decorators, for a group's decorator above them. */
export function keepOptions(target: Callable, options: readonly Library[]): Callable {
	const written = options.filter((one) => /^click\.(option|argument)\(\)$/.test(one.origin));
	if (written.length === 0) return target;
	const kept: Thing = { kind: "list", items: written, open: false, at: undefined };
	return { ...target, fields: new Map([...target.fields, [KEPT, kept]]) };
}

/** Options that stand between a group's decorator and the function. */
function optionsBefore(target: Callable): Library[] {
	const kept = target.fields.get(KEPT);
	return kept?.kind === "list" ? kept.items.flatMap((one) => (one.kind === "library" ? [one] : [])) : [];
}

/** What an option is at the start: given, else its variable's, else its default, which the command line may override. */
export function optionValue(py: Python, option: Option, call: Call): Thing {
	const given = givenValue(py, option);
	const convert = (thing: Thing): Thing =>
		option.convert ? each(thing, (one) => (one.kind === "plain" ? convertTo(py, option, one, call) : one)) : thing;
	if (given) return convert(given);
	const flag = option.flags.find((one) => one.startsWith("-"));
	const fallback = convert(option.byDefault);
	const open: Thing = flag
		? { kind: "argument", name: option.flags.find((one) => one.startsWith("--")) ?? flag, fallback, from: [call.at] }
		: fallback;
	return option.variable ? convert(py.run.variable(option.variable, open, call.at)) : open;
}

function convertTo(py: Python, option: Option, one: Thing, call: Call): Thing {
	if (!option.convert || option.convert.kind === "library") return one;
	return callThing(py, option.convert, { positional: [one], keywords: new Map(), self: undefined, at: call.at });
}

function givenValue(py: Python, option: Option): Thing | undefined {
	const missing = unclear(t("an argument that is not known"));
	const args = py.run.start.args;
	for (const [index, arg] of args.entries()) {
		if (arg.kind !== "known") continue;
		for (const flag of option.flags.filter((one) => one.startsWith("-"))) {
			if (arg.text === flag) {
				if (option.isSwitch) return plain(true, arg.from);
				const next = args[index + 1];
				return next ? fromValue(next, missing) : missing;
			}
			const attached = flag.startsWith("--") ? `${flag}=` : flag;
			if (!option.isSwitch && arg.text.startsWith(attached) && arg.text.length > attached.length)
				return plain(arg.text.slice(attached.length), arg.from);
		}
	}
	// A positional argument is the first that is no flag; with flags before it, whose is whose cannot be told.
	const first = args[0];
	const positional = option.flags.every((flag) => !flag.startsWith("-"));
	return positional && first && !(first.kind === "known" && first.text.startsWith("-")) ? fromValue(first, missing) : undefined;
}
