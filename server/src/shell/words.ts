import type { Word, WordPart } from "unbash";
import { t } from "../model/message.ts";
import { concat, HOLE, known, likelyText, mapText, partialOf, unknown, type Value } from "../model/value.ts";
import { arithmetic } from "./arithmetic.ts";
import type { Asking } from "./asking.ts";
import { splitAt } from "./fields.ts";
import { type Expander, expandParameter, lookUpParameter } from "./parameters.ts";
import type { ShellState } from "./state.ts";
import { substitute } from "./substitutions.ts";

/**
 * The words that one written word becomes: `"$@"` becomes as many as there are arguments, and an expansion without quotes
 * as many as its value has, none when it is empty (POSIX, "Field Splitting").
 */
export function* expandWord(word: Word, state: ShellState): Asking<Value[]> {
	const list = listOf(word, state);
	if (list) return [...list];
	const value = yield* expandParts(word.parts, word.value, state);
	const [only, ...others] = word.parts ?? [];
	const unquoted =
		others.length === 0 && (only?.type === "SimpleExpansion" || only?.type === "ParameterExpansion" || only?.type === "CommandExpansion");
	return unquoted ? splitFields(value, state) : [value];
}

/** The value of a word that is not split, whatever it holds: what stands behind `NAME=`. */
export function* expandWhole(word: Word, state: ShellState): Asking<Value> {
	if (word.text === '"$@"' || word.text === "$@" || word.text === '"$*"' || word.text === "$*") return spaced(state.args);
	return yield* expandParts(word.parts, word.value, state);
}

/** The texts of parts written one after another: the body of a heredoc. */
export function* expandParts(parts: readonly WordPart[] | undefined, plain: string, state: ShellState): Asking<Value> {
	if (!parts) return known(plain);
	const values: Value[] = [];
	for (const part of parts) values.push(yield* expandPart(part, state));
	return joined(values);
}

/** The words of `"$@"`, `$*`, `"${@:2}"` and `"${args[@]}"`; undefined for other words. */
function listOf(word: Word, state: ShellState): readonly Value[] | undefined {
	if (/^"?\$[@*]"?$/.test(word.text)) return word.text === '"$*"' ? [spaced(state.args)] : state.args;
	const slice = /^"?\$\{@(?::(\d+))?(?::(\d+))?\}"?$/.exec(word.text);
	if (slice) {
		const first = Math.max(Number(slice[1] ?? 1), 1) - 1;
		return state.args.slice(first, slice[2] === undefined ? undefined : first + Number(slice[2]));
	}
	const array = /^"?\$\{(\w+)\[[@*]\](?::(\d+))?(?::(\d+))?\}"?$/.exec(word.text);
	if (!array) return undefined;
	const first = Number(array[2] ?? 0);
	return (state.arrays.get(array[1] ?? "") ?? []).slice(first, array[3] === undefined ? undefined : first + Number(array[3]));
}

function spaced(values: readonly Value[]): Value {
	return joined(values.flatMap((value, i) => (i === 0 ? [value] : [known(" "), value])));
}

function splitFields(value: Value, state: ShellState): Value[] {
	const text = likelyText(value);
	const separators = likelyText(state.environment.get("IFS")) ?? " \t\n";
	// Of options that are put together, those without a part that is not known are known.
	const partial = partialOf(value);
	if (partial !== undefined)
		return splitAt(partial, separators).map((field) =>
			field.includes(HOLE) ? { kind: "unknown", reason: t("{0} is computed by the shell", field), partial: field } : known(field),
		);
	if (text === undefined) return [value];
	const fields = splitAt(text, separators);
	return fields.map((field) => mapText(value, (_, from) => known(field, ...from)));
}

/** How parameters and arithmetic look into the words inside them. */
export const EXPANDER: Expander = { whole: expandWhole, part: expandPart };

export function* expandPart(part: WordPart, state: ShellState): Asking<Value> {
	switch (part.type) {
		case "Literal":
		case "SingleQuoted":
		case "AnsiCQuoted":
		case "Glob":
			return known(part.value);
		case "DoubleQuoted":
		case "LocaleString":
			return /^"\$\{?[@*]\}?"$/.test(part.text) ? spaced(state.args) : yield* expandParts(part.parts, "", state);
		case "SimpleExpansion": {
			const name = part.text.slice(1);
			return name === "@" || name === "*" ? spaced(state.args) : lookUpParameter(name, state);
		}
		case "ParameterExpansion":
			if (part.parameter === "@" || part.parameter === "*") return spaced(state.args);
			return yield* expandParameter(part, state, EXPANDER);
		case "CommandExpansion":
			return yield* substitute(part, state);
		case "ArithmeticExpansion":
			return part.expression ? yield* arithmetic(part.expression, state, EXPANDER) : unknown(t("{0} is computed by the shell", part.text));
		default:
			return unknown(t("{0} is computed by the shell", part.text));
	}
}

/** Beside other text a variable that is not set is empty, and the text still counts: `--port=$PORT` is a flag. */
export function joined(values: readonly Value[]): Value {
	if (values.length === 1 && values[0]) return values[0];
	return concat(values.map((value) => (value.kind === "variable" && !value.fallback ? { ...value, fallback: known("") } : value)));
}
