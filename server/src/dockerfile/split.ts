import { joinLines } from "./logicalText.ts";
import { splitWords } from "./words.ts";

/** Where an instruction stands in the text; all places are UTF-16 offsets. */
export interface Span {
	/** The keyword as written, without the line breaks that may stand in it. */
	readonly keyword: string;
	readonly start: number;
	readonly keywordEnd: number;
	/** The end of its last line, heredocs left out. */
	readonly argsEnd: number;
	/** The end of all that belongs to it. */
	readonly end: number;
	readonly heredocs: readonly HeredocSpan[];
}

export interface HeredocSpan {
	readonly name: string;
	/** Whether its name stands in no quotes, so that variables in the body are expanded. */
	readonly expands: boolean;
	/** Behind the name in the line that opens it. */
	readonly nameEnd: number;
	/** Absent when the text ends with the line that opens it. */
	readonly body?: { readonly start: number; readonly end: number };
	readonly closed: boolean;
}

/** Instructions that take heredocs (docs.docker.com/reference/dockerfile, "Here-Documents"). */
const HEREDOC_KEYWORDS = /^(?:ONBUILD\s+)?(?:RUN|COPY|ADD)$/i;

/** The backslash, or what an `escape` directive at the very top says (BuildKit, frontend/dockerfile/parser/directives.go). */
export function escapeOf(text: string): "\\" | "`" {
	for (const line of text.replace(/^\uFEFF/, "").split("\n", 8)) {
		const directive = /^\s*#\s*([a-zA-Z][a-zA-Z\d]*)\s*=\s*(.*?)\s*$/.exec(line);
		if (!directive) break;
		if (directive[1]?.toLowerCase() === "escape" && (directive[2] === "`" || directive[2] === "\\")) return directive[2];
	}
	return "\\";
}

/**
 * The instructions of a Dockerfile, in order. A line ends an instruction unless its last character is the escape character;
 * comments and blank lines between the lines of one belong to it (BuildKit, frontend/dockerfile/parser/parser.go, `Parse`).
 * `from`: where one of them starts; those before it are left out.
 */
export function splitInstructions(text: string, escapeChar: string, from?: number): Span[] {
	const spans: Span[] = [];
	let at = from ?? (text.startsWith("\uFEFF") ? 1 : 0);
	while (at < text.length) {
		const end = lineEndAt(text, at);
		const start = skipBlanks(text, at, end);
		if (start === end || text[start] === "#") {
			at = nextLine(text, end);
			continue;
		}
		const span = readSpan(text, start, escapeChar);
		spans.push(span);
		at = nextLine(text, lineEndAt(text, span.end));
	}
	return spans;
}

function readSpan(text: string, from: number, escapeChar: string): Span {
	let start = from;
	let lineStart = from;
	let lineEnd = lineEndAt(text, from);
	let keyword = "";
	let keywordEnd = -1;
	/** The keyword goes on in the next line. */
	let isOpen = true;
	for (;;) {
		const written = text.slice(lineStart, lineEnd).trimEnd();
		const goesOn = written.endsWith(escapeChar);
		if (isOpen) {
			const word = /^\S*/.exec(written)?.[0] ?? "";
			if (keyword === "") start = lineStart;
			const isBroken = goesOn && word.length === written.length;
			keyword += isBroken ? word.slice(0, -1) : word;
			if (word !== "") keywordEnd = lineStart + word.length - (isBroken ? 1 : 0);
			isOpen = isBroken;
		}
		if (!goesOn) break;
		const next = nextContent(text, lineEnd);
		if (next === undefined) {
			lineEnd = text.length;
			break;
		}
		// Of a line that only goes on, nothing is left.
		lineStart = keyword === "" ? skipBlanks(text, next, text.length) : next;
		lineEnd = lineEndAt(text, lineStart);
	}
	const heredocs = text.slice(keywordEnd, lineEnd).includes("<<") ? heredocsOf(text, start, keyword, keywordEnd, lineEnd, escapeChar) : [];
	const last = heredocs.at(-1);
	return { keyword, start, keywordEnd, argsEnd: lineEnd, end: last?.end ?? lineEnd, heredocs: heredocs.map(({ heredoc }) => heredoc) };
}

/** The start of the next line that is neither blank nor a comment. */
function nextContent(text: string, lineEnd: number): number | undefined {
	for (let start = nextLine(text, lineEnd); start < text.length; ) {
		const end = lineEndAt(text, start);
		const first = skipBlanks(text, start, end);
		if (first < end && text[first] !== "#") return start;
		start = nextLine(text, end);
	}
	return undefined;
}

interface Found {
	readonly heredoc: HeredocSpan;
	/** The end of all that belongs to it: its delimiter's, or the text's. */
	readonly end: number;
}

/** The heredocs that a line opens, one after the other below it (BuildKit, `heredocsFromLine` and `Parse`). */
function heredocsOf(text: string, start: number, keyword: string, keywordEnd: number, lineEnd: number, escapeChar: string): Found[] {
	const args = joinLines(text, keywordEnd, lineEnd, escapeChar);
	const words = splitWords(args, escapeChar);
	const command = keyword.toUpperCase() === "ONBUILD" ? `ONBUILD ${words[0]?.text ?? ""}` : keyword;
	if (!HEREDOC_KEYWORDS.test(command)) return [];
	const found: Found[] = [];
	for (const word of words) {
		const opener = /^\d*<<(-?)([^<]+)$/.exec(word.text);
		const written = opener?.[2] ?? "";
		const name = written.replace(/["']/g, "");
		if (!opener || name === "") continue;
		const nameEnd = (args.offsets[word.end - 1] ?? start) + 1;
		const bodyStart = nextLine(text, found.at(-1)?.end ?? lineEnd);
		const heredoc = { name, expands: name === written, nameEnd };
		const delimiter = delimiterAfter(text, bodyStart, name, opener[1] === "-");
		if (delimiter) {
			const body = { start: bodyStart, end: Math.max(bodyStart, delimiter.start - 1) };
			found.push({ heredoc: { ...heredoc, body, closed: true }, end: delimiter.end });
		} else {
			const body = bodyStart < text.length ? { body: { start: bodyStart, end: text.length } } : {};
			found.push({ heredoc: { ...heredoc, ...body, closed: false }, end: text.length });
		}
	}
	return found;
}

/** The line that ends a heredoc; with `<<-` it may stand behind tabs. */
function delimiterAfter(text: string, from: number, name: string, mayBeIndented: boolean): { start: number; end: number } | undefined {
	for (let start = from; start < text.length; ) {
		const end = lineEndAt(text, start);
		const line = text.slice(start, end);
		if ((mayBeIndented ? line.replace(/^\t+/, "") : line) === name) return { start, end };
		start = nextLine(text, end);
	}
	return undefined;
}

/** The end of the line at an offset, without its line break. */
function lineEndAt(text: string, from: number): number {
	const newline = text.indexOf("\n", from);
	if (newline < 0) return text.length;
	return newline > from && text[newline - 1] === "\r" ? newline - 1 : newline;
}

/** The start of the line after one that ends here. */
function nextLine(text: string, lineEnd: number): number {
	const newline = text.indexOf("\n", lineEnd);
	return newline < 0 ? text.length : newline + 1;
}

function skipBlanks(text: string, from: number, end: number): number {
	let at = from;
	while (at < end && /\s/.test(text[at] ?? "")) at++;
	return at;
}
