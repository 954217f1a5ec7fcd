import type { SourceFile } from "../core/sourceFile.ts";
import { child, childrenIn, type SyntaxNode } from "../syntax.ts";
import { LOUD_NAMES, QUIET_LIBRARIES, QUIET_STANDARD, STANDARD_LISTENERS } from "./quiet.ts";

/**
 * Libraries that a file uses and that are not known to stay quiet. This looks at every import and every name, also in
 * functions that nobody was seen to call: "no ports" must hold whatever the program does.
 */
export function strangersIn(file: SourceFile, isOwn: (module: string) => boolean): string[] {
	if (!file.root) return [];
	const imports = new Set<string>();
	const names = new Set<string>();
	collect(file, file.root, imports, names);
	const strangers = [...imports].filter((module) => {
		if (isOwn(module)) return false;
		const loud = STANDARD_LISTENERS.get(module) ?? LOUD_NAMES.get(module);
		if (loud) return [...names].some((name) => loud.test(name));
		return !QUIET_STANDARD.has(module) && !QUIET_LIBRARIES.has(module);
	});
	for (const name of ["exec", "execfile", "eval", "__import__"]) if (names.has(name)) strangers.push(name);
	return strangers;
}

function collect(file: SourceFile, root: SyntaxNode, imports: Set<string>, names: Set<string>): void {
	const left: SyntaxNode[] = [root];
	for (let node = left.pop(); node; node = left.pop()) {
		if (node.type === "import_statement") for (const one of childrenIn(node, "name")) imports.add(topOf(file, one));
		else if (node.type === "import_from_statement") {
			const module = child(node, "module_name");
			if (module && module.type !== "relative_import") imports.add(topOf(file, module));
		}
		if (node.type === "identifier") names.add(file.textOf(node));
		left.push(...node.children);
	}
}

function topOf(file: SourceFile, node: SyntaxNode): string {
	return /^\w*/.exec(file.textOf(node))?.[0] ?? "";
}
