import { readFile } from "node:fs/promises";
import path from "node:path";
import treeSitter, { type Parser, type Tree } from "@vscode/tree-sitter-wasm";
import type { GrammarName, Grammars, Parse, SyntaxNode } from "../source/syntax.ts";

/**
 * The tree-sitter grammars in `folder`: `tree-sitter.wasm` and one `tree-sitter-<name>.wasm` each, as the package
 * @vscode/tree-sitter-wasm ships them. Nothing is read before the first use.
 */
export function loadGrammars(folder: string): Grammars {
	let runtime: Promise<void> | undefined;
	const parsers = new Map<GrammarName, Promise<Parse>>();
	const load = async (grammar: GrammarName): Promise<Parse> => {
		runtime ??= treeSitter.Parser.init({ locateFile: (name) => path.join(folder, name) });
		await runtime;
		const language = await treeSitter.Language.load(await readFile(path.join(folder, `tree-sitter-${grammar}.wasm`)));
		const parser = new treeSitter.Parser();
		parser.setLanguage(language);
		return (text) => parse(parser, text);
	};
	return {
		parser(grammar) {
			let parser = parsers.get(grammar);
			if (!parser) {
				parser = load(grammar);
				parsers.set(grammar, parser);
			}
			return parser;
		},
	};
}

/** A file that a person wrote takes a few; a parser may look for ever for a way out of text that is no source at all. */
const MOST_MILLISECONDS = 1_000;

function parse(parser: Parser, text: string): SyntaxNode {
	let tree: Tree | null = null;
	try {
		const deadline = performance.now() + MOST_MILLISECONDS;
		tree = parser.parse(text, null, { progressCallback: () => performance.now() > deadline });
		if (tree) return copy(tree);
		parser.reset();
		return nothing(text);
	} catch {
		// The WebAssembly heap may run out on hostile input; the next parse starts afresh.
		parser.reset();
		return nothing(text);
	} finally {
		tree?.delete();
	}
}

function nothing(text: string): SyntaxNode {
	return { type: "ERROR", named: true, field: undefined, start: 0, end: text.length, children: [], broken: true };
}

interface Growing extends SyntaxNode {
	readonly children: Growing[];
	broken: boolean;
}

/** Copies by a cursor and without recursion: hostile input nests deeper than the stack allows. */
function copy(tree: Tree): SyntaxNode {
	const cursor = tree.walk();
	try {
		const path: Growing[] = [];
		for (;;) {
			const type = cursor.nodeType;
			const node: Growing = {
				type,
				named: cursor.nodeIsNamed,
				field: cursor.currentFieldName ?? undefined,
				start: cursor.startIndex,
				end: cursor.endIndex,
				children: [],
				broken: type === "ERROR" || cursor.nodeIsMissing,
			};
			if (type !== "comment" && type !== "line_continuation") path.at(-1)?.children.push(node);
			path.push(node);
			if (cursor.gotoFirstChild()) continue;
			for (;;) {
				const done = path.pop();
				const parent = path.at(-1);
				if (!done || !parent) return done ?? node;
				if (done.broken) parent.broken = true;
				if (cursor.gotoNextSibling()) break;
				cursor.gotoParent();
			}
		}
	} finally {
		cursor.delete();
	}
}
