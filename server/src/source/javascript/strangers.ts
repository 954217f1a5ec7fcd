import type { SourceFile } from "../core/sourceFile.ts";
import { child, namedChildren, type SyntaxNode } from "../syntax.ts";
import { canonicalName } from "./names.ts";
import { LISTENING_MODULES, QUIET_LIBRARIES, QUIET_MODULES, QUIET_SCOPES } from "./quiet.ts";

/**
 * Libraries that a file uses and that are not known to stay quiet. This looks at every import and every name, also in
 * functions that nobody was seen to call: "no ports" must hold whatever the program does.
 */
export function strangersIn(file: SourceFile): readonly string[] {
	return file.root ? usesOf(file, file.root).strangers : [];
}

/** Calls in a file that load a module of the program, or one by a computed name. */
export function ownLoadsIn(file: SourceFile): readonly SyntaxNode[] {
	return file.root ? usesOf(file, file.root).loads : [];
}

interface Uses {
	readonly strangers: readonly string[];
	readonly loads: readonly SyntaxNode[];
}

/** By syntax tree, which is kept between analyses. */
const KEPT = new WeakMap<SyntaxNode, Uses>();

function usesOf(file: SourceFile, root: SyntaxNode): Uses {
	const kept = KEPT.get(root);
	if (kept) return kept;
	const loads: SyntaxNode[] = [];
	const found = { strangers: findStrangers(file, root, loads), loads };
	KEPT.set(root, found);
	return found;
}

function findStrangers(file: SourceFile, root: SyntaxNode, loads: SyntaxNode[]): string[] {
	const imports = new Set<string>();
	const names = new Set<string>();
	collect(file, root, imports, names, loads);
	const strangers = [...imports].filter((name) => {
		const loud = LISTENING_MODULES.get(name);
		if (loud) return [...names].some((one) => loud.test(one));
		return !QUIET_MODULES.has(name) && !QUIET_LIBRARIES.has(packageOf(name)) && !QUIET_SCOPES.test(name);
	});
	for (const name of ["Deno", "Bun", "eval", "Function", PASSED_ON]) if (names.has(name)) strangers.push(name);
	return strangers;
}

function packageOf(name: string): string {
	const parts = name.split("/");
	return name.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? name);
}

/** Under this name stands a `require` that is handed on, so that its calls go by another name. */
const PASSED_ON = "require as a value";

const HANDS_ON: ReadonlySet<string> = new Set([
	"variable_declarator",
	"assignment_expression",
	"arguments",
	"sequence_expression",
	"binary_expression",
	"pair",
	"array",
	"return_statement",
]);

function passesOnRequire(file: SourceFile, node: SyntaxNode): boolean {
	const isRequire = (one: SyntaxNode | undefined): boolean => one?.type === "identifier" && file.textOf(one) === "require";
	if (node.type === "member_expression") {
		const property = child(node, "property");
		return isRequire(child(node, "object")) && property !== undefined && /^(bind|call|apply)$/.test(file.textOf(property));
	}
	return HANDS_ON.has(node.type) && node.children.some((one) => one.field !== "name" && one.field !== "left" && isRequire(one));
}

/** TypeScript: what is said about types is gone when the program runs. */
const TYPES: ReadonlySet<string> = new Set([
	"type_annotation",
	"type_arguments",
	"type_alias_declaration",
	"interface_declaration",
	"type_query",
]);

function collect(file: SourceFile, root: SyntaxNode, imports: Set<string>, names: Set<string>, loads: SyntaxNode[]): void {
	const left: SyntaxNode[] = [root];
	for (let node = left.pop(); node; node = left.pop()) {
		if (TYPES.has(node.type)) continue;
		if (node.type === "identifier" || node.type === "property_identifier" || node.type.startsWith("shorthand_property_identifier"))
			names.add(file.textOf(node));
		if (passesOnRequire(file, node)) names.add(PASSED_ON);
		const loaded = node.type === "call_expression" ? loadedBy(file, node) : undefined;
		const source = loaded ? loaded.name : sourceOf(file, node);
		if (source !== undefined && !/^[./]/.test(source)) imports.add(canonicalName(source));
		// Data does not listen.
		else if (loaded && !source?.endsWith(".json")) loads.push(node);
		left.push(...node.children);
	}
}

function sourceOf(file: SourceFile, node: SyntaxNode): string | undefined {
	if (node.type !== "import_statement" && node.type !== "export_statement" && node.type !== "import_require_clause") return undefined;
	const source = child(node, "source");
	return source && !node.children.some((one) => one.type === "type") ? unquote(file.textOf(source)) : undefined;
}

/** `require(…)`, `module.require(…)`, `import(…)`: the module's name, unless that is computed. */
function loadedBy(file: SourceFile, node: SyntaxNode): { readonly name?: string } | undefined {
	const target = child(node, "function");
	const callee = target?.type === "member_expression" ? child(target, "property") : target;
	if (!callee || (callee.type !== "import" && file.textOf(callee) !== "require")) return undefined;
	const written = child(node, "arguments");
	const only = written ? namedChildren(written)[0] : undefined;
	return only?.type === "string" ? { name: unquote(file.textOf(only)) } : {};
}

function unquote(text: string): string {
	return text.slice(1, -1);
}
