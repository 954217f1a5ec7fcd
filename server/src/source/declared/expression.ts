import type { SourceFile } from "../core/sourceFile.ts";
import type { SyntaxNode } from "../syntax.ts";

/** An expression of Java or C#, without what the two languages spell differently. */
export type Expression =
	/** A number, text or truth value, written out. */
	| { readonly kind: "literal"; readonly text: string }
	| { readonly kind: "null" }
	| { readonly kind: "this" }
	| { readonly kind: "name"; readonly name: string }
	| { readonly kind: "member"; readonly object: SyntaxNode; readonly name: string }
	| { readonly kind: "call"; readonly object: SyntaxNode | undefined; readonly name: string; readonly given: Given }
	| { readonly kind: "create"; readonly type: string; readonly given: Given }
	| { readonly kind: "index"; readonly object: SyntaxNode; readonly index: SyntaxNode }
	| { readonly kind: "binary"; readonly operator: string; readonly left: SyntaxNode; readonly right: SyntaxNode }
	| { readonly kind: "not"; readonly inner: SyntaxNode }
	| { readonly kind: "choice"; readonly condition: SyntaxNode; readonly then: SyntaxNode; readonly otherwise: SyntaxNode }
	/** Text with expressions in it: `$"http://*:{port}"`. */
	| { readonly kind: "pieces"; readonly pieces: readonly (string | SyntaxNode)[] }
	/** A value that passes through unchanged: parentheses, casts, `await`. */
	| { readonly kind: "same"; readonly inner: SyntaxNode; readonly type?: string }
	| { readonly kind: "function" }
	| { readonly kind: "assign"; readonly left: SyntaxNode; readonly right: SyntaxNode }
	| { readonly kind: "other" };

/** What a call is given. */
export interface Given {
	readonly positional: readonly SyntaxNode[];
	readonly named: ReadonlyMap<string, SyntaxNode>;
}

/** What a syntax node declares. Types are simple names without type arguments; undefined when they are left to the compiler. */
export type Declaration =
	| { readonly kind: "class"; readonly name: string; readonly parents: readonly string[] }
	| { readonly kind: "method"; readonly name: string; readonly parameters: readonly Parameter[]; readonly returns: string | undefined }
	| { readonly kind: "field" | "local"; readonly name: string; readonly type: string | undefined; readonly value: SyntaxNode | undefined }
	| { readonly kind: "import"; readonly name: string; readonly path: string }
	/** `import io.javalin.*`, `import static spark.Spark.*`. */
	| { readonly kind: "importAll"; readonly path: string; readonly members: boolean };

/** The name under which a method keeps what it returns. */
export const RETURNED = "return";

export interface Parameter {
	readonly name: string;
	readonly type: string | undefined;
	readonly byDefault?: SyntaxNode;
}

/** A part of a statement that happens only under a condition; without a condition nobody can tell when. */
export interface Guarded {
	readonly node: SyntaxNode;
	readonly condition: SyntaxNode | undefined;
	readonly negated: boolean;
}

/** How one language spells all this. */
export interface Language {
	/** The expression that a node is. */
	read(node: SyntaxNode, file: SourceFile): Expression;
	/** What a node declares, or undefined. */
	declare(node: SyntaxNode, file: SourceFile): Declaration | undefined;
	/** The children of a statement that happen only under a condition. */
	guards(node: SyntaxNode): readonly Guarded[];
}
