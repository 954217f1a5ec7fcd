// npm run l10n: brings l10n/ in step with the messages in the sources, and lists those that need a translation.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import path from "node:path";
import { type AnyNode, type CallExpression, parse } from "acorn";

const root = path.join(import.meta.dirname, "..", "..");

export const LANGUAGES = ["de"] as const;

/** A message of the sources: what `t` is called with. */
export interface Message {
	readonly text: string;
	/** How many arguments fill its placeholders. */
	readonly args: number;
	/** `server/src/features/codeLens.ts:27`. */
	readonly place: string;
}

/** What is found in sources: messages, and sentences what is wrong with the way they are said. */
export interface Found {
	readonly messages: readonly Message[];
	readonly problems: readonly string[];
}

/** Functions whose first argument is the reason of a gap, which people read. */
const REASONS = new Set(["unknown", "unclear", "gap", "gapOf", "gapped", "openQuestion"]);

/** The messages of a TypeScript file's text. */
export function messagesIn(source: string, file: string): Found {
	const messages: Message[] = [];
	const problems: string[] = [];
	const program = parse(stripTypeScriptTypes(source), { ecmaVersion: "latest", sourceType: "module", locations: true });
	visit(program, false);
	return { messages, problems };

	function visit(node: AnyNode, inFunction: boolean): void {
		const place = `${file}:${node.loc?.start.line}`;
		if (node.type === "CallExpression" && node.callee.type === "Identifier") {
			if (node.callee.name === "t") read(node, place, inFunction);
			else if (REASONS.has(node.callee.name) && isSentence(node.arguments[0])) problems.push(`${place}: a reason is said without t(…)`);
		}
		if (node.type === "Property" && node.key.type === "Identifier" && node.key.name === "reason" && isSentence(node.value))
			problems.push(`${place}: a reason is said without t(…)`);
		const within = inFunction || /Function/.test(node.type);
		for (const value of Object.values(node))
			for (const child of Array.isArray(value) ? value : [value]) if (typeof child?.type === "string") visit(child, within);
	}

	function read(call: CallExpression, place: string, inFunction: boolean): void {
		const [first, ...args] = call.arguments;
		if (first?.type !== "Literal" || typeof first.value !== "string") {
			problems.push(`${place}: t(…) takes a plain text with placeholders, t("{0} is …", name): others cannot be found and translated`);
			return;
		}
		const text = first.value;
		if (!inFunction)
			problems.push(`${place}: ${JSON.stringify(text)} is said while modules load, before the language is known: make it a function`);
		const wanted = Math.max(-1, ...placeholders(text).map(Number)) + 1;
		if (args.length !== wanted || new Set(placeholders(text)).size !== wanted)
			problems.push(`${place}: ${JSON.stringify(text)} has placeholders for ${wanted} arguments, numbered from 0, and gets ${args.length}`);
		if (/[{}]/.test(text.replace(/\{\d+\}/g, ""))) problems.push(`${place}: ${JSON.stringify(text)} has braces that are no placeholder`);
		messages.push({ text, args: args.length, place });
	}
}

function isSentence(node: AnyNode | null | undefined): boolean {
	if (node?.type === "Literal") return typeof node.value === "string" && /[a-z] [a-z]/.test(node.value);
	return node?.type === "TemplateLiteral" && node.quasis.some(({ value }) => / [a-z]{2,}|[a-z]{2,} /.test(value.raw));
}

/** The numbers of the placeholders, as often as they stand there. */
export function placeholders(text: string): string[] {
	return [...text.matchAll(/\{(\d+)\}/g)].map(([, number = ""]) => number);
}

/** The messages of client and server. The command line speaks English alone, for its output is read by programs. */
export function sourceMessages(): Found {
	const found = ["client/src", "server/src"].flatMap((folder) =>
		readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
			.filter((name) => name.endsWith(".ts") && !name.startsWith(`cli${path.sep}`))
			.sort()
			.map((name) => messagesIn(readFileSync(path.join(root, folder, name), "utf8"), `${folder}/${name}`)),
	);
	return { messages: found.flatMap(({ messages }) => messages), problems: found.flatMap(({ problems }) => problems) };
}

export function bundleName(language?: string): string {
	return language === undefined ? "l10n/bundle.l10n.json" : `l10n/bundle.l10n.${language}.json`;
}

export function readBundle(language?: string): Record<string, string> {
	return JSON.parse(readFileSync(path.join(root, bundleName(language)), "utf8"));
}

function writeBundle(texts: Record<string, string>, language?: string): void {
	writeFileSync(path.join(root, bundleName(language)), `${JSON.stringify(texts, null, 2)}\n`);
}

if (import.meta.main) {
	const texts = [...new Set(sourceMessages().messages.map(({ text }) => text))].sort();
	writeBundle(Object.fromEntries(texts.map((text) => [text, text])));
	for (const language of LANGUAGES) {
		const before = readBundle(language);
		writeBundle(Object.fromEntries(texts.map((text) => [text, before[text] ?? ""])), language);
		const open = texts.filter((text) => !before[text]);
		console.log(`${bundleName(language)}: ${open.length === 0 ? "complete" : `${open.length} to translate:`}`);
		for (const text of open) console.log(`  ${JSON.stringify(text)}`);
	}
}
