import type { SourceFile } from "../core/sourceFile.ts";
import { type Fields, localNames, type Structure, type Thing } from "../core/thing.ts";

/** A file of the program. */
export interface Module {
	readonly file: SourceFile;
	/** CommonJS's `module`: its `exports` is what `require` answers. */
	readonly module: Structure;
	/** What `import * as` answers, when the file exports by `export`. */
	readonly namespace: Structure;
	/** `export { a as b }`, bound when the file is through: bindings are live. */
	readonly exported: { readonly local: string; readonly name: string }[];
}

/** Where names are looked up: a block, a function's body, a module. */
export interface Scope {
	readonly module: Module;
	readonly names: Fields;
	readonly outer: Scope | undefined;
	/** `var` belongs to the nearest one that is not a block. */
	readonly isBlock: boolean;
	/** `this`; arrow functions take it from outside. */
	readonly self: Thing | undefined;
	/** Methods: the class that they stand in, for `super`. */
	readonly owner: Structure | undefined;
}

export function blockIn(scope: Scope): Scope {
	return { ...scope, names: localNames(), outer: scope, isBlock: true };
}

/** The names of the scope that declares this one. */
export function declaring(scope: Scope, name: string): Fields | undefined {
	for (let one: Scope | undefined = scope; one; one = one.outer) if (one.names.has(name)) return one.names;
	return undefined;
}

/** Where `var` and function declarations go. */
export function functionNames(scope: Scope): Fields {
	let one = scope;
	while (one.isBlock && one.outer) one = one.outer;
	return one.names;
}
