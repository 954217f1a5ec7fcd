import type { Run } from "../core/run.ts";
import type { SourceFile } from "../core/sourceFile.ts";
import type { Fields, Structure, Thing } from "../core/thing.ts";

/** One Ruby program under evaluation. */
export interface Ruby {
	readonly run: Run;
	/** Files that were required; each runs once. */
	readonly loaded: Set<string>;
	/** `Object`: constants and methods of the top level. */
	readonly top: Structure;
	/** `$name`. */
	readonly globals: Fields;
}

/**
 * Where code stands. Blocks see the local names of the scope around them, methods do not. Methods are kept among the
 * fields of their class as `#name`, those of the class itself as `.name`, instance variables as `@name`.
 */
export interface Scope {
	readonly file: SourceFile;
	readonly names: Fields;
	readonly outer: Scope | undefined;
	readonly self: Thing;
	/** Classes and modules around the code, the innermost first: where constants are looked up and methods defined. */
	readonly nesting: readonly Structure[];
	/** The block that the method under way was given. */
	readonly block: Thing | undefined;
}

export function findLocal(scope: Scope, name: string): Thing | undefined {
	for (let one: Scope | undefined = scope; one; one = one.outer) {
		const found = one.names.get(name);
		if (found) return found;
	}
	return undefined;
}

export function setLocal(rb: Ruby, scope: Scope, name: string, value: Thing): void {
	for (let one: Scope | undefined = scope; one; one = one.outer) {
		if (!one.names.has(name)) continue;
		rb.run.journal.set(one.names, name, value);
		return;
	}
	rb.run.journal.set(scope.names, name, value);
}

export function makeModule(shape: "class" | "module", parents: readonly Thing[], at: Structure["at"]): Structure {
	return { kind: "structure", shape, fields: new Map(), parents, open: false, at };
}
