import type { DoubleQuotedPart, LocaleStringPart, Word, WordPart } from "unbash";
import { withDefault } from "../dockerfile/expand.ts";
import { concat, type Environment, known, likelyText, lookUp, mapText, unknown, type Value } from "../model/value.ts";

/** What a shell knows while it expands words. */
export interface ShellState {
	readonly environment: Environment;
	/** `$1`, `$2`, … */
	readonly args: readonly Value[];
	/** `$0`. */
	readonly script: string;
}

/**
 * The words that one written word becomes: `"$@"` becomes as many as there are arguments, and an expansion without quotes
 * as many as its value has, none when it is empty (POSIX, "Field Splitting").
 */
export function expandWord(word: Word, state: ShellState): Value[] {
	if (word.text === '"$@"' || word.text === "$@" || word.text === "$*") return [...state.args];
	const value = expandParts(word.parts, word.value, state);
	const [only, ...others] = word.parts ?? [];
	const unquoted = others.length === 0 && (only?.type === "SimpleExpansion" || only?.type === "ParameterExpansion");
	return unquoted ? splitFields(value) : [value];
}

/** The value of a word that is not split, whatever it holds: what stands behind `NAME=`. */
export function expandWhole(word: Word, state: ShellState): Value {
	return expandParts(word.parts, word.value, state);
}

function splitFields(value: Value): Value[] {
	const text = likelyText(value);
	if (text === undefined) return [value];
	const fields = text.split(/\s+/).filter(Boolean);
	return fields.map((field) => mapText(value, (_, from) => known(field, ...from)));
}

function expandParts(parts: readonly WordPart[] | undefined, plain: string, state: ShellState): Value {
	if (!parts) return known(plain);
	return joined(parts.map((part) => expandPart(part, state)));
}

function expandPart(part: WordPart, state: ShellState): Value {
	switch (part.type) {
		case "Literal":
		case "SingleQuoted":
		case "AnsiCQuoted":
		case "Glob":
			return known(part.value);
		case "DoubleQuoted":
		case "LocaleString":
			return expandQuoted(part, state);
		case "SimpleExpansion":
			return lookUpParameter(part.text.slice(1), state);
		case "ParameterExpansion": {
			const value = lookUpParameter(part.parameter, state);
			if (part.prefix || part.index) return unknown(`${part.text} is not followed`);
			if (!part.operation) return value;
			if (part.operation.type !== "Default") return unknown(`${part.text} is not followed`);
			const { operator, operand } = part.operation;
			const given = () => expandWhole(operand, state);
			if (operator === "-" || operator === "=") return withDefault(value, given(), false);
			if (operator === ":-" || operator === ":=") return withDefault(value, given(), true);
			if (operator === "?" || operator === ":?") return value;
			return value.kind === "variable" && !value.fallback ? known("") : given();
		}
		default:
			return unknown(`${part.text} is computed by the shell`);
	}
}

function expandQuoted(part: DoubleQuotedPart | LocaleStringPart, state: ShellState): Value {
	return joined(part.parts.map((child) => expandPart(child, state)));
}

/** Beside other text a variable that is not set is empty, and the text still counts: `--port=$PORT` is a flag. */
function joined(values: readonly Value[]): Value {
	if (values.length === 1 && values[0]) return values[0];
	return concat(values.map((value) => (value.kind === "variable" && !value.fallback ? { ...value, fallback: known("") } : value)));
}

function lookUpParameter(name: string, state: ShellState): Value {
	if (name === "0") return known(state.script);
	if (/^[1-9]\d*$/.test(name)) return state.args[Number(name) - 1] ?? known("");
	if (/^[A-Za-z_]\w*$/.test(name)) return lookUp(state.environment, name);
	return unknown(`$${name} is only known at run time`);
}
