import { dirname } from "node:path/posix";
import type { TestExpression, Word, WordPart } from "unbash";
import { resolvePath } from "../dockerfile/walk.ts";
import { known, likelyText, mapText, type Value } from "../model/value.ts";
import type { Asking } from "./asking.ts";
import { patternOf } from "./patterns.ts";
import { toRegex } from "./sed.ts";
import type { ShellState } from "./state.ts";
import { and, decide, FALSE, not, OPEN, or, TRUE, type Truth } from "./truth.ts";
import { expandPart, expandWhole } from "./words.ts";

/** The words of `[ … ]` and `test`, without the brackets (POSIX "test"). */
export function* testWords(words: readonly Value[], state: ShellState): Asking<Truth> {
	const reader = { words, at: 0 };
	const result = yield* readOr(reader, state);
	return reader.at === words.length ? result : OPEN;
}

/** `[[ … ]]` (bash, "Conditional Constructs"). */
export function* testExpression(node: TestExpression, state: ShellState): Asking<Truth> {
	switch (node.type) {
		case "TestGroup":
			return yield* testExpression(node.expression, state);
		case "TestNot": {
			const inner = yield* testExpression(node.operand, state);
			return node.negations.length % 2 === 1 ? not(inner) : inner;
		}
		case "TestLogical": {
			let result: Truth = node.operator === "&&" ? TRUE : FALSE;
			for (const operand of node.operands) {
				const one = yield* testExpression(operand, state);
				result = node.operator === "&&" ? and(result, one) : or(result, one);
			}
			return result;
		}
		case "TestUnary":
			return yield* unary(node.operator, yield* expandWhole(node.operand, state), state);
		case "TestBinary":
			if (node.operator === "=" || node.operator === "==" || node.operator === "!=") {
				const same = yield* matchesPattern(yield* expandWhole(node.left, state), node.right, state);
				return node.operator === "!=" ? not(same) : same;
			}
			if (node.operator === "=~") return yield* matchesRegex(yield* expandWhole(node.left, state), node.right, state);
			return binary(node.operator, yield* expandWhole(node.left, state), yield* expandWhole(node.right, state));
	}
}

/** Whether a value matches a pattern of `case` or `[[ x == pattern ]]`. */
export function* matchesPattern(value: Value, pattern: Word, state: ShellState): Asking<Truth> {
	const regex = yield* patternOf(pattern, (part: WordPart) => expandPart(part, state));
	if (regex === undefined) return decide([value, yield* expandWhole(pattern, state)], (text, other) => (text === other ? true : undefined));
	const compiled = new RegExp(`^(?:${regex})$`);
	// Whatever the text is.
	if (regex === "[\\s\\S]*") return TRUE;
	return decide([value], (text) => (text.length > 2000 ? undefined : compiled.test(text)));
}

/** `[[ x =~ regex ]]`: what is written in quotes stands for itself. Sets BASH_REMATCH. */
function* matchesRegex(value: Value, pattern: Word, state: ShellState): Asking<Truth> {
	let source = "";
	for (const part of pattern.parts ?? [undefined]) {
		if (!part) source += pattern.value;
		else if (part.type === "Literal" || part.type === "Glob" || part.type === "BraceExpansion" || part.type === "ExtendedGlob")
			source += part.text;
		else {
			const text = likelyText(yield* expandPart(part, state));
			if (text === undefined) return OPEN;
			source += /Quoted$/.test(part.type) ? text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") : text;
		}
	}
	const regex = toRegex(source, true, "");
	state.arrays.delete("BASH_REMATCH");
	if (!regex) return OPEN;
	const truth = decide([value], (text) => (text.length > 2000 ? undefined : regex.test(text)));
	const found = truth.value ? regex.exec(likelyText(value) ?? "") : undefined;
	if (found)
		state.arrays.set(
			"BASH_REMATCH",
			found.map((group) => mapText(value, (_, from) => known(group ?? "", ...from))),
		);
	return truth;
}

interface Reader {
	readonly words: readonly Value[];
	at: number;
}

function peek(reader: Reader, ahead = 0): string | undefined {
	const word = reader.words[reader.at + ahead];
	return word?.kind === "known" ? word.text : undefined;
}

function* readOr(reader: Reader, state: ShellState): Asking<Truth> {
	let result = yield* readAnd(reader, state);
	while (peek(reader) === "-o") {
		reader.at++;
		result = or(result, yield* readAnd(reader, state));
	}
	return result;
}

function* readAnd(reader: Reader, state: ShellState): Asking<Truth> {
	let result = yield* readNot(reader, state);
	while (peek(reader) === "-a") {
		reader.at++;
		result = and(result, yield* readNot(reader, state));
	}
	return result;
}

function* readNot(reader: Reader, state: ShellState): Asking<Truth> {
	const left = reader.words.length - reader.at;
	if (left === 0) return FALSE;
	if (peek(reader) === "!" && left > 1) {
		reader.at++;
		return not(yield* readNot(reader, state));
	}
	const operator = peek(reader, 1);
	if (operator !== undefined && isBinary(operator) && left >= 3) {
		const [a, , b] = reader.words.slice(reader.at, reader.at + 3);
		reader.at += 3;
		return a && b ? binary(operator, a, b) : OPEN;
	}
	const flag = peek(reader);
	if (flag !== undefined && /^-[a-zA-Z]$/.test(flag) && left >= 2) {
		const operand = reader.words[reader.at + 1];
		reader.at += 2;
		return operand ? yield* unary(flag, operand, state) : OPEN;
	}
	if (flag === "(") {
		reader.at++;
		const inner = yield* readOr(reader, state);
		reader.at++;
		return inner;
	}
	// `[ -z ]` with nothing behind it, and `[ word ]`.
	const word = reader.words[reader.at++];
	return word ? decide([word], (text) => text !== "") : FALSE;
}

function isBinary(operator: string): boolean {
	return /^(=|==|!=|<|>|-(eq|ne|lt|le|gt|ge|nt|ot|ef))$/.test(operator);
}

const NUMBERS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
	"-eq": (a, b) => a === b,
	"-ne": (a, b) => a !== b,
	"-lt": (a, b) => a < b,
	"-le": (a, b) => a <= b,
	"-gt": (a, b) => a > b,
	"-ge": (a, b) => a >= b,
};

function binary(operator: string, left: Value, right: Value): Truth {
	if (operator === "=" || operator === "==") return decide([left, right], (a, b) => a === b);
	if (operator === "!=") return decide([left, right], (a, b) => a !== b);
	const compare = NUMBERS[operator];
	if (!compare) return OPEN;
	return decide([left, right], (a = "", b = "") =>
		/^\s*-?\d+\s*$/.test(a) && /^\s*-?\d+\s*$/.test(b) ? compare(Number(a), Number(b)) : a === "" || b === "" ? false : undefined,
	);
}

function* unary(operator: string, operand: Value, state: ShellState): Asking<Truth> {
	switch (operator) {
		case "-z":
			return decide([operand], (text) => text === "");
		case "-n":
			return decide([operand], (text) => text !== "");
		case "-v": {
			const name = likelyText(operand);
			if (name === undefined) return OPEN;
			return state.environment.has(name) ? TRUE : { value: false, variables: [name] };
		}
		case "-e":
		case "-f":
		case "-d":
		case "-r":
		case "-s":
		case "-x":
			return yield* testFile(operator, operand, state);
		default:
			return OPEN;
	}
}

/** Folders in which base images, packages and volumes have files that are out of view. */
const SHARED_FOLDERS = /^\/(?:bin|boot|config|data|dev|etc|home|lib\w*|media|mnt|opt|proc|root|run|sbin|sys|tmp|usr|var)?(?:\/|$)/;

/**
 * A path that this build puts there exists. One that it does not may come with the base image or a volume, except beside files that
 * this build copies into a folder of its own, and a bare name beside the program: `[ -f "$1" ]` of an entrypoint script asks
 * whether its command is a file.
 */
function* testFile(operator: string, operand: Value, state: ShellState): Asking<Truth> {
	const text = likelyText(operand);
	if (text === undefined) return OPEN;
	if (text === "") return decide([operand], () => false);
	const path = resolvePath(state.cwd, text);
	const { entry } = yield { ask: "look", path };
	if (entry === "file") return operator === "-d" ? FALSE : TRUE;
	if (entry === "folder") return operator === "-f" ? FALSE : TRUE;
	if (entry === "absent" && (yield* isInView(dirname(path)))) return FALSE;
	return entry === "absent" && /^[\w-]+$/.test(text) && state.args.some((arg) => likelyText(arg) === text) ? FALSE : OPEN;
}

/** Whether all that stands in a folder is what this build copies there, the folder itself included. */
function* isInView(folder: string): Asking<boolean> {
	for (let one = folder; !SHARED_FOLDERS.test(one); one = dirname(one)) {
		const { entry } = yield { ask: "look", path: one };
		if (entry !== "absent") return entry === "folder";
	}
	return false;
}
