import { t } from "../../model/message.ts";
import type { Evidence } from "../../model/text.ts";
import { allFrom, each, eachPair, type Fields, plain, type Thing, text, unclear } from "../core/thing.ts";
import { child, type SyntaxNode } from "../syntax.ts";
import { evaluate } from "./expressions.ts";
import { textOf, unescapePython } from "./literals.ts";
import type { Python } from "./python.ts";
import type { Scope } from "./scope.ts";

/** A string literal, an f-string included. */
export function stringLiteral(py: Python, node: SyntaxNode, scope: Scope): Thing {
	const file = scope.module.file;
	const start = node.children[0];
	const raw = start ? /r/i.test(file.textOf(start)) : false;
	const isFormat = start ? /f/i.test(file.textOf(start)) : false;
	let result: Thing = plain("", isFormat ? [] : [file.evidence(node)]);
	for (const part of node.children) {
		if (part.type === "string_content") {
			const content = unescapePython(file.textOf(part), raw);
			result = joinTexts(result, plain(isFormat ? content.replace(/\{\{|\}\}/g, (pair) => pair.charAt(0)) : content));
		} else if (part.type === "interpolation") {
			const expression = child(part, "expression");
			const value = expression ? evaluate(py, expression, scope) : unclear(t("an empty f-string"));
			const format = child(part, "format_specifier");
			result = joinTexts(result, formatted(value, format ? file.textOf(format).slice(1) : ""));
		}
	}
	return result;
}

/** `"a" "b"`. */
export function concatenated(py: Python, node: SyntaxNode, scope: Scope): Thing {
	let result: Thing = plain("");
	for (const part of node.children) if (part.type === "string") result = joinTexts(result, stringLiteral(py, part, scope));
	return result;
}

export function joinTexts(a: Thing, b: Thing): Thing {
	return eachPair(a, b, (left, right) =>
		left.kind === "plain" && right.kind === "plain"
			? text(textOf(left) + textOf(right), allFrom(left, right))
			: unclear(t("a text with an unknown part")),
	);
}

/** Wider fields are no ports. */
const WIDEST = 200;

/** A value with a format specification; only those that leave a number as it is are understood: `d`, `s`, `5d`, `04`. */
function formatted(value: Thing, specification: string): Thing {
	return each(value, (one) => {
		if (one.kind === "nothing") return plain("None");
		if (one.kind !== "plain") return unclear(t("a text with an unknown part"));
		const written = textOf(one);
		const width = /^(0?)([0-9]*)[ds]?$/.exec(specification);
		if (!width) return unclear(t("the format {0}", specification));
		return plain(written.padStart(Math.min(Number(width[2] || 0), WIDEST), width[1] ? "0" : " "), one.from);
	});
}

/** `"%s:%d" % (host, port)` and `"%(port)s" % {"port": 80}`. */
export function percentFormat(template: Thing, values: Thing): Thing {
	return each(template, (pattern) => {
		if (pattern.kind !== "plain" || typeof pattern.value !== "string") return unclear(t("a remainder of something unknown"));
		const positional = values.kind === "list" ? [...values.items] : [values];
		const named: Fields | undefined = values.kind === "structure" ? values.fields : undefined;
		return fill(pattern.value, /%(?:\(([^)]*)\))?([0-9]*)[sdirf]|%%/g, pattern.from, (match) => {
			if (match[0] === "%%") return plain("%");
			const value = match[1] !== undefined ? named?.get(match[1]) : positional.shift();
			return formatted(value ?? unclear(t("a missing value")), match[2] ?? "");
		});
	});
}

/** `"{}:{port}".format(host, port=80)`. */
export function braceFormat(template: string, from: readonly Thing[], keywords: ReadonlyMap<string, Thing>, self: Thing): Thing {
	const positional = [...from];
	return fill(template, /\{\{|\}\}|\{([A-Za-z0-9_]*)(?:![rs])?(?::([^{}]*))?\}/g, self.kind === "plain" ? self.from : [], (match) => {
		if (match[0] === "{{" || match[0] === "}}") return plain(match[0].charAt(0));
		const name = match[1] ?? "";
		const value = name === "" ? positional.shift() : /^[0-9]+$/.test(name) ? from[Number(name)] : keywords.get(name);
		return formatted(value ?? unclear(t("a missing value")), match[2] ?? "");
	});
}

function fill(template: string, pattern: RegExp, from: readonly Evidence[], value: (match: RegExpMatchArray) => Thing): Thing {
	let result: Thing = plain("", from);
	let last = 0;
	for (const match of template.matchAll(pattern)) {
		result = joinTexts(joinTexts(result, plain(template.slice(last, match.index))), value(match));
		last = match.index + match[0].length;
	}
	return joinTexts(result, plain(template.slice(last)));
}
