/**
 * A syntax node as plain data. A parser of io/ copies the concrete tree into this shape and frees its own memory at
 * once, so nothing here has to be disposed of and reading a field costs nothing.
 */
export interface SyntaxNode {
	/** The grammar's name: `call`, `identifier`; for a token its text: `+`, `async`. */
	readonly type: string;
	/** False for tokens: punctuation, operators and keywords. */
	readonly named: boolean;
	/** The role in its parent: `function`, `arguments`, `left`. */
	readonly field: string | undefined;
	/** UTF-16 offsets into the text; half-open. */
	readonly start: number;
	readonly end: number;
	/** In order; comments are left out. */
	readonly children: readonly SyntaxNode[];
	/** The text does not follow the grammar somewhere inside. */
	readonly broken: boolean;
}

/** tree-sitter grammars by the names of their files; esbuild.mjs copies the same. */
export type GrammarName = "c-sharp" | "go" | "java" | "javascript" | "python" | "ruby" | "rust" | "tsx" | "typescript";

/** Parses a whole text. Never throws: a parser is tolerant, and what cannot be parsed is marked `broken`. */
export type Parse = (text: string) => SyntaxNode;

/** The grammars, loaded on first use. Rejects when a grammar is not installed. */
export interface Grammars {
	parser(grammar: GrammarName): Promise<Parse>;
}

/** The child that plays this role; the first, when there are several. */
export function child(node: SyntaxNode, field: string): SyntaxNode | undefined {
	for (const one of node.children) if (one.field === field) return one;
	return undefined;
}

/** All children that play this role. */
export function childrenIn(node: SyntaxNode, field: string): SyntaxNode[] {
	return node.children.filter((one) => one.field === field);
}

/** The children that are not mere tokens. */
export function namedChildren(node: SyntaxNode): SyntaxNode[] {
	return node.children.filter((one) => one.named);
}

/** Whether a token of this text stands directly under the node: `async`, `static`, `not`. */
export function hasToken(node: SyntaxNode, text: string): boolean {
	return node.children.some((one) => !one.named && one.type === text);
}
