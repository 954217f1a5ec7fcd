import type { SourceFile } from "../core/sourceFile.ts";
import type { Fields, Structure, Thing } from "../core/thing.ts";

/** A module of the program itself: a file of the image. */
export interface Module {
	/** As `__name__` says, `__main__` for the entry. */
	readonly name: string;
	/** The package that relative imports start from; empty outside packages. */
	readonly package: string;
	readonly file: SourceFile;
	readonly fields: Fields;
}

/** Where names are looked up: a function's body, a class's body, a module. */
export interface Scope {
	readonly module: Module;
	readonly names: Fields;
	/** A function inside a function sees its names; one inside a class does not see the class's. */
	readonly outer: Scope | undefined;
	/** Names that `global` or `nonlocal` lead elsewhere. */
	readonly elsewhere: Map<string, Fields>;
	/** Methods: the class that they stand in, and what they were called on. */
	readonly owner?: Structure;
	readonly self?: Thing;
}

export function moduleScope(module: Module): Scope {
	return { module, names: module.fields, outer: undefined, elsewhere: new Map() };
}

export function findName(scope: Scope, name: string): Thing | undefined {
	const elsewhere = scope.elsewhere.get(name);
	if (elsewhere) return elsewhere.get(name);
	for (let one: Scope | undefined = scope; one; one = one.outer) {
		const thing = one.names.get(name);
		if (thing) return thing;
	}
	return undefined;
}
