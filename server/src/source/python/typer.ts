import { builtin, type Call, type Callable, each, type Fields, type Library, library, NOTHING, plain, type Thing } from "../core/thing.ts";
import { keepOption, optionValue, readOption } from "./commandLine.ts";
import { pythonInt, pythonText } from "./literals.ts";
import type { Python } from "./python.ts";
import { chooseCommand, commandName } from "./subcommands.ts";

type Model = (py: Python, call: Call, callee: Library) => Thing;

const COMMANDS = "(commands)";

/**
 * Command lines that are made from a function's parameters: Typer (typer.tiangolo.com, "Parameter default values"), Fire
 * ("Using Flags"), and Abseil's flags (abseil.io, "Flags").
 */
export const FUNCTION_OPTIONS: Readonly<Record<string, Model>> = {
	"typer.Option": keepOption,
	"typer.Argument": keepOption,
	"typer.Typer().command": register,
	"typer.Typer().callback": () => ({ ...builtin((call) => call.positional[0] ?? NOTHING), own: true }),
	"typer.Typer()": (py, call, callee) => {
		const kept = callee.fields.get(COMMANDS);
		const commands: Fields = kept?.kind === "structure" ? kept.fields : new Map();
		const only = commands.size === 1 ? [...commands.values()][0] : undefined;
		const chosen = chooseCommand(py, commands) ?? (only?.kind === "callable" ? only : undefined);
		return chosen ? invokeWithOptions(py, chosen, call) : NOTHING;
	},
	"typer.run": runFunction,
	"fire.Fire": runFunction,
	...Object.fromEntries(["integer", "string", "boolean", "bool", "float"].map((type) => [`absl.flags.DEFINE_${type}`, defineFlag])),
};

/** `@app.command()` keeps the function on the application until that is called. */
function register(py: Python, options: Call, callee: Library): Thing {
	const decorator = builtin((call) => {
		const command = call.positional[0];
		const app = callee.of;
		if (command?.kind !== "callable" || !app) return command ?? NOTHING;
		const kept = app.fields.get(COMMANDS);
		const fields: Fields = new Map(kept?.kind === "structure" ? kept.fields : []);
		fields.set(commandName(command, options), command);
		py.run.journal.set(app.fields, COMMANDS, { kind: "structure", shape: "dictionary", fields, parents: [], open: false, at: options.at });
		return command;
	});
	return { ...decorator, own: true };
}

function runFunction(py: Python, call: Call): Thing {
	const target = call.positional[0];
	return target?.kind === "callable" ? invokeWithOptions(py, target, call) : NOTHING;
}

function invokeWithOptions(py: Python, target: Callable, call: Call): Thing {
	const keywords = new Map<string, Thing>();
	for (const [name, byDefault] of target.defaults ?? []) if (byDefault) keywords.set(name, parameterValue(py, name, byDefault, call));
	return target.invoke({ positional: [], keywords, self: undefined, at: call.at });
}

/** `port: int = 80`, `port: int = typer.Option(80, "--port", "-p", envvar="PORT")`. */
function parameterValue(py: Python, name: string, byDefault: Thing, call: Call): Thing {
	const declared = byDefault.kind === "library" && byDefault.origin.startsWith("typer.") ? byDefault : undefined;
	const written = declared?.fields.get("*");
	const [first, ...flags] = written?.kind === "list" ? written.items : [];
	const fallback = declared ? (declared.fields.get("default") ?? first ?? NOTHING) : byDefault;
	if (fallback.kind === "library" || fallback.kind === "callable" || declared?.origin === "typer.Argument()") return fallback;
	const keywords = new Map<string, Thing>([...(declared?.fields ?? []), ["default", fallback]]);
	const flag = plain(`--${name.replaceAll("_", "-")}`);
	const option = readOption({ ...call, positional: flags.length > 0 ? flags : [flag], keywords });
	return option ? asNumber(optionValue(py, option, call), fallback) : fallback;
}

/** A word of the command line becomes a number where the default is one. */
function asNumber(value: Thing, like: Thing): Thing {
	if (like.kind !== "plain" || typeof like.value !== "number") return value;
	return each(value, (one) => {
		const number = one.kind === "plain" && typeof one.value === "string" ? pythonInt(one.value) : undefined;
		return one.kind === "plain" && number !== undefined ? plain(number, one.from) : one;
	});
}

/** `flags.DEFINE_integer("port", 80, "…")`: on `flags.FLAGS`, and as the `value` of what the call returns. */
function defineFlag(py: Python, call: Call): Thing {
	const [name, byDefault = NOTHING] = call.positional;
	const flags = py.libraries.get("absl")?.attributes.get("flags");
	if (name?.kind !== "plain" || !flags) return NOTHING;
	const option = readOption({ ...call, positional: [plain(`--${pythonText(name.value)}`)], keywords: new Map([["default", byDefault]]) });
	const value = option ? asNumber(optionValue(py, option, call), byDefault) : byDefault;
	let all = flags.attributes.get("FLAGS");
	if (!all) {
		all = library("absl.flags.FLAGS", flags);
		flags.attributes.set("FLAGS", all);
	}
	py.run.journal.set(all.fields, pythonText(name.value), value);
	const holder = library("absl.flags.FlagHolder()");
	holder.fields.set("value", value);
	return holder;
}
