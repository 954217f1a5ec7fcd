import { t } from "../../model/message.ts";
import { type Call, type Library, library, list, NOTHING, plain, type Thing } from "../core/thing.ts";
import { callThing } from "./calls.ts";
import { chainOf } from "./chains.ts";
import { type Declared, kebab, parsedArguments } from "./givenArguments.ts";
import type { JavaScript } from "./javascript.ts";
import type { Model } from "./libraries.ts";
import { readVirtual } from "./virtual.ts";

/** Commander, README "Options" and "Commands"; cac, README. Options are declared on a command and read after `parse`. */
export const COMMANDER: Readonly<Record<string, Model>> = { commander: commanderCall, cac: commanderCall, sade: commanderCall };

function commanderCall(js: JavaScript, call: Call, callee: Library): Thing | undefined {
	const method = /([A-Za-z]+)$/.exec(callee.origin)?.[1] ?? "";
	const on = callee.of;
	if (/^(Option|Argument|createOption)$/.test(method) || chainOf(callee, "Option")) return undefined;
	if (/^(Command|createCommand|cac|sade)$/.test(method)) return library("commander.Command()", callee);
	if (!on) return undefined;
	if (on.origin === DEAD) return on;
	switch (method) {
		case "option":
		case "requiredOption":
			declare(on, optionOf(call));
			return on;
		case "addOption":
			declare(on, optionObject(js, call.positional[0], call));
			return on;
		case "command":
			return subcommand(js, call, on);
		case "argument":
		case "arguments":
			return withOperands(on, call.positional[0]);
		case "action":
			runAction(js, call, on);
			return on;
		case "opts":
		case "optsWithGlobals":
			return optionsOf(js, on);
		case "parse":
			return on;
		default:
			// `version`, `description`, `parseAsync`, `name`, …
			return on;
	}
}

/** `program.port`: old versions keep options as properties of the command (Commander, "Legacy options as properties"). */
export function commanderProperty(js: JavaScript, object: Library, name: string, at: Call["at"]): Thing | undefined {
	if (!/^(commander(\.program|\.Command\(\)|\.default)?)$/.test(object.origin)) return undefined;
	if (name === "options") return optionsOf(js, object);
	const declared = DECLARED.get(object.fields)?.some((one) => one.names.includes(kebab(name)));
	const options = declared ? optionsOf(js, object) : undefined;
	return options?.kind === "library" ? readVirtual(options, name, at) : undefined;
}

const DEAD = "commander.Command(not started)";

const DECLARED = new WeakMap<Library["fields"], Declared[]>();
const OPERANDS = new WeakMap<Library["fields"], number>();

function declare(on: Library, option: Declared | undefined): void {
	if (option) DECLARED.set(on.fields, [...(DECLARED.get(on.fields) ?? []), option]);
}

function optionsOf(js: JavaScript, of: Library): Thing {
	const parents: Library[] = [];
	for (let one: Library | undefined = of; one && parents.length < 5; one = PARENTS.get(one.fields)) parents.push(one);
	return parsedArguments(
		js,
		"commander.options",
		parents.flatMap((one) => DECLARED.get(one.fields) ?? []),
	);
}

/** `"-p, --port <number>"`, a description, a parser or the default, the default. */
function optionOf(call: Call): Declared | undefined {
	const [flags, , ...rest] = call.positional;
	if (flags?.kind !== "plain") return undefined;
	const last = rest.findLast((one) => one.kind !== "callable" && one.kind !== "library");
	const missing = last?.kind === "structure" ? (last.fields.get("default") ?? NOTHING) : (last ?? NOTHING);
	return flagsOf(String(flags.value), missing);
}

function flagsOf(written: string, missing: Thing): Declared {
	const names = [...written.matchAll(/--?([A-Za-z0-9][A-Za-z0-9-]*)/g)].map((match) => match[1] ?? "");
	return { names, missing, isSwitch: !/[<[]/.test(written) };
}

/** `new Option("--port <n>").default(3000).env("PORT")`. */
function optionObject(js: JavaScript, option: Thing | undefined, call: Call): Declared | undefined {
	if (option?.kind !== "library") return undefined;
	const flags = chainOf(option, "Option")?.[0];
	if (flags?.kind !== "plain") return undefined;
	const byDefault = chainOf(option, "default")?.[0] ?? NOTHING;
	const variable = chainOf(option, "env")?.[0];
	const missing = variable?.kind === "plain" ? js.run.variable(String(variable.value), byDefault, call.at) : byDefault;
	return flagsOf(String(flags.value), missing);
}

const PARENTS = new WeakMap<Library["fields"], Library>();

/** `program.command("serve <folder>")` and what is chained to it counts when the first argument names it. */
function subcommand(js: JavaScript, call: Call, on: Library): Library {
	const first = call.positional[0];
	const words = first?.kind === "plain" ? String(first.value).split(/\s+/) : [];
	const given = js.run.start.args.find((one) => one.kind !== "known" || !one.text.startsWith("-"));
	const options = call.positional.at(-1);
	const isDefault = options?.kind === "structure" && options.fields.has("isDefault");
	const starts = given?.kind === "known" ? given.text === words[0] || words[0] === "*" : isDefault || words[0]?.startsWith("[") === true;
	const made = library(starts ? "commander.Command()" : DEAD, on);
	PARENTS.set(made.fields, on);
	OPERANDS.set(made.fields, words.filter((word) => /^[<[]/.test(word)).length);
	return made;
}

function withOperands(on: Library, written: Thing | undefined): Library {
	const count = written?.kind === "plain" ? String(written.value).split(/\s+/).length : 1;
	OPERANDS.set(on.fields, (OPERANDS.get(on.fields) ?? 0) + count);
	return on;
}

/** An action gets the command's operands, its options and the command. */
function runAction(js: JavaScript, call: Call, on: Library): void {
	const action = call.positional[0];
	if (!action) return;
	const isSubcommand = PARENTS.has(on.fields);
	const words = js.run.start.args.filter((one) => one.kind === "known" && !one.text.startsWith("-"));
	const operands: Thing[] = [];
	for (let i = 0; i < (OPERANDS.get(on.fields) ?? 0); i++) {
		const word = words[i + (isSubcommand ? 1 : 0)];
		operands.push(
			word?.kind === "known" ? plain(word.text, word.from) : { kind: "argument", name: t("an argument"), fallback: NOTHING, from: [] },
		);
	}
	callThing(js, action, { ...call, positional: [...operands, optionsOf(js, on), on, list([])], self: on });
}
