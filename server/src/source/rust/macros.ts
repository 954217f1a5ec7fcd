import { t } from "../../model/message.ts";
import { list, NOTHING, plain, type Thing, unclear } from "../core/thing.ts";
import { child, namedChildren, type SyntaxNode } from "../syntax.ts";
import { evaluate } from "./expressions.ts";
import { joinTexts } from "./operators.ts";
import { findLocal, type Module, type Rust, type Scope } from "./rust.ts";

/** `name!(…)`. What a macro is given are tokens; the ones that matter here hold expressions between commas. */
export function evaluateMacro(rs: Rust, node: SyntaxNode, scope: Scope): Thing {
	const [name, tokens] = [child(node, "macro"), node.children.find((one) => one.type === "token_tree")];
	const written = name ? scope.module.file.textOf(name).split("::").at(-1) : "";
	if (!tokens) return unclear(t("a macro"));
	if (written === "env" || written === "option_env" || written === "include_str") return unclear(t("a value of the build"));
	if (written === "matches") return unclear(t("an undecided condition"));
	const values = splitTokens(tokens.children.slice(1, -1)).map((chunk) => argument(rs, chunk, scope));
	switch (written) {
		case "format":
		case "format_args":
			return format(rs, values, scope);
		case "vec":
			return list(
				values.map((one) => one.value),
				scope.module.file.evidence(node),
			);
		case "concat":
			return values.reduce<Thing>((left, one) => joinTexts(left, one.value), plain(""));
		case "Ok":
			return values[0]?.value ?? NOTHING;
		default:
			return unclear(t("{0}! is not followed", written ?? ""));
	}
}

interface Given {
	readonly name: string | undefined;
	readonly value: Thing;
}

/** `expression`, `name = expression`, and in select! `pattern = future, => { … }`. */
function argument(rs: Rust, chunk: readonly SyntaxNode[], scope: Scope): Given {
	const equals = chunk.findIndex((one) => !one.named && one.type === "=");
	const tokens = equals >= 0 ? chunk.slice(equals + 1) : chunk;
	const expression = parseExpression(tokens);
	const [first] = chunk;
	return {
		name: equals === 1 && first ? scope.module.file.textOf(first) : undefined,
		value: expression ? evaluate(rs, expression, scope) : unclear(t("an argument of a macro")),
	};
}

function splitTokens(tokens: readonly SyntaxNode[]): SyntaxNode[][] {
	const chunks: SyntaxNode[][] = [[]];
	for (const one of tokens) {
		if (!one.named && (one.type === "," || one.type === ";" || one.type === "=>")) chunks.push([]);
		else if (one.type !== "line_comment" && one.type !== "block_comment") chunks.at(-1)?.push(one);
	}
	return chunks.filter((chunk) => chunk.length > 0);
}

/** `{}`, `{name}`, `{0}`, with or without a format after a colon (Rust, `std::fmt`). */
function format(rs: Rust, values: readonly Given[], scope: Scope): Thing {
	const [pattern, ...rest] = values;
	if (pattern?.value.kind !== "plain") return pattern?.value ?? unclear(t("a text that is not known"));
	const { from } = pattern.value;
	const positional = rest.filter((one) => one.name === undefined);
	let next = 0;
	let result: Thing = plain("", from);
	for (const piece of String(pattern.value.value).split(/(\{\{|\}\}|\{[^{}]*\})/)) {
		if (piece === "{{" || piece === "}}") result = joinTexts(result, plain(piece[0] ?? ""));
		else if (!piece.startsWith("{")) result = joinTexts(result, plain(piece));
		else {
			const key = piece.slice(1, -1).split(":")[0]?.trim() ?? "";
			const value =
				key === ""
					? positional[next++]?.value
					: /^[0-9]+$/.test(key)
						? positional[Number(key)]?.value
						: (rest.find((one) => one.name === key)?.value ?? findLocal(scope, key) ?? constant(rs, key, scope));
			result = joinTexts(result, value ?? unclear(t("a text with an unknown part")));
		}
	}
	return result;
}

function constant(_: Rust, key: string, scope: Scope): Thing | undefined {
	return scope.module.items.get(key)?.();
}

/** Tokens of an expression without operators as the syntax tree that the grammar would make of them. */
export function parseExpression(tokens: readonly SyntaxNode[]): SyntaxNode | undefined {
	const rest = tokens.filter((one) => one.named || !/^[&*]$/.test(one.type));
	const [first] = rest;
	if (!first) return undefined;
	let at = 1;
	let left: SyntaxNode = first;
	if (first.type === "token_tree")
		left = { ...first, type: first.children[0]?.type === "[" ? "array_expression" : "tuple_expression", children: [] };
	for (; at < rest.length; at++) {
		const one = rest[at];
		const next = rest[at + 1];
		if (!one) break;
		if (one.type === "::" && next && next.type !== "<") {
			left = make("scoped_identifier", left, next, [role(left, "path"), role(next, "name")]);
			at++;
		} else if (one.type === "::") {
			// A turbofish: what is between < and > only names types.
			while (at < rest.length && rest[at]?.type !== ">") at++;
		} else if (one.type === "." && next?.type === "await") at++;
		else if (one.type === "." && next) {
			left = make("field_expression", left, next, [role(left, "value"), role(next, "field")]);
			at++;
		} else if (one.type === "token_tree" && one.children[0]?.type === "(") {
			const given = splitTokens(one.children.slice(1, -1)).flatMap((chunk) => parseExpression(chunk) ?? []);
			const list: SyntaxNode = { ...one, type: "arguments", field: "arguments", children: given };
			left = make("call_expression", left, one, [role(left, "function"), list]);
		} else if (one.type === "?") left = make("try_expression", left, one, [left]);
		else return undefined;
	}
	return left;
}

function make(type: string, from: SyntaxNode, to: SyntaxNode, children: readonly SyntaxNode[]): SyntaxNode {
	return { type, named: true, field: undefined, start: from.start, end: to.end, children, broken: false };
}

function role(node: SyntaxNode, field: string): SyntaxNode {
	return { ...node, named: true, field };
}

/** `lazy_static! { static ref NAME: Type = expression; }`. */
export function readLazyStatics(rs: Rust, node: SyntaxNode, module: Module, scope: Scope): void {
	const call = node.type === "macro_invocation" ? node : namedChildren(node).find((one) => one.type === "macro_invocation");
	const tokens = call?.children.find((one) => one.type === "token_tree")?.children ?? [];
	for (const [index, one] of tokens.entries()) {
		if (one.type !== "static" || module.file.textOf(tokens[index + 1] ?? one) !== "ref") continue;
		const name = tokens[index + 2];
		const equals = tokens.findIndex((token, i) => i > index && token.type === "=");
		const end = tokens.findIndex((token, i) => i > equals && token.type === ";");
		if (!name || equals < 0) continue;
		const expression = tokens.slice(equals + 1, end < 0 ? undefined : end);
		module.items.set(module.file.textOf(name), () => {
			const parsed = parseExpression(expression);
			return parsed ? evaluate(rs, parsed, scope) : unclear(t("a static value"));
		});
	}
}
