import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { known, unknown, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { flagValue, type Spellings, textOf } from "../commandLine.ts";
import { commandOf } from "../interpreter.ts";
import { predictClaim } from "../listener.ts";
import type { Technology } from "../technology.ts";
import { predictBinding } from "./binding.ts";

/** Where a command takes its port or its address from, the one that wins first. */
export interface Setting {
	readonly flags?: Spellings;
	/** Environment variables. */
	readonly variables?: readonly string[];
	/** Without one the command does not start unless it is told. */
	readonly byDefault?: string;
}

/** A command that serves, as its manual describes it. */
export interface ServerCommand {
	/** The program's names; `python -m name` is the same command. */
	readonly names: readonly string[];
	/** The subcommands that serve, `server start`; without them the program itself serves. */
	readonly verbs?: readonly string[];
	/** It serves without a subcommand, too. */
	readonly verbless?: boolean;
	readonly port: Setting;
	readonly address: Setting;
	/** Flags with which it opens no port: a Unix socket, an open handle, no server at all. */
	readonly quietWith?: Spellings;
	/** Flags that take address and port together. */
	readonly binding?: Spellings;
	/** Flags that open it to every interface. */
	readonly openWith?: Spellings;
}

/** The words of a command after its subcommand. */
export interface Subcommand {
	readonly verb: string;
	readonly options: readonly Value[];
}

/**
 * Commands of one program. `quiet` are subcommands that never listen: workers, migrations. Any other subcommand is a gap.
 */
export function serverCommands(commands: readonly ServerCommand[], quiet: readonly string[] = []): NonNullable<Technology["command"]> {
	return async (process) => {
		const command = commandOf(process);
		const mine = command ? commands.filter((one) => one.names.includes(command.name)) : [];
		if (!command || mine.length === 0) return undefined;
		if (asksForHelp(command.args)) return NOTHING;
		const verbs = [...mine.flatMap((one) => one.verbs ?? []), ...quiet];
		const given = subcommand(command.args, verbs);
		const serves = mine.find((one) => (given ? one.verbs?.includes(given.verb) : one.verbs === undefined || one.verbless));
		if (serves) return predictServer(process, given?.options ?? command.args, serves);
		if (given) return NOTHING;
		return unknownCommand(process, command.name);
	};
}

/** Nothing listens, and nothing is left open. */
export const NOTHING: Prediction = { listeners: [], gaps: [] };

export function unknownCommand(process: Process, name: string): Prediction {
	const at = process.evidence.at(-1);
	const reason = t("nothing is known about this {0} command", name);
	return { listeners: [], gaps: [at ? { reason, evidence: at } : { reason }] };
}

export function asksForHelp(args: readonly Value[]): boolean {
	return args.some((arg) => /^--(help|version)$/.test(textOf(arg) ?? ""));
}

/** The first of these subcommands that the words contain, with the words after it. */
export function subcommand(args: readonly Value[], verbs: readonly string[]): Subcommand | undefined {
	for (let at = 0; at < args.length; at++)
		for (const verb of verbs) {
			const words = verb.split(" ");
			if (words.every((word, i) => textOf(args[at + i]) === word)) return { verb, options: args.slice(at + words.length) };
		}
	return undefined;
}

/** What a server listens on whose port and address stand in flags or variables of their own. */
export function predictServer(process: Process, options: readonly Value[], command: Omit<ServerCommand, "names" | "verbs">): Prediction {
	if (command.quietWith && isPresent(options, command.quietWith)) return NOTHING;
	const binding = command.binding && flagValue(options, command.binding);
	if (binding) return predictBinding(process, binding, { port: command.port.byDefault ?? "", address: command.address.byDefault ?? "" });
	const port = given(process, options, command.port);
	const open = command.openWith && isPresent(options, command.openWith) ? known("0.0.0.0") : undefined;
	const address = open ?? given(process, options, command.address);
	return predictClaim({
		port: port ?? byDefault(process, options, command.port.byDefault),
		address: address ?? known(command.address.byDefault ?? ""),
		byConvention: port === undefined,
		anyAddress: "0.0.0.0",
		evidence: process.evidence,
	});
}

/** What the flags say, else the variables that the image sets. */
export function given(process: Process, options: readonly Value[], setting: Setting): Value | undefined {
	const flag = flagValue(options, setting.flags ?? []);
	if (flag) return flag;
	for (const name of setting.variables ?? []) {
		const set = process.environment.get(name);
		if (set) return set;
	}
	return undefined;
}

export function isPresent(options: readonly Value[], flags: Spellings): boolean {
	return options.some((one) => flags.includes(textOf(one) ?? "")) || flagValue(options, flags) !== undefined;
}

/** The default, which an open word of the command line (`uvicorn app:app $ARGS`) may override. */
export function byDefault(process: Process, options: readonly Value[], text: string | undefined): Value {
	if (text === undefined) return unknown(t("no port is given"));
	const last = process.evidence.at(-1);
	const value = last ? known(text, last) : known(text);
	for (const [index, word] of options.entries()) {
		if (index > 0 && textOf(options[index - 1])?.startsWith("-")) continue;
		if ((word.kind === "variable" || word.kind === "argument") && !word.fallback)
			return { kind: word.kind, name: word.name, fallback: value, from: word.from };
		if (word.kind === "unknown") return { kind: "oneOf", values: [value, word] };
	}
	return value;
}
