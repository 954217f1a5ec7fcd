import type { ParameterExpansionPart, ParameterOperation, Word, WordPart } from "unbash";
import { withDefault } from "../dockerfile/expand.ts";
import { t } from "../model/message.ts";
import { concat, known, likelyText, lookUp, mapText, unknown, type Value } from "../model/value.ts";
import type { Asking } from "./asking.ts";
import { patternOf } from "./patterns.ts";
import type { ShellState } from "./state.ts";

/** What parameter expansion needs of the words around it. */
export interface Expander {
	whole(word: Word, state: ShellState): Asking<Value>;
	part(part: WordPart, state: ShellState): Asking<Value>;
}

/** The value of `$name`, `$1`, `$#`, … */
export function lookUpParameter(name: string, state: ShellState): Value {
	if (name === "0" || name === "BASH_SOURCE") return known(state.script);
	if (name === "#") return known(String(state.args.length));
	if (name === "PWD") return known(state.cwd);
	if (name === "UID" || name === "EUID") return known(userNumber(state.user));
	if (/^[1-9]\d*$/.test(name)) return state.args[Number(name) - 1] ?? known("");
	if (RUN_TIME.has(name) && !state.environment.has(name)) return unknown(t("${0} is only known at run time", name));
	if (/^[A-Za-z_]\w*$/.test(name)) return lookUp(state.environment, name);
	return unknown(t("${0} is only known at run time", name));
}

function spaced(items: readonly Value[]): Value {
	return concat(items.flatMap((item, i) => (i === 0 ? [emptyIfUnset(item)] : [known(" "), emptyIfUnset(item)])));
}

/** Variables that every container has although no image sets them. */
const RUN_TIME = new Set([
	"HOSTNAME",
	"HOME",
	"USER",
	"PATH",
	"RANDOM",
	"SECONDS",
	"SHELL",
	"TERM",
	"LINENO",
	"PPID",
	"OPTARG",
	"OPTIND",
	"REPLY",
]);

/** A user as `id -u` prints it; a name other than root stands for some number that is not 0. */
export function userNumber(user: string): string {
	const name = user.split(":")[0] ?? "";
	return /^\d+$/.test(name) ? name : name === "root" || name === "" ? "0" : "1000";
}

/** `${…}` in all the forms of POSIX and bash ("Shell Parameter Expansion"). */
export function* expandParameter(part: ParameterExpansionPart, state: ShellState, words: Expander): Asking<Value> {
	const { operation, parameter } = part;
	const notFollowed = unknown(t("{0} is not followed", part.text));
	if (part.index) {
		const at = likelyText(yield* words.whole(part.index, state));
		const items = state.arrays.get(parameter);
		if (part.prefix === "#" && !operation && (at === "@" || at === "*") && items) return known(String(items.length));
		if ((at === "@" || at === "*") && items && !part.prefix && !operation) return spaced(items);
		const item = state.environment.get(`${parameter}[${at}]`) ?? items?.[Number(at) < 0 ? items.length + Number(at) : Number(at)];
		return parameter === "BASH_SOURCE" ? known(state.script) : !operation && !part.prefix && item ? item : notFollowed;
	}
	let value = lookUpParameter(parameter, state);
	if (part.prefix === "#") return operation ? notFollowed : mapText(value, (text) => known(String(text.length)));
	if (part.prefix === "!") {
		const name = likelyText(value);
		if (name === undefined || operation?.type === "Names") return notFollowed;
		value = lookUpParameter(name, state);
	}
	return operation ? yield* operate(value, part, operation, state, words) : value;
}

function* operate(
	value: Value,
	part: ParameterExpansionPart,
	operation: ParameterOperation,
	state: ShellState,
	words: Expander,
): Asking<Value> {
	const notFollowed = unknown(t("{0} is not followed", part.text));
	const expandPart = (one: WordPart) => words.part(one, state);
	const isUnset = value.kind === "variable" && !value.fallback;
	switch (operation.type) {
		case "Default": {
			const { operator } = operation;
			if (operator.endsWith("?")) return value;
			if (operator.endsWith("+")) {
				// Empty as long as nobody sets it.
				if (isUnset) return { ...value, fallback: known("") };
				const given = yield* words.whole(operation.operand, state);
				return mapText(value, (text) => (text === "" && operator === ":+" ? known("") : given));
			}
			if (value.kind === "known" && (value.text !== "" || !operator.startsWith(":"))) return value;
			const result = withDefault(value, yield* words.whole(operation.operand, state), operator.startsWith(":"));
			if (operator.endsWith("=")) state.environment.set(part.parameter, result);
			return result;
		}
		case "Remove": {
			const ends = operation.operator.startsWith("%");
			const longest = operation.operator.length === 2;
			const pattern = yield* patternOf(operation.operand, expandPart, longest);
			if (pattern === undefined) return notFollowed;
			return mapText(emptyIfUnset(value), (text, from) =>
				known(ends ? cutEnd(text, pattern, longest) : text.replace(new RegExp(`^(?:${pattern})`), ""), ...from),
			);
		}
		case "Replace": {
			const pattern = yield* patternOf(operation.pattern, expandPart);
			const replacement = likelyText(yield* words.whole(operation.replacement, state));
			if (pattern === undefined || replacement === undefined || pattern === "") return notFollowed;
			const [before, after] = [operation.operator === "/#" ? "^" : "", operation.operator === "/%" ? "$" : ""];
			const regex = new RegExp(`${before}(?:${pattern})${after}`, operation.operator === "//" ? "g" : "");
			return mapText(emptyIfUnset(value), (text, from) =>
				known(
					text.replace(regex, () => replacement),
					...from,
				),
			);
		}
		case "Slice": {
			const offset = Number(likelyText(yield* words.whole(operation.offset, state)));
			const length = operation.length ? Number(likelyText(yield* words.whole(operation.length, state))) : undefined;
			if (!Number.isInteger(offset) || (length !== undefined && !(Number.isInteger(length) && length >= 0))) return notFollowed;
			return mapText(emptyIfUnset(value), (text, from) => {
				const rest = text.slice(offset);
				return known(length === undefined ? rest : rest.slice(0, length), ...from);
			});
		}
		case "CaseModification": {
			const { operator, operand } = operation;
			if (operand) return notFollowed;
			return mapText(emptyIfUnset(value), (text, from) => known(changeCase(text, operator), ...from));
		}
		default:
			return notFollowed;
	}
}

/** The shell puts nothing where a variable is not set. */
export function emptyIfUnset(value: Value): Value {
	return value.kind === "variable" && !value.fallback ? { ...value, fallback: known("") } : value;
}

/** Removes a suffix: the longest starts as early as it can, the shortest as late. */
function cutEnd(text: string, pattern: string, longest: boolean): string {
	const regex = new RegExp(`^(?:${pattern})$`);
	const starts = [...Array(Math.min(text.length, 500) + 1).keys()];
	if (!longest) starts.reverse();
	const at = starts.find((start) => regex.test(text.slice(start)));
	return at === undefined ? text : text.slice(0, at);
}

function changeCase(text: string, operator: "^" | "^^" | "," | ",,"): string {
	const [first, rest] = [text.slice(0, 1), text.slice(1)];
	if (operator === "^^") return text.toUpperCase();
	if (operator === ",,") return text.toLowerCase();
	return (operator === "^" ? first.toUpperCase() : first.toLowerCase()) + rest;
}
