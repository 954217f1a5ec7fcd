import { TextDocument } from "vscode-languageserver-textdocument";
import type { Range } from "../model/text.ts";
import type { Dockerfile, Heredoc, Instruction, JsonWord, Stage } from "./dockerfile.ts";
import { joinLines, type LogicalText, rangeOf, slice } from "./logicalText.ts";
import { escapeOf, type HeredocSpan, type Span, splitInstructions } from "./split.ts";

/** Longer texts were written by a program, and only their beginning is read. */
const MAX_TEXT = 1_000_000;

/** Instructions whose exec form starts with a bracket (BuildKit's `parseMaybeJSON` and its kin). */
const JSON_KEYWORDS = new Set(["CMD", "ENTRYPOINT", "RUN", "SHELL", "COPY", "ADD", "VOLUME"]);

/**
 * Reads a Dockerfile. Never fails: what cannot be understood stays visible as text in the instruction that holds it. Of a text
 * that is too long, the beginning is read. The instructions before the first difference from `earlier`, which has the same URI, are
 * that one's own objects, and so are its stages that end there.
 */
export function parseDockerfile(uri: string, whole: string, earlier?: Dockerfile): Dockerfile {
	const cut = whole.length > MAX_TEXT;
	const text = cut ? whole.slice(0, whole.lastIndexOf("\n", MAX_TEXT) + 1 || MAX_TEXT) : whole;
	const document = TextDocument.create(uri, "dockerfile", 0, text);
	const escapeChar = escapeOf(text);
	const globalArgs: Instruction[] = [];
	const stages: Stage[] = [];
	let current: Instruction[] | undefined;
	const kept = earlier && !earlier.cut && earlier.escape === escapeChar ? keptFrom(earlier, text) : undefined;
	if (kept) {
		globalArgs.push(...kept.globalArgs);
		stages.push(...kept.stages);
		const last = stages.pop();
		if (last) {
			current = last.instructions.filter(kept.has);
			stages.push({ ...last, instructions: current });
		}
	}
	for (const span of splitInstructions(text, escapeChar, kept?.end)) {
		const instruction = readInstruction(document, escapeChar, span);
		if (instruction.keyword === "FROM") {
			current = [];
			stages.push({ index: stages.length, name: stageName(instruction), from: instruction, instructions: current });
		} else if (current) current.push(instruction);
		else if (instruction.keyword === "ARG") globalArgs.push(instruction);
	}
	// What is behind the end may have left the last stage as it was.
	const last = kept?.stages.at(-1);
	if (last && isSame(last.instructions, stages[last.index]?.instructions)) stages[last.index] = last;
	return { uri, document, escape: escapeChar, globalArgs, stages, ...(cut ? { cut } : {}) };
}

function isSame(one: readonly Instruction[], other: readonly Instruction[] | undefined): boolean {
	return one.length === other?.length && one.every((instruction, i) => other[i] === instruction);
}

/** What of an earlier text stands in this one unchanged. */
interface KeptText {
	readonly globalArgs: readonly Instruction[];
	/** Of the last one, only what `has` knows. */
	readonly stages: readonly Stage[];
	has(instruction: Instruction): boolean;
	/** Where it ends, at the start of an instruction: what comes before does not hang on what comes after. */
	readonly end: number;
}

function keptFrom(earlier: Dockerfile, text: string): KeptText | undefined {
	const { document, globalArgs, stages } = earlier;
	const before = document.getText();
	let same = 0;
	while (same < before.length && same < text.length && before.charCodeAt(same) === text.charCodeAt(same)) same++;
	const all = [...globalArgs, ...stages.flatMap((stage) => [stage.from, ...stage.instructions])];
	// The last one that begins before the difference may be another one now.
	const changed = all.findLastIndex((one) => document.offsetAt(one.range.start) < same);
	const first = all[changed];
	if (!first) return undefined;
	const kept = new Set(all.slice(0, changed));
	return {
		globalArgs: globalArgs.filter((one) => kept.has(one)),
		stages: stages.filter((stage) => kept.has(stage.from)),
		has: (one) => kept.has(one),
		end: document.offsetAt(first.range.start),
	};
}

function readInstruction(document: TextDocument, escapeChar: string, span: Span): Instruction {
	const keyword = span.keyword.toUpperCase();
	const range = { start: document.positionAt(span.start), end: document.positionAt(span.end) };
	// The bodies of heredocs are not arguments.
	const { flags, args } = splitFlags(trim(joinLines(document.getText(), span.keywordEnd, span.argsEnd, escapeChar)));
	const heredocs = keyword === "ONBUILD" ? [] : span.heredocs.map((heredoc) => readHeredoc(document, heredoc));
	return {
		keyword,
		range,
		keywordText: span.keyword,
		flags,
		args,
		json: JSON_KEYWORDS.has(keyword) ? readJson(document, args) : undefined,
		heredocs,
		...(keyword === "ONBUILD" ? { trigger: readTrigger(document, range, args) } : {}),
	};
}

/** The instruction behind ONBUILD, which stands at the place of the ONBUILD. */
function readTrigger(document: TextDocument, range: Range, words: LogicalText): Instruction {
	const [keywordText = ""] = words.text.split(/\s/, 1);
	const keyword = keywordText.toUpperCase();
	const { flags, args } = splitFlags(trim(slice(words, keywordText.length)));
	return {
		keyword,
		range,
		keywordText,
		flags,
		args,
		json: JSON_KEYWORDS.has(keyword) ? readJson(document, args) : undefined,
		heredocs: [],
	};
}

function stageName(from: Instruction): string | undefined {
	return /\sAS\s+(\S+)\s*$/i.exec(from.args.text)?.[1]?.toLowerCase();
}

function splitFlags(logical: LogicalText): { flags: Map<string, string>; args: LogicalText } {
	const flags = new Map<string, string>();
	const flag = /\s*--([a-zA-Z][\w-]*)(?:=(\S*))?(?=\s|$)/y;
	let at = 0;
	for (let match = flag.exec(logical.text); match; match = flag.exec(logical.text)) {
		const [, name = "", value = "true"] = match;
		// --mount and --exclude may stand there several times.
		const before = flags.get(name);
		flags.set(name, before === undefined ? value : `${before} ${value}`);
		at = flag.lastIndex;
	}
	return { flags, args: trim(slice(logical, at)) };
}

function trim(logical: LogicalText): LogicalText {
	const leading = logical.text.length - logical.text.trimStart().length;
	return slice(logical, leading, Math.max(leading, logical.text.trimEnd().length));
}

/** The exec form: a JSON array of nothing but strings. Anything else is the shell form, as for the builder. */
function readJson(document: TextDocument, args: LogicalText): JsonWord[] | undefined {
	if (!args.text.startsWith("[")) return undefined;
	let parsed: unknown;
	try {
		parsed = JSON.parse(args.text);
	} catch {
		return undefined;
	}
	if (!Array.isArray(parsed) || !parsed.every((word) => typeof word === "string")) return undefined;
	const words: JsonWord[] = [];
	const quoted = /"(?:[^"\\]|\\.)*"/g;
	for (let match = quoted.exec(args.text); match; match = quoted.exec(args.text)) {
		words.push({ text: JSON.parse(match[0]), range: rangeOf(document, args, match.index, quoted.lastIndex) });
	}
	return words;
}

function readHeredoc(document: TextDocument, { name, expands, closed, nameEnd, body }: HeredocSpan): Heredoc {
	const text = body ? document.getText().slice(body.start, body.end) : "";
	return { name, expands, closed, body: { uri: document.uri, text, origin: document.positionAt(body?.start ?? nameEnd) } };
}
