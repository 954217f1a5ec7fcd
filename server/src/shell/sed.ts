/** Longer lines are minified, and are left as they are. */
const MAX_LINE = 4000;
const MAX_TEXT = 400_000;

/** What a script does to one line: the line as it is by then, and what stands before and after it. */
interface Cycle {
	/** Undefined once it is deleted. */
	line: string | undefined;
	readonly before: string[];
	readonly after: string[];
}

/** One command of a sed script. */
type Edit = (cycle: Cycle, at: LineNumber) => void;

interface LineNumber {
	readonly number: number;
	readonly isLast: boolean;
}

/**
 * A text after a sed script, as far as that consists of `s`, `d`, `p`, `a`, `i` and `c` commands with plain addresses and ranges
 * (POSIX "sed", with the one-line forms of GNU); undefined when it holds anything else. `extended` as with -E, `quiet` as with -n.
 */
export function applySed(text: string, script: string, extended: boolean, quiet = false): string | undefined {
	const edits = parseScript(script, extended);
	if (!edits || text.length > MAX_TEXT) return undefined;
	const lines = text.split("\n");
	const ends = lines.at(-1) === "";
	if (ends) lines.pop();
	const result: string[] = [];
	for (const [index, line] of lines.entries()) {
		const cycle: Cycle = { line, before: [], after: [] };
		const at = { number: index + 1, isLast: index === lines.length - 1 };
		if (line.length <= MAX_LINE) for (const edit of edits) if (cycle.line !== undefined) edit(cycle, at);
		result.push(...cycle.before, ...(cycle.line === undefined || quiet ? [] : [cycle.line]), ...cycle.after);
	}
	return result.join("\n") + (ends && result.length > 0 ? "\n" : "");
}

function parseScript(script: string, extended: boolean): Edit[] | undefined {
	const edits: Edit[] = [];
	let rest = script.trimStart();
	while (rest !== "") {
		const address = readAddress(rest, extended);
		if (!address) return undefined;
		const read = readCommand(address.rest.trimStart(), extended);
		if (!read) return undefined;
		edits.push((cycle, at) => {
			if (address.matches(cycle.line ?? "", at)) read.edit(cycle, at);
		});
		const end = /^\s*(?:[;\n]\s*|$)/.exec(read.rest);
		if (!end) return undefined;
		rest = read.rest.slice(end[0].length);
	}
	return edits;
}

function readCommand(text: string, extended: boolean): { edit: Edit; rest: string } | undefined {
	const command = text.charAt(0);
	if (command === "s") return readSubstitution(text, extended);
	if (command === "d")
		return {
			rest: text.slice(1),
			edit(cycle) {
				cycle.line = undefined;
			},
		};
	if (command === "p")
		return {
			rest: text.slice(1),
			edit(cycle) {
				cycle.before.push(cycle.line ?? "");
			},
		};
	// Their text goes to the end of the line; a backslash and a newline may stand before it.
	const written = /^[aic](?:\\\s*\n|\\|\s*)([^\n]*)/.exec(text);
	if (!written || !/^[aic](\s|\\|[^;\s])/.test(text) || written[1]?.endsWith("\\")) return undefined;
	const added = (written[1] ?? "").replace(/\\([nt\\])/g, (_, char: string) => ({ n: "\n", t: "\t" })[char] ?? char).split("\n");
	return {
		rest: text.slice(written[0].length),
		edit(cycle) {
			if (command === "a") cycle.after.push(...added);
			else cycle.before.push(...added);
			if (command === "c") cycle.line = undefined;
		},
	};
}

function readSubstitution(text: string, extended: boolean): { edit: Edit; rest: string } | undefined {
	const parts = splitParts(text.slice(1));
	if (!parts) return undefined;
	const [, flags = ""] = /^([gGiI0-9p]*)/.exec(parts.rest) ?? [];
	const regex = toRegex(parts.pattern, extended, `${flags.includes("g") ? "g" : ""}${/i/i.test(flags) ? "i" : ""}`);
	const replace = toReplacement(parts.replacement);
	if (!regex || /[0-9]/.test(flags)) return undefined;
	return {
		rest: parts.rest.slice(flags.length),
		edit(cycle) {
			const before = cycle.line ?? "";
			cycle.line = before.replace(regex, replace);
			if (flags.includes("p") && (cycle.line !== before || new RegExp(regex.source, regex.flags).test(before)))
				cycle.before.push(cycle.line);
		},
	};
}

interface Address {
	matches(line: string, at: LineNumber): boolean;
	readonly rest: string;
}

/** `/regex/`, a line's number, `$`, two of them for a range, or none; `!` for all other lines. */
function readAddress(text: string, extended: boolean): Address | undefined {
	const first = readPoint(text, extended);
	if (first === undefined) return undefined;
	if (!first.matches) return { matches: () => true, rest: text };
	const isFirst = first.matches;
	let matches: Address["matches"] = isFirst;
	let rest = first.rest.trimStart();
	if (rest.startsWith(",")) {
		const second = readPoint(rest.slice(1).trimStart(), extended);
		if (!second?.matches) return undefined;
		const isSecond = second.matches;
		let inside = false;
		matches = (line, at) => {
			if (inside) inside = !isSecond(line, at);
			else if (isFirst(line, at)) inside = !at.isLast && !(second.number !== undefined && second.number <= at.number);
			else return false;
			return true;
		};
		rest = second.rest.trimStart();
	}
	if (!rest.startsWith("!")) return { matches, rest };
	return { matches: (line, at) => !matches(line, at), rest: rest.slice(1) };
}

/** One address; without `matches` where none stands. */
function readPoint(text: string, extended: boolean): { matches?: Address["matches"]; number?: number; rest: string } | undefined {
	const line = /^\d+/.exec(text);
	if (line) return { matches: (_, at) => at.number === Number(line[0]), number: Number(line[0]), rest: text.slice(line[0].length) };
	if (text.startsWith("$")) return { matches: (_, at) => at.isLast, rest: text.slice(1) };
	if (!text.startsWith("/")) return { rest: text };
	const pattern = /^\/((?:[^/\\]|\\.)+)\//.exec(text);
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
export function toRegex(pattern: string, extended: boolean, flags: string): RegExp | undefined {
	let source = "";
	for (let i = 0; i < pattern.length; i++) {
		const char = pattern.charAt(i);
		if (char === "\\") {
			const next = pattern.charAt(++i);
			if (!extended && "(){}+?|".includes(next)) source += next;
			else if ("swSWbB".includes(next)) source += `\\${next}`;
			else if ("ntrfv".includes(next)) source += `\\${next}`;
			// Back references, ends of words, and characters by number.
			else if (/[0-9<>`'acdox]/.test(next)) return undefined;
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
	// With the flag `i` V8 sets no limit to its time (see linearRegex.ts).
	if (flags.includes("i") && (source.match(/[*+{]/g) ?? []).length > 1) return undefined;
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
		.replace(/\\[ntrfv]|[\\[\]]|\[:(\w+):\]/g, (all, name?: string) => (name === undefined && all.length === 1 ? `\\${all}` : all));
	const classes = inner.replace(/\\\[:(\w+):\\\]/g, (_, name: string) => CLASSES[name] ?? "");
	return `[${negated ? "^" : ""}${classes}]`;
}

/** `&` and `\1` of a replacement. */
function toReplacement(text: string): (...match: string[]) => string {
	return (...match) =>
		text.replace(/\\([\s\S])|&/g, (all, escaped?: string) => {
			if (all === "&") return match[0] ?? "";
			if (/[1-9]/.test(escaped ?? "")) return match[Number(escaped)] ?? "";
			return { n: "\n", t: "\t", r: "\r" }[escaped ?? ""] ?? escaped ?? "";
		});
}
