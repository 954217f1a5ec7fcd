import { t } from "../model/message.ts";
import { concat, type Environment, known, likelyText, lookUp, mapText, unknown, type Value } from "../model/value.ts";

/**
 * The value of a word: quotes taken off, escapes resolved, variables looked up in `scope`, as BuildKit's shell lexer
 * does (frontend/dockerfile/shell/lex.go). A variable that `scope` does not hold is empty for the builder, but the
 * caller decides that: here it stays a variable without a fallback.
 */
export function expand(text: string, scope: Environment, escapeChar: string): Value {
	const parts: Value[] = [];
	let literal = "";
	const flush = () => {
		if (literal) parts.push(known(literal));
		literal = "";
	};
	let quote = "";
	for (let i = 0; i < text.length; i++) {
		const char = text.charAt(i);
		if (quote === "'") {
			if (char === "'") quote = "";
			else literal += char;
		} else if (char === "$") {
			const variable = readVariable(text, i);
			if (!variable) literal += char;
			else {
				flush();
				parts.push(expandVariable(variable, scope, escapeChar));
				i = variable.end - 1;
			}
		} else if (char === escapeChar) {
			const next = text.charAt(i + 1);
			// Inside double quotes only these are escaped; elsewhere the escape character always goes.
			if (quote === '"' && next !== '"' && next !== "$" && next !== escapeChar) literal += char;
			else {
				literal += next;
				i++;
			}
		} else if (quote === '"') {
			if (char === '"') quote = "";
			else literal += char;
		} else if (char === '"' || char === "'") quote = char;
		else literal += char;
	}
	flush();
	return parts.length === 1 && parts[0] ? parts[0] : concat(parts);
}

interface VariableUse {
	readonly name: string;
	/** `-`, `:-`, `+`, `:+`, `?`, `:?`, or another operator of the newer syntaxes. */
	readonly operator: string;
	readonly operand: string;
	/** Offset behind it. */
	readonly end: number;
}

function readVariable(text: string, start: number): VariableUse | undefined {
	const plain = /^\$(\w+)/.exec(text.slice(start));
	if (plain) return { name: plain[1] ?? "", operator: "", operand: "", end: start + plain[0].length };
	if (text.charAt(start + 1) !== "{") return undefined;
	let depth = 0;
	for (let i = start + 1; i < text.length; i++) {
		if (text.charAt(i) === "{") depth++;
		else if (text.charAt(i) === "}" && --depth === 0) {
			const body = /^(\w+)(:?[-+?]|##?|%%?|\/\/?|)([\s\S]*)$/.exec(text.slice(start + 2, i));
			return body ? { name: body[1] ?? "", operator: body[2] ?? "", operand: body[3] ?? "", end: i + 1 } : undefined;
		}
	}
	return undefined;
}

function expandVariable(use: VariableUse, scope: Environment, escapeChar: string): Value {
	const value = lookUp(scope, use.name);
	const operand = () => expand(use.operand, scope, escapeChar);
	switch (use.operator) {
		case "":
			return value;
		case "-":
		case ":-":
			return withDefault(value, operand(), use.operator === ":-");
		case "+":
		case ":+": {
			if (value.kind === "variable" && !value.fallback) return known("");
			return likelyText(value) === "" && use.operator === ":+"
				? known("")
				: mapText(value, (_, from) => mapText(operand(), (text, more) => known(text, ...from, ...more)));
		}
		case "?":
		case ":?":
			return value;
		default:
			return mapText(
				value,
				(text) => removePattern(text, use.operator, use.operand) ?? unknown(t("{0} is not followed", `\${${use.name}${use.operator}…}`)),
			);
	}
}

/** `value`, or `fallback` where it is not set (or, with `emptyToo`, empty). */
export function withDefault(value: Value, fallback: Value, emptyToo: boolean): Value {
	if (value.kind === "variable" && !value.fallback) return { ...value, fallback };
	if (!emptyToo) return value;
	return mapText(value, (text, from) => (text === "" ? fallback : known(text, ...from)));
}

/** `${v#prefix}` and `${v%suffix}` with plain text; patterns are left alone. */
function removePattern(text: string, operator: string, operand: string): Value | undefined {
	if (/[*?[\]$"'\\]/.test(operand)) return undefined;
	if (operator === "#" || operator === "##") return known(text.startsWith(operand) ? text.slice(operand.length) : text);
	if (operator === "%" || operator === "%%") return known(text.endsWith(operand) ? text.slice(0, text.length - operand.length) : text);
	return undefined;
}
