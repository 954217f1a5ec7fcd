/** Longer lines are minified, and are left as they are. */
const MAX_LINE = 4000;
const MAX_TEXT = 400_000;

/** One command of a sed script: `s/a/b/` or `d`, for all lines or those that match. */
type Edit = (line: string, number: number) => string | undefined;

/**
 * A text after a sed script, as far as that consists of `s` and `d` commands with plain addresses (POSIX "sed"); undefined when
 * it holds anything else. `extended` as with -E.
 */
export function applySed(text: string, script: string, extended: boolean): string | undefined {
	const edits = parseScript(script, extended);
	if (!edits || text.length > MAX_TEXT) return undefined;
	const lines = text.split("\n");
	const ends = lines.at(-1) === "";
	if (ends) lines.pop();
	const result: string[] = [];
	for (const [index, line] of lines.entries()) {
		let edited: string | undefined = line;
		if (line.length <= MAX_LINE) for (const edit of edits) if (edited !== undefined) edited = edit(edited, index + 1);
		if (edited !== undefined) result.push(edited);
	}
	return result.join("\n") + (ends ? "\n" : "");
}

function parseScript(script: string, extended: boolean): Edit[] | undefined {
	const edits: Edit[] = [];
	let rest = script.trimStart();
	while (rest !== "") {
		const address = readAddress(rest, extended);
		if (!address) return undefined;
		rest = address.rest.trimStart();
		const command = rest.charAt(0);
		if (command === "s") {
			const parts = splitParts(rest.slice(1));
			if (!parts) return undefined;
			const [, flags = ""] = /^([gGiI0-9p]*)/.exec(parts.rest) ?? [];
			const regex = toRegex(parts.pattern, extended, `${flags.includes("g") ? "g" : ""}${/i/i.test(flags) ? "i" : ""}`);
			const replace = toReplacement(parts.replacement);
			if (!regex || /[0-9]/.test(flags)) return undefined;
			edits.push((line, number) => (address.matches(line, number) ? line.replace(regex, replace) : line));
			rest = parts.rest.slice(flags.length);
		} else if (command === "d") {
			edits.push((line, number) => (address.matches(line, number) ? undefined : line));
			rest = rest.slice(1);
		} else return undefined;
		const end = /^\s*(?:[;\n]\s*|$)/.exec(rest);
		if (!end) return undefined;
		rest = rest.slice(end[0].length);
	}
	return edits;
}

interface Address {
	matches(line: string, number: number): boolean;
	readonly rest: string;
}

/** `/regex/`, a line's number, or none. Ranges are not followed. */
function readAddress(text: string, extended: boolean): Address | undefined {
	const line = /^(\d+)(?!\s*,)/.exec(text);
	if (line) return { matches: (_, number) => number === Number(line[1]), rest: text.slice(line[0].length) };
	if (!text.startsWith("/")) return /^[sd]/.test(text) ? { matches: () => true, rest: text } : undefined;
	const pattern = /^\/((?:[^/\\]|\\.)+)\/(?!\s*[,!])/.exec(text);
	const regex = pattern && toRegex(pattern[1] ?? "", extended, "");
	return regex ? { matches: (one) => regex.test(one), rest: text.slice(pattern[0].length) } : undefined;
}

/** The parts of `/a/b/flags` behind an `s`, whatever the delimiter is. */
function splitParts(text: string): { pattern: string; replacement: string; rest: string } | undefined {
	const delimiter = text.charAt(0);
	if (delimiter === "" || /[\s\\]/.test(delimiter)) return undefined;
	const parts: string[] = [];
	let part = "";
	let at = 1;
	for (; at < text.length && parts.length < 2; at++) {
		const char = text.charAt(at);
		if (char === "\\" && at + 1 < text.length) {
			const next = text.charAt(++at);
			part += next === delimiter && !/[.*[\]^$&]/.test(next) ? next : `\\${next}`;
		} else if (char === delimiter) {
			parts.push(part);
			part = "";
		} else part += char;
	}
	const [pattern, replacement] = parts;
	return pattern === undefined || replacement === undefined ? undefined : { pattern, replacement, rest: text.slice(at) };
}

/** A POSIX expression as JavaScript's; undefined when it is none, or may take for ever. */
function toRegex(pattern: string, extended: boolean, flags: string): RegExp | undefined {
	let source = "";
	for (let i = 0; i < pattern.length; i++) {
		const char = pattern.charAt(i);
		if (char === "\\") {
			const next = pattern.charAt(++i);
			if (!extended && "(){}+?|".includes(next)) source += next;
			else if ("swSWbB".includes(next)) source += `\\${next}`;
			else if (next === "n" || next === "t") source += `\\${next}`;
			else if (/[0-9<>`']/.test(next)) return undefined;
			else source += /[\w\s"'=:,;@#%&~!<>-]/.test(next) ? next : `\\${next}`;
		} else if (char === "[") {
			const close = /^\[\^?\]?(?:\[:\w+:\]|[^\]])*\]/.exec(pattern.slice(i));
			if (!close) return undefined;
			source += bracket(close[0]);
			i += close[0].length - 1;
		} else if (!extended && "(){}+?|".includes(char)) source += `\\${char}`;
		else if (char === "*" && source === "") source += "\\*";
		else source += char;
	}
	if (/\([^)]*[*+{][^)]*\)[*+{]/.test(source)) return undefined;
	try {
		return new RegExp(source, flags);
	} catch {
		return undefined;
	}
}

const CLASSES: Readonly<Record<string, string>> = {
	digit: "0-9",
	alpha: "a-zA-Z",
	alnum: "a-zA-Z0-9",
	space: "\\s",
	blank: " \\t",
	upper: "A-Z",
	lower: "a-z",
};

function bracket(text: string): string {
	const negated = text.startsWith("[^");
	const inner = text
		.slice(negated ? 2 : 1, -1)
		.replace(/[\\[\]]|\[:(\w+):\]/g, (all, name?: string) => (name === undefined ? `\\${all}` : all));
	const classes = inner.replace(/\\\[:(\w+):\\\]/g, (_, name: string) => CLASSES[name] ?? "");
	return `[${negated ? "^" : ""}${classes}]`;
}

/** `&` and `\1` of a replacement. */
function toReplacement(text: string): (...match: string[]) => string {
	return (...match) =>
		text.replace(/\\([\s\S])|&/g, (all, escaped?: string) => {
			if (all === "&") return match[0] ?? "";
			if (/[1-9]/.test(escaped ?? "")) return match[Number(escaped)] ?? "";
			return escaped === "n" ? "\n" : escaped === "t" ? "\t" : (escaped ?? "");
		});
}
