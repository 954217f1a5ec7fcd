import type { TextFile } from "../../model/text.ts";

/** A function as its file writes it. */
export interface ElixirFunction {
	readonly parameters: readonly { readonly name: string; readonly byDefault: string | undefined }[];
	readonly body: string;
}

/** Comments become blanks; a `#` inside a text is none. */
export function withoutComments(text: string): string {
	return text.replace(/"(?:\\.|[^"\\])*"|#[^\n]*/g, (found) => (found.startsWith("#") ? " ".repeat(found.length) : found));
}

/** Where the bracket ends that was opened just before `start`. */
export function closing(text: string, start: number): number {
	let depth = 1;
	let quoted = false;
	for (let i = start; i < text.length; i++) {
		if (text[i] === '"' && text[i - 1] !== "\\") quoted = !quoted;
		if (quoted) continue;
		if (text[i] === "[" || text[i] === "{" || text[i] === "(") depth++;
		else if (text[i] === "]" || text[i] === "}" || text[i] === ")") depth--;
		if (depth === 0) return i;
	}
	return text.length;
}

/** The value of a key at the top of a keyword list. */
export function keyword(list: string, name: string): { readonly text: string; readonly index: number } | undefined {
	let depth = 0;
	for (let i = 0; i < list.length; i++) {
		if (/[[{(]/.test(list[i] ?? "")) depth++;
		else if (/[\]})]/.test(list[i] ?? "")) depth--;
		if (depth !== 0 || !list.startsWith(`${name}:`, i) || /\w/.test(list[i - 1] ?? "")) continue;
		const start = i + name.length + 1;
		let end = start;
		for (let inner = 0; end < list.length; end++) {
			const char = list[end] ?? "";
			if (/[[{(]/.test(char)) inner++;
			else if (/[\]})]/.test(char)) inner--;
			if (inner < 0 || (inner === 0 && char === ",")) break;
		}
		const written = list.slice(start, end);
		return { text: written.trim(), index: end - written.trimStart().length };
	}
	return undefined;
}

/** What stands between the commas of a call; keys at its end are one list. */
export function argumentsOf(written: string): string[] {
	const found: string[] = [];
	for (let rest = written; rest.trim() !== ""; ) {
		const end = firstComma(rest);
		if (/^\s*\w+:(?!:)\s/.test(rest)) return [...found, `[${rest.trim()}]`];
		found.push(rest.slice(0, end).trim());
		rest = rest.slice(end + 1);
	}
	return found;
}

function firstComma(text: string): number {
	let depth = 0;
	let quoted = false;
	for (let i = 0; i < text.length; i++) {
		if (text[i] === '"' && text[i - 1] !== "\\") quoted = !quoted;
		if (quoted) continue;
		if (/[[{(]/.test(text[i] ?? "")) depth++;
		else if (/[\]})]/.test(text[i] ?? "")) depth--;
		else if (depth === 0 && text[i] === ",") return i;
	}
	return text.length;
}

/**
 * A function of this file that is called with so many arguments: `def`, `defp`, or a variable that holds `fn … -> … end`. Undefined
 * when there is none, or several of which nobody can tell which one is meant; those for nil and empty texts are left out.
 */
export function functionNamed(file: TextFile, name: string, count: number): ElixirFunction | undefined {
	const own = name.replace(/^.*\./, "");
	const whole = withoutComments(file.text);
	const quoted = own.replace(/[!?]/g, "\\$&");
	const found: ElixirFunction[] = [];
	const definition = new RegExp(
		`^([ \\t]*)defp?[ \\t]+${quoted}(?:\\(([^)]*)\\))?(?:[ \\t]+when[^\\n]*?)?(?:,\\s*do:[ \\t]*([^\\n]+)|[ \\t]+do[ \\t]*$)`,
		"gm",
	);
	for (const match of whole.matchAll(definition)) {
		const body = match[3] ?? untilEnd(whole, match.index + match[0].length, match[1] ?? "");
		if (body !== undefined) add(match[2] ?? "", body);
	}
	const anonymous = new RegExp(`^([ \\t]*)${quoted}[ \\t]*=[ \\t]*fn[ \\t]*\\(?([\\w, \\t]*)\\)?[ \\t]*->(?:(.*)[ \\t]end[ \\t]*$)?`, "gm");
	if (found.length === 0 && !name.includes("."))
		for (const match of whole.matchAll(anonymous)) {
			const body = match[3] ?? untilEnd(whole, match.index + match[0].length, match[1] ?? "");
			if (body !== undefined) add(match[2] ?? "", body);
		}
	if (found.length === 0 && !name.includes(".")) for (const [parameters, body] of clausesOf(whole, quoted)) add(parameters, body);
	return found.length === 1 ? found[0] : undefined;

	function add(written: string, body: string): void {
		const parameters = argumentsOf(written).map((one) => {
			const [, parameter = "", byDefault] = /^([a-z_]\w*)(?:\s*\\\\\s*([\s\S]+))?$/.exec(one) ?? [];
			return { name: parameter, byDefault };
		});
		const required = parameters.filter((one) => one.byDefault === undefined).length;
		if (count < required || count > parameters.length || parameters.some((one) => /^(?:nil|true|false|)$/.test(one.name))) return;
		found.push({ parameters, body });
	}
}

/** Functions of this many characters are not written by hand. */
const LONGEST_BODY = 20_000;

/** What stands between a place and the `end` that is indented as its beginning is; undefined when there is none. */
function untilEnd(text: string, from: number, indent: string): string | undefined {
	const rest = text.slice(from, from + LONGEST_BODY);
	const end = new RegExp(`\\n${indent}end\\b`).exec(rest);
	return end ? rest.slice(0, end.index) : undefined;
}

/** The clauses of a variable that holds `fn … -> …`, one a line; those that answer nil are left out. */
function clausesOf(whole: string, quoted: string): (readonly [string, string])[] {
	const head = new RegExp(`^([ \\t]*)${quoted}[ \\t]*=[ \\t]*fn[ \\t]*$`, "m").exec(whole);
	const block = (head && untilEnd(whole, head.index + head[0].length, head[1] ?? "")) ?? "";
	const heads = [...block.matchAll(/^[ \t]*\(?([\w", \t]+?)\)?(?:[ \t]+when[ \t][^\n]*?)?[ \t]*->/gm)];
	return heads.flatMap((head, i) => {
		const body = block.slice(head.index + head[0].length, heads[i + 1]?.index ?? block.length).trim();
		return /^(?:nil|""|raise\b.*)$/.test(body) ? [] : [[head[1] ?? "", body] as const];
	});
}

/** A function's body with the arguments in the places of its parameters. */
export function substituted({ parameters, body }: ElixirFunction, args: readonly string[]): string {
	return parameters.reduce((text, { name, byDefault }, i) => {
		const given = args[i] ?? byDefault ?? "nil";
		return text.replace(new RegExp(`(?<![\\w.:@])${name}(?![\\w:(!?])`, "g"), () => given);
	}, body);
}
