import { type Heredoc as AstHeredoc, type Instruction as AstInstruction, DockerfileParser } from "dockerfile-ast";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Range } from "../model/text.ts";
import type { Dockerfile, Heredoc, Instruction, JsonWord, Stage } from "./dockerfile.ts";
import { joinLines, type LogicalText, rangeOf, slice } from "./logicalText.ts";

/** Instructions whose exec form starts with a bracket (BuildKit's `parseMaybeJSON` and its kin). */
const JSON_KEYWORDS = new Set(["CMD", "ENTRYPOINT", "RUN", "SHELL", "COPY", "ADD", "VOLUME"]);

/** Instructions that take heredocs (docs.docker.com/reference/dockerfile, "Here-Documents"). */
const HEREDOC_KEYWORDS = new Set(["RUN", "COPY", "ADD"]);

/**
 * Reads a Dockerfile. Never fails: what cannot be understood stays visible as text in the instruction that holds it.
 * dockerfile-ast finds the instructions, directives and heredocs; words and JSON are read here, because the builder's
 * own rules for them (escapes, comments between continuation lines) decide what really starts.
 */
export function parseDockerfile(uri: string, text: string): Dockerfile {
	const document = TextDocument.create(uri, "dockerfile", 0, text);
	const ast = DockerfileParser.parse(text);
	const escapeChar = ast.getEscapeCharacter();
	const globalArgs: Instruction[] = [];
	const stages: Stage[] = [];
	let current: Instruction[] | undefined;
	for (const node of ast.getInstructions()) {
		const instruction = readInstruction(document, escapeChar, node);
		if (instruction.keyword === "FROM") {
			current = [];
			stages.push({ index: stages.length, name: stageName(instruction), from: instruction, instructions: current });
		} else if (current) current.push(instruction);
		else if (instruction.keyword === "ARG") globalArgs.push(instruction);
	}
	return { uri, document, escape: escapeChar, globalArgs, stages };
}

function readInstruction(document: TextDocument, escapeChar: string, node: AstInstruction): Instruction {
	const text = document.getText();
	const keyword = node.getKeyword();
	const range = node.getRange();
	const start = document.offsetAt(range.start);
	const afterKeyword = start + node.getInstruction().length;
	const rangeEnd = document.offsetAt(range.end);
	// Looking for heredocs reads all arguments once more.
	const mayHoldHeredocs = HEREDOC_KEYWORDS.has(keyword) && text.slice(start, rangeEnd).includes("<<");
	const heredocs = mayHoldHeredocs ? readHeredocs(document, node) : [];
	// The bodies of heredocs are not arguments: those end with the line that opens them.
	const lineEnd = text.indexOf("\n", start);
	const end = heredocs.length > 0 && lineEnd !== -1 ? lineEnd : rangeEnd;
	const { flags, args } = splitFlags(trim(joinLines(text, afterKeyword, end, escapeChar)));
	return {
		keyword,
		range,
		keywordText: node.getInstruction(),
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

function readHeredocs(document: TextDocument, node: AstInstruction): Heredoc[] {
	const text = document.getText();
	// dockerfile-ast offers the heredocs of COPY, ADD and RUN alike, but types them per instruction.
	const found = (node as unknown as { getHeredocs(): AstHeredoc[] }).getHeredocs();
	return found.map((heredoc) => {
		const content = heredoc.getContentRange();
		const nameRange = heredoc.getNameRange();
		const opener = text.slice(document.offsetAt(heredoc.getStartRange().start), document.offsetAt(nameRange.end) + 1);
		const origin = content?.start ?? nameRange.end;
		const body = content ? text.slice(document.offsetAt(content.start), document.offsetAt(content.end)) : "";
		return {
			name: heredoc.getName(),
			expands: !/["']/.test(opener),
			closed: heredoc.getDelimiterRange() !== null,
			body: { uri: document.uri, text: body, origin },
		};
	});
}
