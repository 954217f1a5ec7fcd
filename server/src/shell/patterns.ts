import type { Word, WordPart } from "unbash";
import type { Value } from "../model/value.ts";
import type { Asking } from "./asking.ts";
import { possibilities } from "./truth.ts";

/** More stars make a pattern that is slow to match; no script needs them. */
const MAX_STARS = 8;

/** One that takes two code units is one. Patterns do without the flag `u`, because only so is their time limited (see linearRegex.ts). */
const ANY_CHARACTER = "(?:[\\ud800-\\udbff][\\udc00-\\udfff]|[\\s\\S])";

/**
 * A shell pattern as a regular expression without anchors (POSIX "Pattern Matching Notation"); undefined when it holds what
 * is only known at run time. `greedy` says how much `*` takes.
 */
export function* patternOf(word: Word, expand: (part: WordPart) => Asking<Value>, greedy = true): Asking<string | undefined> {
	if (!word.parts) return globOf(word.value, greedy);
	let pattern = "";
	for (const part of word.parts) {
		if (part.type === "Glob") {
			if (part.kind === "star") pattern += greedy ? "[\\s\\S]*" : "[\\s\\S]*?";
			else if (part.kind === "question") pattern += ANY_CHARACTER;
			else pattern += bracket(part.text) ?? escapeRegex(part.text);
		} else if (part.type === "ExtendedGlob" || part.type === "BraceExpansion") return undefined;
		else {
			const possible = possibilities(yield* expand(part));
			if (possible?.length !== 1 || (possible[0]?.variables.length ?? 0) > 0) return undefined;
			pattern += escapeRegex(possible[0]?.text ?? "");
		}
	}
	return pattern.split("[\\s\\S]*").length > MAX_STARS ? undefined : pattern;
}

/** A pattern written without quotes and expansions. */
function globOf(text: string, greedy: boolean): string | undefined {
	let pattern = "";
	let stars = 0;
	for (let i = 0; i < text.length; i++) {
		const char = text.charAt(i);
		if (char === "*") {
			pattern += greedy ? "[\\s\\S]*" : "[\\s\\S]*?";
			stars++;
		} else if (char === "?") pattern += ANY_CHARACTER;
		else pattern += escapeRegex(char);
	}
	return stars > MAX_STARS ? undefined : pattern;
}

function bracket(text: string): string | undefined {
	const inner = /^\[([!^]?)([\s\S]+)\]$/.exec(text);
	if (!inner) return undefined;
	const classes = (inner[2] ?? "").replace(/\[:(\w+):\]/g, (_, name: string) => CLASSES[name] ?? "");
	const source = `[${inner[1] ? "^" : ""}${classes.replace(/[[\]\\^]/g, "\\$&")}]`;
	try {
		new RegExp(source);
		return source;
	} catch {
		return undefined;
	}
}

const CLASSES: Readonly<Record<string, string>> = {
	digit: "0-9",
	alpha: "a-zA-Z",
	alnum: "a-zA-Z0-9",
	space: " \t\r\n",
	upper: "A-Z",
	lower: "a-z",
};

function escapeRegex(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
