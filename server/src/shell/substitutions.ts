import { basename, dirname } from "node:path/posix";
import type { Command, CommandExpansionPart, Statement, Word } from "unbash";
import { resolvePath } from "../dockerfile/walk.ts";
import { evidenceIn, rangeBetween } from "../model/text.ts";
import { known, likelyText, mapText, unknown, type Value } from "../model/value.ts";
import type { Asking } from "./asking.ts";
import { userNumber } from "./parameters.ts";
import type { ShellState } from "./state.ts";

type ExpandWord = (word: Word, state: ShellState) => Asking<Value[]>;

/** Larger outputs are no ports, names or flags. */
const MAX_OUTPUT = 4000;

/** What `$(…)` prints when that is plain from its text and the image's files, else unknown. */
export function* substitute(part: CommandExpansionPart, state: ShellState, expandWord: ExpandWord): Asking<Value> {
	const open = unknown(`${part.text.replace(/\s+/g, " ").slice(0, 40)} is computed by the shell`);
	const inner = { ...state };
	for (const [index, statement] of (part.script?.commands ?? []).entries()) {
		const commands = simpleCommands(statement);
		if (!commands) return open;
		for (const [at, command] of commands.entries()) {
			const last = index === (part.script?.commands.length ?? 0) - 1 && at === commands.length - 1;
			const words: Value[] = [];
			for (const word of [...(command.name ? [command.name] : []), ...command.args]) {
				if (word.type !== "Word") return open;
				words.push(...(yield* expandWord(word, inner)));
			}
			if (likelyText(words[0]) === "cd") {
				const to = likelyText(words.findLast((word) => likelyText(word) !== "--"));
				if (to === undefined) return open;
				inner.cwd = resolvePath(inner.cwd, to);
			} else if (!last) return open;
			else return (yield* output(words, inner)) ?? open;
		}
	}
	return open;
}

/** `a && b` and a plain command; pipes and everything else are not followed. */
function simpleCommands({ command }: Statement): readonly Command[] | undefined {
	if (command.type === "Command") return [command];
	if (command.type !== "AndOr" || command.operators.some((operator) => operator !== "&&")) return undefined;
	return command.commands.every((one) => one.type === "Command") ? command.commands : undefined;
}

function* output(words: readonly Value[], state: ShellState): Asking<Value | undefined> {
	const [name, ...args] = words.map((word) => likelyText(word));
	const operand = words.slice(1).find((word) => !likelyText(word)?.startsWith("-"));
	switch (name) {
		case "pwd":
			return known(state.cwd);
		case "dirname":
			return operand && mapText(operand, (text, from) => known(dirname(text), ...from));
		case "basename":
			return operand && args.length === 1 ? mapText(operand, (text, from) => known(basename(text), ...from)) : undefined;
		case "realpath":
		case "readlink":
			return operand && mapText(operand, (text, from) => known(resolvePath(state.cwd, text), ...from));
		case "echo":
			return args.length === 1 && !args[0]?.startsWith("-") ? operand : undefined;
		case "printf":
			return args.length === 2 && args[0] === "%s" ? words[2] : undefined;
		case "command":
			return args.length === 2 && args[0] === "-v" ? words[2] : undefined;
		case "which":
			return args.length === 1 ? operand : undefined;
		case "id":
			return args[0] === "-u" && args.length === 1 ? known(userNumber(state.user)) : args[0] === "-un" ? known(state.user) : undefined;
		case "whoami":
			return known(state.user);
		case "cat":
			return operand && args.length === 1 ? yield* contentOf(operand, state) : undefined;
		default:
			return undefined;
	}
}

function* contentOf(operand: Value, state: ShellState): Asking<Value | undefined> {
	const path = likelyText(operand);
	if (path === undefined) return undefined;
	const { file } = yield { ask: "read", path: resolvePath(state.cwd, path) };
	if (!file || file.text.length > MAX_OUTPUT) return undefined;
	return known(file.text.trimEnd(), evidenceIn(file, rangeBetween(file.text, 0, file.text.trimEnd().length), file.text.slice(0, 80)));
}
