import type { Run } from "../core/run.ts";
import type { SourceFile } from "../core/sourceFile.ts";
import { type Fields, type Library, localNames, type Structure, type Thing } from "../core/thing.ts";
import { namedChildren, type SyntaxNode } from "../syntax.ts";

/** One Rust program under evaluation. */
export interface Rust {
	readonly run: Run;
	/** What stands behind the things that name modules and types. */
	readonly modules: Map<Structure, Module>;
	readonly types: Map<Structure, TypeInfo>;
	/** Crates by folder; undefined when no manifest is there. */
	readonly crates: Map<string, Crate | undefined>;
	/** Arguments that are declared by clap's builder, by their id. */
	readonly builtArguments: Map<string, Library>;
}

export interface Crate {
	readonly folder: string;
	/** As source writes it: with underscores. */
	readonly name: string;
	/** Crates of the same build that it depends on: name in source to folder. */
	readonly paths: ReadonlyMap<string, string>;
	readonly dependencies: readonly string[];
	/** The library's root file, when there is one. */
	readonly library: string;
	root: Structure | undefined;
}

export interface Module {
	readonly crate: Crate | undefined;
	readonly parent: Structure | undefined;
	readonly file: SourceFile;
	/** The folder that `mod name;` looks into. */
	readonly folder: string;
	readonly self: Structure;
	/** Evaluated when first asked for. */
	readonly items: Map<string, () => Thing>;
	readonly globs: (() => Thing)[];
}

/** What a derived parser has to know of a struct or an enum. */
export interface TypeInfo {
	readonly name: string;
	readonly module: Module;
	readonly fields: readonly FieldInfo[];
	/** Attributes before the type, with their arguments. */
	readonly attributes: readonly SyntaxNode[];
	/** Enums: each variant with its class. */
	readonly variants: readonly { readonly name: string; readonly type: Structure }[];
}

export interface FieldInfo {
	readonly name: string;
	readonly type: SyntaxNode | undefined;
	readonly attributes: readonly SyntaxNode[];
	readonly node: SyntaxNode;
}

/** Where code stands: local names, blocks inside blocks. */
export interface Scope {
	readonly module: Module;
	readonly names: Fields;
	readonly outer: Scope | undefined;
	/** The type whose `impl` the code is in: `Self`. */
	readonly owner: Structure | undefined;
}

export function findLocal(scope: Scope, name: string): Thing | undefined {
	for (let one: Scope | undefined = scope; one; one = one.outer) {
		const found = one.names.get(name);
		if (found) return found;
	}
	return undefined;
}

export function inner(scope: Scope): Scope {
	return { ...scope, names: localNames(), outer: scope };
}

/** The children that are neither tokens, comments nor attributes. */
export function parts(node: SyntaxNode): SyntaxNode[] {
	return namedChildren(node).filter((one) => !NOT_PARTS.has(one.type));
}

const NOT_PARTS: ReadonlySet<string> = new Set([
	"line_comment",
	"block_comment",
	"attribute_item",
	"inner_attribute_item",
	"mutable_specifier",
	"visibility_modifier",
	"label",
]);

/** `#[cfg(…)]` of another platform or of tests: never part of this program. */
export function isOtherBuild(attribute: string): boolean {
	if (!/^#!?\[\s*(cfg|test)\b/.test(attribute)) return false;
	const condition = attribute.replace(/\s+/g, "");
	if (condition.startsWith("#[test]")) return true;
	return /^#!?\[cfg\((test|windows|not\(unix\)|target_os="(?:windows|macos)"|target_family="windows"|target_arch="wasm32")\)\]/.test(
		condition,
	);
}
