import { type Call, fromValue, list, NOTHING, plain, type Thing } from "../../core/thing.ts";
import { pointee } from "../assign.ts";
import { callThing } from "../calls.ts";
import type { Field, Go } from "../go.ts";
import { ownMethod } from "../members.ts";
import { tagValue } from "./configFiles.ts";
import { type Model, textOf } from "./model.ts";
import { made } from "./values.ts";

/** The commands of a struct with options, and which of them the start command names. */
export interface Choice {
	offered: boolean;
	/** The names on the way to the command. */
	readonly path: string[];
	/** The struct behind it. */
	command: Thing | undefined;
}

export function noCommand(): Choice {
	return { offered: false, path: [], command: undefined };
}

/** A command's name, when a field is one: `command:"serve"` (go-flags), `cmd:""` (kong), `arg:"subcommand:serve"` (go-arg). */
export function commandName(field: Field, tag: "command" | "cmd" | "arg"): string | undefined {
	const written = tagValue(field.tag, tag);
	if (written === undefined) return undefined;
	if (tag === "arg") {
		const [whole, name] = /(?:^|,)\s*subcommand(?::([\w-]+))?/.exec(written) ?? [];
		return whole === undefined ? undefined : (name ?? field.name.toLowerCase());
	}
	if (tag === "command") return written;
	return tagValue(field.tag, "name") ?? field.name.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
}

/** Whether the start command names this one; the one that stands in for a missing name counts when no other is named before. */
export function offer(go: Go, choice: Choice, name: string, byDefault = false): boolean {
	choice.offered = true;
	const words = go.run.start.args.map((one) => textOf(fromValue(one, plain(""))) ?? "");
	if (!words.includes(name) && !(byDefault && words.every((one) => one.startsWith("-")))) return false;
	choice.path.push(name);
	return true;
}

const CHOICES = new WeakMap<Thing, Choice>();

export function choiceOf(parser: Thing): Choice | undefined {
	return CHOICES.get(parser);
}

/** What a reader of options answers: a parser or a context where the library has one. */
export function parserOf(go: Go, call: Call, callee: string, choice: Choice): Thing {
	const [, path = "", name = ""] = /^(.*)\.(\w+)$/.exec(callee) ?? [];
	const parser = made(/kong$/.test(path) && name === "Parse" ? `${path}.Context{}` : `${path}.Parser{}`);
	CHOICES.set(parser, choice);
	if (/go-flags$/.test(path)) return name === "NewParser" ? parser : list([list([]), start(go, parser, choice, call)]);
	if (/kong$/.test(path)) {
		if (choice.offered && choice.path.length === 0) go.run.showsUsage = true;
		return name === "New" ? list([parser, NOTHING]) : parser;
	}
	return NOTHING;
}

/** What parsers and contexts do with the command that was chosen. */
export const runCommand: Model = (go, call, callee) => {
	const on = callee.of;
	const choice = on && CHOICES.get(on);
	const name = callee.origin.slice(callee.origin.lastIndexOf(".") + 1);
	if (!choice) return undefined;
	if (on.origin.endsWith("go-flags.Parser{}"))
		return /^Parse(Args)?$/.test(name) ? list([list([]), start(go, on, choice, call)]) : undefined;
	switch (name) {
		case "Parse": {
			const context = made("github.com/alecthomas/kong.Context{}");
			CHOICES.set(context, choice);
			return list([context, NOTHING]);
		}
		case "Command":
			return plain(choice.path.join(" "));
		case "Run": {
			const method = choice.command && ownMethod(go, choice.command, "Run");
			const count = (method && go.signatures.get(method)?.parameters.length) ?? 0;
			const positional = Array.from({ length: count }, (_, index) => call.positional[index] ?? NOTHING);
			return method ? callThing(go, method, { ...call, positional, keywords: new Map(), self: undefined }) : undefined;
		}
		default:
			return undefined;
	}
};

/** go-flags runs the command itself, or hands it to the program's handler; without one it says what commands there are. */
function start(go: Go, parser: Thing & { kind: "library" }, choice: Choice, call: Call): Thing {
	const optional = parser.fields.get("SubcommandsOptional");
	if (!choice.offered) return NOTHING;
	if (!choice.command) {
		if (!(optional?.kind === "plain" && optional.value === true)) go.run.showsUsage = true;
		return NOTHING;
	}
	const words = list([], call.at);
	const handler = parser.fields.get("CommandHandler");
	if (handler)
		return callThing(go, pointee(go, handler), { positional: [choice.command, words], keywords: new Map(), self: undefined, at: call.at });
	const method = ownMethod(go, choice.command, "Execute");
	return method ? callThing(go, method, { positional: [words], keywords: new Map(), self: undefined, at: call.at }) : NOTHING;
}
