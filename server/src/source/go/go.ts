import type { Run } from "../core/run.ts";
import type { SourceFile } from "../core/sourceFile.ts";
import { type Fields, type Library, localNames, type Structure, type Thing } from "../core/thing.ts";
import type { SyntaxNode } from "../syntax.ts";

/** One Go program under evaluation. */
export interface Go {
	readonly run: Run;
	/** By folder, also while they are being initialized. */
	readonly packages: Map<string, Package>;
	/** Libraries by import path, without a major version at its end: one object each. */
	readonly libraries: Map<string, Library>;
	/** Modules by folder; undefined where no go.mod stands. */
	readonly modules: Map<string, Module | undefined>;
	/** Structures that stand for the address of a variable. */
	readonly pointers: WeakMap<Structure, Pointer>;
	/** Nil pointers of a declared type, with what a decoder allocates for them. */
	readonly unset: WeakMap<Thing, () => Thing>;
	/** What an own struct type declares, by the structure that stands for the type. */
	readonly types: WeakMap<Structure, TypeInfo>;
	/** Functions by what they take, as written; so a framework's model knows what to hand them. */
	readonly signatures: WeakMap<Thing, Signature>;
	/** Functions that a framework runs before the program's command. */
	readonly initializers: Thing[];
}

/** A module: where its packages are. */
export interface Module {
	readonly folder: string;
	readonly path: string;
	/** Import path to absolute folder. */
	readonly replaced: ReadonlyMap<string, string>;
}

export interface Package {
	readonly folder: string;
	/** Variables, constants, functions and types that have been asked for. */
	readonly names: Fields;
	readonly declarations: ReadonlyMap<string, Declaration>;
	/** By the name of the receiver's type. */
	readonly methods: ReadonlyMap<string, readonly { readonly node: SyntaxNode; readonly file: GoFile }[]>;
	/** Declarations that are being evaluated: one that needs itself is not known. */
	readonly underWay: Set<string>;
	readonly module: Module | undefined;
}

export interface Declaration {
	readonly kind: "function" | "variable" | "constant" | "type";
	readonly node: SyntaxNode;
	readonly file: GoFile;
	/** Constants without a value repeat the last expressions before them, with their own iota. */
	readonly values?: readonly SyntaxNode[];
	readonly index?: number;
	readonly iota?: number;
}

export interface GoFile {
	readonly source: SourceFile;
	/** Name in this file to import path. */
	readonly imports: ReadonlyMap<string, string>;
}

export interface Pointer {
	readonly get: () => Thing;
	readonly set: (value: Thing) => void;
}

export interface TypeInfo {
	readonly name: string;
	readonly node: SyntaxNode;
	readonly scope: Scope;
	readonly fields: readonly Field[];
}

export interface Field {
	readonly name: string;
	readonly type: SyntaxNode;
	/** The text between the quotes. */
	readonly tag: string;
	readonly embedded: boolean;
}

/** Where names are looked up: a block, a function's body, a file. */
export interface Scope {
	readonly pkg: Package;
	readonly file: GoFile;
	readonly names: Fields;
	readonly outer: Scope | undefined;
	/** Named results of the function, for a bare `return`. */
	readonly results?: readonly string[];
	readonly iota?: number;
}

/** Parameter types with their packages written out: `*net/http.Server`, `/src/app.Config`. */
export interface Signature {
	readonly parameters: readonly string[];
	readonly results: readonly string[];
}

export function blockIn(scope: Scope): Scope {
	return { ...scope, names: localNames(), outer: scope };
}

/** The names of the scope that declares this one. */
export function declaring(scope: Scope, name: string): Fields | undefined {
	for (let one: Scope | undefined = scope; one; one = one.outer) if (one.names.has(name)) return one.names;
	return undefined;
}
