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
	children: readonly Growing[];
	broken: boolean;
}

/** Most nodes are leaves. */
const NONE: readonly Growing[] = [];

/**
 * Copies by a cursor and without recursion: hostile input nests deeper than the stack allows. Everything that is read from the
 * cursor is a call into WebAssembly, and children that are gathered apart take no more room than they need.
 */
function copy(tree: Tree): SyntaxNode {
	const { types } = tree.language;
	const named = new Map<number, boolean>();
	const mayBeBroken = tree.rootNode.hasError;
	const cursor = tree.walk();
	try {
		const path: Growing[] = [];
		/** The children so far of all nodes in `path`, and where those of each begin. */
		const gathered: Growing[] = [];
		const begins: number[] = [];
		for (;;) {
			const id = cursor.nodeTypeId;
			const type = types[id] || "ERROR";
			// All nodes of one type are named, or none is.
			const isNamed = named.get(id) ?? cursor.nodeIsNamed;
			named.set(id, isNamed);
			const node: Growing = {
				type,
				named: isNamed,
				field: cursor.currentFieldName ?? undefined,
				start: cursor.startIndex,
				end: cursor.endIndex,
				children: NONE,
				broken: mayBeBroken && (type === "ERROR" || cursor.nodeIsMissing),
			};
			if (path.length > 0 && type !== "comment" && type !== "line_continuation") gathered.push(node);
			path.push(node);
			begins.push(gathered.length);
			if (cursor.gotoFirstChild()) continue;
			for (;;) {
				const done = path.pop();
				const begin = begins.pop() ?? 0;
				if (done && gathered.length > begin) done.children = gathered.splice(begin);
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
