import type { SourceFile } from "../core/sourceFile.ts";
import { child, type SyntaxNode } from "../syntax.ts";
import { importSpecs, withoutVersion } from "./packages.ts";
import { LISTENING_PACKAGES, QUIET_MODULES } from "./quiet.ts";

/**
 * Libraries that a file uses and that are not known to stay quiet. This looks at every import and every name, also in
 * functions that nobody was seen to call: "no ports" must hold whatever the program does.
 */
export function strangersIn(file: SourceFile, isOwn: (path: string) => boolean): string[] {
	if (!file.root) return [];
	const used = namesUsed(file, file.root);
	return importSpecs(file)
		.filter(({ name, path }) => {
			const loud = LISTENING_PACKAGES.get(path);
			if (loud) return name.startsWith(".") || [...(used.get(name) ?? [])].some((one) => loud.test(one));
			return !isOwn(path) && !isQuiet(path);
		})
		.map(({ path }) => path);
}

function isQuiet(path: string): boolean {
	// Only the standard library's paths begin without a domain.
	if (!/^[^/]*\./.test(path)) return true;
	const bare = withoutVersion(path);
	return QUIET_MODULES.some((quiet) => bare === quiet || bare.startsWith(`${quiet}/`) || bare.startsWith(`${quiet}-`));
}

/** By package name: what the file takes from it. */
function namesUsed(file: SourceFile, root: SyntaxNode): Map<string, Set<string>> {
	const used = new Map<string, Set<string>>();
	const left: SyntaxNode[] = [root];
	for (let node = left.pop(); node; node = left.pop()) {
		const [owner, name] =
			node.type === "selector_expression"
				? [child(node, "operand"), child(node, "field")]
				: node.type === "qualified_type"
					? [child(node, "package"), child(node, "name")]
					: [];
		if (owner && name && owner.children.length === 0) {
			const key = file.textOf(owner);
			used.set(key, (used.get(key) ?? new Set()).add(file.textOf(name)));
		}
		left.push(...node.children);
	}
	return used;
}
