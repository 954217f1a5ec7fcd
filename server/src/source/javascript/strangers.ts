import type { SourceFile } from "../core/sourceFile.ts";
import { child, namedChildren, type SyntaxNode } from "../syntax.ts";
import { canonicalName } from "./names.ts";
import { LISTENING_MODULES, QUIET_LIBRARIES, QUIET_MODULES, QUIET_SCOPES } from "./quiet.ts";

/**
 * Libraries that a file uses and that are not known to stay quiet. This looks at every import and every name, also in
 * functions that nobody was seen to call: "no ports" must hold whatever the program does.
 */
export function strangersIn(file: SourceFile): string[] {
	if (!file.root) return [];
	const kept = KEPT.get(file.root);
	if (kept) return [...kept];
	const found = findStrangers(file, file.root);
	KEPT.set(file.root, found);
	return found;
}

/** By syntax tree, which is kept between analyses. */
const KEPT = new WeakMap<SyntaxNode, string[]>();

function findStrangers(file: SourceFile, root: SyntaxNode): string[] {
	const imports = new Set<string>();
	const names = new Set<string>();
	collect(file, root, imports, names);
	const strangers = [...imports].filter((name) => {
		const loud = LISTENING_MODULES.get(name);
		if (loud) return [...names].some((one) => loud.test(one));
		return !QUIET_MODULES.has(name) && !QUIET_LIBRARIES.has(packageOf(name)) && !QUIET_SCOPES.test(name);
	});
	for (const name of ["Deno", "Bun", "eval", "Function"]) if (names.has(name)) strangers.push(name);
	return strangers;
}

function packageOf(name: string): string {
	const parts = name.split("/");
	return name.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? name);
}

function collect(file: SourceFile, root: SyntaxNode, imports: Set<string>, names: Set<string>): void {
	const left: SyntaxNode[] = [root];
	for (let node = left.pop(); node; node = left.pop()) {
		if (node.type === "identifier" || node.type === "property_identifier" || node.type.startsWith("shorthand_property_identifier"))
			names.add(file.textOf(node));
		const source = sourceOf(file, node);
		// A module by a computed name may be any module.
		if (source !== undefined && !/^[./]/.test(source)) imports.add(canonicalName(source));
		left.push(...node.children);
	}
}

function sourceOf(file: SourceFile, node: SyntaxNode): string | undefined {
	if (node.type === "import_statement" || node.type === "export_statement" || node.type === "import_require_clause") {
		const source = child(node, "source");
		return source && !node.children.some((one) => one.type === "type") ? unquote(file.textOf(source)) : undefined;
	}
	if (node.type !== "call_expression") return undefined;
	const target = child(node, "function");
	if (!target || (target.type !== "import" && file.textOf(target) !== "require")) return undefined;
	const written = child(node, "arguments");
	const only = written ? namedChildren(written)[0] : undefined;
	return only?.type === "string" ? unquote(file.textOf(only)) : undefined;
}

function unquote(text: string): string {
	return text.slice(1, -1);
}
