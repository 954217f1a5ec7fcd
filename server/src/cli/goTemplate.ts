/**
 * The part of Go's text/template (https://pkg.go.dev/text/template) that `docker ps --format` is used with: text, fields,
 * pipelines, functions, parentheses, `if … else … end`, comments and trimming. Loops, variables and templates are refused
 * by name.
 */
export interface Template {
	readonly nodes: readonly Node[];
}

type Node =
	| { readonly text: string }
	| { readonly pipeline: Pipeline }
	| { readonly condition: Pipeline; readonly body: readonly Node[]; readonly otherwise: readonly Node[] };

/** Commands, the value of each being the last argument of the next. */
export type Pipeline = readonly Command[];
export type Command = readonly Operand[];
export type Operand =
	| { readonly field: string }
	| { readonly call: string }
	| { readonly value: string | number | boolean | null }
	| { readonly group: Pipeline };

/** What is wrong with a template, as a sentence for people. */
export class TemplateMistake extends Error {}

/** Throws a `TemplateMistake`. */
export function parseTemplate(text: string): Template {
	const parts = split(text);
	let at = 0;

	/** Up to an `else` or an `end`, which is left to the caller. */
	function nodes(): Node[] {
		const found: Node[] = [];
		for (let part = parts[at]; part !== undefined; part = parts[at]) {
			if ("text" in part) {
				if (part.text !== "") found.push(part);
				at++;
				continue;
			}
			const word = /^[a-z]+/.exec(part.action)?.[0] ?? "";
			if (word === "else" || word === "end") return found;
			at++;
			if (word === "if") found.push(condition(part.action.slice("if".length)));
			else if (KEYWORDS.has(word)) throw new TemplateMistake(`{{${word}}} is not supported`);
			else if (part.action !== "") found.push({ pipeline: parsePipeline(part.action) });
		}
		return found;
	}

	function condition(asked: string): Node {
		const body = nodes();
		const part = parts[at++];
		const action = part && "action" in part ? part.action : undefined;
		if (action === undefined) throw new TemplateMistake("{{if}} has no {{end}}");
		let otherwise: Node[] = [];
		if (action.startsWith("else")) {
			const rest = action.slice("else".length).trim();
			if (/^if\b/.test(rest)) return { condition: parsePipeline(asked), body, otherwise: [condition(rest.slice("if".length))] };
			if (rest !== "") throw new TemplateMistake(`{{${action}}} is not understood`);
			otherwise = nodes();
			const end = parts[at++];
			if (end === undefined || !("action" in end) || end.action !== "end") throw new TemplateMistake("{{if}} has no {{end}}");
		}
		return { condition: parsePipeline(asked), body, otherwise };
	}

	const all = nodes();
	const left = parts[at];
	if (left && "action" in left) throw new TemplateMistake(`{{${left.action}}} has no {{if}}`);
	return { nodes: all };
}

const KEYWORDS = new Set(["range", "with", "define", "template", "block", "break", "continue"]);

type Part = { readonly text: string } | { readonly action: string };

/** Text and actions in turn; `{{-` and `-}}` take white space away, a comment leaves nothing. */
function split(template: string): Part[] {
	const parts: Part[] = [];
	let rest = template;
	let trimNext = false;
	for (;;) {
		const open = rest.indexOf("{{");
		let text = open < 0 ? rest : rest.slice(0, open);
		if (trimNext) text = text.trimStart();
		if (open < 0) return [...parts, { text }];
		const inside = /^\{\{(-\s)?\s*((?:"(?:\\.|[^"\\])*"|`[^`]*`|\/\*[\s\S]*?\*\/|(?!\s-\}\}|\}\})[\s\S])*?)\s*(\s-)?\}\}/.exec(
			rest.slice(open),
		);
		if (!inside) throw new TemplateMistake(`{{ is not closed in ${JSON.stringify(rest.slice(open, open + 40))}`);
		parts.push({ text: inside[1] ? text.trimEnd() : text });
		const action = inside[2] ?? "";
		if (action === "") throw new TemplateMistake("{{}} is empty");
		parts.push({ action: /^\/\*[\s\S]*\*\/$/.test(action) ? "" : action });
		trimNext = inside[3] !== undefined;
		rest = rest.slice(open + inside[0].length);
	}
}

function parsePipeline(action: string): Pipeline {
	const tokens = tokensOf(action);
	let at = 0;
	function pipeline(closer: ")" | undefined): Pipeline {
		const commands: Operand[][] = [[]];
		for (;;) {
			const token = tokens[at++];
			if (token === closer) break;
			if (token === undefined || token === ")") throw new TemplateMistake(`the parentheses of {{${action}}} do not match`);
			if (token === "|") commands.push([]);
			else commands.at(-1)?.push(token === "(" ? { group: pipeline(")") } : operand(token));
		}
		if (commands.some((command) => command.length === 0)) throw new TemplateMistake(`a value is missing in {{${action}}}`);
		return commands;
	}
	return pipeline(undefined);
}

function tokensOf(action: string): string[] {
	const tokens: string[] = [];
	let rest = action.trim();
	while (rest !== "") {
		const token = /^(?:"(?:\\.|[^"\\])*"|`[^`]*`|[()|]|[^\s()|"`]+)/.exec(rest)?.[0];
		if (token === undefined) throw new TemplateMistake(`a quotation mark is missing in {{${action}}}`);
		tokens.push(token);
		rest = rest.slice(token.length).trimStart();
	}
	return tokens;
}

function operand(token: string): Operand {
	if (token.startsWith('"')) return { value: unquote(token) };
	if (token.startsWith("`")) return { value: token.slice(1, -1) };
	if (/^-?\d+(\.\d+)?$/.test(token)) return { value: Number(token) };
	if (token === "true" || token === "false") return { value: token === "true" };
	if (token === "nil") return { value: null };
	if (token === ".") return { field: "" };
	if (/^\.[A-Za-z_]\w*$/.test(token)) return { field: token.slice(1) };
	if (/^[A-Za-z]\w*$/.test(token)) return { call: token };
	if (/^\$/.test(token)) throw new TemplateMistake(`variables such as ${token} are not supported`);
	throw new TemplateMistake(`${token} is not understood`);
}

function unquote(token: string): string {
	return token
		.slice(1, -1)
		.replace(/\\(?:([abfnrtv\\'"])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))/g, (_, simple, hex, code, other) =>
			simple ? (ESCAPES[simple] ?? simple) : hex || code ? String.fromCharCode(Number.parseInt(hex ?? code, 16)) : `\\${other}`,
		);
}

const ESCAPES: Readonly<Record<string, string>> = { a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };
