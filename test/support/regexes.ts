import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Node, parse } from "acorn";
import { transformSync } from "esbuild";

const root = path.join(import.meta.dirname, "../..");

/**
 * A regular expression of the sources. Words stand for the parts that are filled in while the program runs; `source` is undefined where
 * nothing of it is written.
 */
export interface SourceRegex {
	readonly file: string;
	readonly source: string | undefined;
	readonly flags: string;
}

/** Every regular expression of the server and the client, equal ones of a file once. */
export function sourceRegexes(): readonly SourceRegex[] {
	const found = new Map<string, SourceRegex>();
	for (const file of globSync("{server,client}/src/**/*.ts", { cwd: root })) {
		const text = readFileSync(path.join(root, file), "utf8");
		const { code } = transformSync(text, { loader: "ts", target: "esnext" });
		visit(parse(code, { ecmaVersion: "latest", sourceType: "module" }), (node) => {
			const read = readRegex(node);
			if (read) found.set(`${file} ${read.source} ${read.flags}`, { file, ...read });
		});
	}
	return [...found.values()];
}

type Fields = Node & { readonly [name: string]: unknown };

function readRegex(node: Fields): Omit<SourceRegex, "file"> | undefined {
	if (node.type === "Literal" && node.regex) {
		const { pattern, flags } = node.regex as { pattern: string; flags: string };
		return { source: pattern, flags };
	}
	const callee = node.callee as Fields | undefined;
	if (node.type !== "NewExpression" || callee?.name !== "RegExp") return undefined;
	const [pattern, flags] = node.arguments as readonly (Fields | undefined)[];
	return { source: textOf(pattern), flags: textOf(flags) ?? "" };
}

/** A text as it is written, with a word in the place of each expression. */
function textOf(node: Fields | undefined): string | undefined {
	if (node?.type === "Literal") return String(node.value);
	if (node?.type === "TaggedTemplateExpression") return quasis(node.quasi as Fields, "raw");
	return node?.type === "TemplateLiteral" ? quasis(node, "cooked") : undefined;
}

function quasis(template: Fields, form: "raw" | "cooked"): string {
	return (template.quasis as readonly { value: { raw: string; cooked: string } }[]).map(({ value }) => value[form]).join("word");
}

function visit(node: unknown, see: (node: Fields) => void): void {
	if (Array.isArray(node)) for (const one of node) visit(one, see);
	if (typeof node !== "object" || node === null || Array.isArray(node)) return;
	if (typeof (node as Fields).type === "string") see(node as Fields);
	for (const value of Object.values(node)) visit(value, see);
}
