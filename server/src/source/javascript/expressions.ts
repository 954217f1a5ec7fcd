import { t } from "../../model/message.ts";
import { chooseValue } from "../core/branch.ts";
import {
	append,
	type Callable,
	dictionary,
	each,
	type Fields,
	library,
	list,
	NOTHING,
	plain,
	type Structure,
	type Thing,
	unclear,
} from "../core/thing.ts";
import { child, hasToken, namedChildren, type SyntaxNode } from "../syntax.ts";
import { assign } from "./assign.ts";
import { evaluateCall, evaluateNew } from "./calls.ts";
import { makeClass } from "./classes.ts";
import { makeFunction } from "./functions.ts";
import { GLOBALS } from "./globals.ts";
import type { JavaScript } from "./javascript.ts";
import { javaScriptNumber, unescapeJavaScript } from "./literals.ts";
import { itemsOf } from "./loops.ts";
import { element, isEnvironment, member } from "./members.ts";
import { binary, javaScriptTruth, missing, negate, toNumber, toText, typeOf } from "./operators.ts";
import { declaring, type Scope } from "./scope.ts";

type Evaluate = (js: JavaScript, node: SyntaxNode, scope: Scope) => Thing;

/** What an expression is. Never throws; what it does on the way (calls, assignments) happens. */
export function evaluate(js: JavaScript, node: SyntaxNode, scope: Scope): Thing {
	const rule = EXPRESSIONS[node.type];
	if (!rule) return unclear(t("source that is not understood"));
	if (!js.run.enter()) return unclear(js.run.start.budget.exhausted ?? t("source that nests too deeply"));
	const thing = rule(js, node, scope);
	js.run.leave();
	return thing;
}

const inner: Evaluate = (js, node, scope) => {
	const only = namedChildren(node)[0];
	return only ? evaluate(js, only, scope) : NOTHING;
};

const last: Evaluate = (js, node, scope) => {
	let result: Thing = NOTHING;
	for (const one of namedChildren(node)) result = evaluate(js, one, scope);
	return result;
};

const EXPRESSIONS: Readonly<Record<string, Evaluate>> = {
	number: (_, node, scope) => {
		const value = javaScriptNumber(scope.module.file.textOf(node));
		return value === undefined ? unclear(t("a number that is not understood")) : plain(value, [scope.module.file.evidence(node)]);
	},
	string: (_, node, scope) => plain(textParts(node, scope), [scope.module.file.evidence(node)]),
	template_string: templateString,
	true: (_, node, scope) => plain(true, [scope.module.file.evidence(node)]),
	false: (_, node, scope) => plain(false, [scope.module.file.evidence(node)]),
	null: () => NOTHING,
	undefined: () => NOTHING,
	identifier,
	shorthand_property_identifier: identifier,
	this: (_, __, scope) => scope.self ?? NOTHING,
	parenthesized_expression: last,
	sequence_expression: last,
	await_expression: inner,
	yield_expression: inner,
	as_expression: inner,
	satisfies_expression: inner,
	non_null_expression: inner,
	type_assertion: last,
	instantiation_expression: inner,
	member_expression: (js, node, scope) => {
		const object = part(js, node, "object", scope);
		const property = child(node, "property");
		const name = property ? scope.module.file.textOf(property) : "";
		const at = scope.module.file.evidence(node);
		return isOptional(node) ? ifPresent(object, (one) => member(js, one, name, at)) : member(js, object, name, at);
	},
	subscript_expression: (js, node, scope) => {
		const [object, index] = [part(js, node, "object", scope), part(js, node, "index", scope)];
		const at = scope.module.file.evidence(node);
		return isOptional(node) ? ifPresent(object, (one) => element(js, one, index, at)) : element(js, object, index, at);
	},
	call_expression: evaluateCall,
	new_expression: evaluateNew,
	array: (js, node, scope) => {
		const result = list([], scope.module.file.evidence(node));
		for (const one of namedChildren(node)) {
			if (one.type !== "spread_element") result.items.push(evaluate(js, one, scope));
			else {
				const items = itemsOf(inner(js, one, scope));
				append(result, items.items);
				if (items.open) result.open = true;
			}
		}
		return result;
	},
	object: objectLiteral,
	arrow_function: makeFunction,
	function_expression: makeFunction,
	generator_function: makeFunction,
	class: makeClass,
	unary_expression: unary,
	binary_expression: binaryExpression,
	ternary_expression: (js, node, scope) =>
		chooseValue(
			js.run,
			javaScriptTruth(part(js, node, "condition", scope)),
			() => part(js, node, "consequence", scope),
			() => part(js, node, "alternative", scope),
		),
	assignment_expression: (js, node, scope) => {
		const [left, value] = [child(node, "left"), part(js, node, "right", scope)];
		if (left) assign(js, left, value, scope, "assignment");
		return value;
	},
	augmented_assignment_expression: (js, node, scope) => {
		const left = child(node, "left");
		if (!left) return unclear(t("source that is not understood"));
		const operator = (child(node, "operator")?.type ?? "").slice(0, -1);
		const before = evaluate(js, left, scope);
		const right = () => part(js, node, "right", scope);
		const value = LOGICAL.has(operator) ? logical(js, operator, before, right) : binary(operator, before, right());
		assign(js, left, value, scope, "assignment");
		return value;
	},
	update_expression: (js, node, scope) => {
		const target = child(node, "argument");
		if (!target) return unclear(t("source that is not understood"));
		const before = toNumber(evaluate(js, target, scope));
		const after = binary(hasToken(node, "++") ? "+" : "-", before, plain(1));
		assign(js, target, after, scope, "assignment");
		return node.children[0]?.named ? before : after;
	},
	meta_property: (js, __, scope) => {
		const path = scope.module.file.path;
		const fields: Fields = new Map<string, Thing>([
			["url", plain(`file://${path}`)],
			["filename", plain(path)],
			["dirname", plain(path.replace(/\/[^/]*$/, "") || "/")],
			["main", plain(js.main === scope.module.module)],
			["env", library("import.meta.env")],
			["dir", plain(path.replace(/\/[^/]*$/, "") || "/")],
		]);
		return { ...dictionary(fields), open: true };
	},
};

function part(js: JavaScript, node: SyntaxNode, field: string, scope: Scope): Thing {
	const found = child(node, field);
	return found ? evaluate(js, found, scope) : unclear(t("source that is not understood"));
}

export function isOptional(node: SyntaxNode): boolean {
	return node.children.some((one) => one.type === "optional_chain" || one.type === "?.");
}

/** `?.`: nothing stays nothing. */
export function ifPresent(object: Thing, read: (one: Thing) => Thing): Thing {
	return object.kind === "unknown" ? read(object) : each(object, (one) => (one.kind === "nothing" ? NOTHING : read(one)));
}

function identifier(js: JavaScript, node: SyntaxNode, scope: Scope): Thing {
	const name = scope.module.file.textOf(node);
	const found = declaring(scope, name)?.get(name);
	if (found) return found;
	if (name === "undefined") return NOTHING;
	return GLOBALS(js, name) ?? unclear(t("{0} is not defined in view", name), scope.module.file.evidence(node));
}

/** The text of a string literal, its escapes resolved. */
export function textParts(node: SyntaxNode, scope: Scope): string {
	const file = scope.module.file;
	return node.children
		.map((one) => (one.type === "escape_sequence" ? unescapeJavaScript(file.textOf(one)) : one.named ? file.textOf(one) : ""))
		.join("");
}

function templateString(js: JavaScript, node: SyntaxNode, scope: Scope): Thing {
	const file = scope.module.file;
	const plainOnly = !node.children.some((one) => one.type === "template_substitution");
	let result: Thing = plain("", plainOnly ? [file.evidence(node)] : []);
	for (const one of node.children) {
		if (one.type === "template_substitution") result = binary("+", result, toText(inner(js, one, scope)));
		else if (one.type === "escape_sequence") result = binary("+", result, plain(unescapeJavaScript(file.textOf(one))));
		else if (one.named) result = binary("+", result, plain(file.textOf(one)));
	}
	return result;
}

function objectLiteral(js: JavaScript, node: SyntaxNode, scope: Scope): Thing {
	const fields: Fields = new Map();
	const result: Structure = dictionary(fields, scope.module.file.evidence(node));
	for (const one of namedChildren(node)) {
		if (one.type === "shorthand_property_identifier") fields.set(scope.module.file.textOf(one), evaluate(js, one, scope));
		else if (one.type === "pair") {
			const name = propertyName(js, child(one, "key"), scope);
			const value = part(js, one, "value", scope);
			if (name === undefined) result.open = true;
			else fields.set(name, value);
		} else if (one.type === "method_definition") {
			const name = propertyName(js, child(one, "name"), scope);
			const method: Callable = makeFunction(js, one, scope);
			if (name !== undefined) fields.set(name, hasToken(one, "get") ? { ...method, property: true } : method);
		} else if (one.type === "spread_element") {
			const spread = inner(js, one, scope);
			if (spread.kind === "structure") for (const [key, value] of spread.fields) fields.set(key, value);
			if ((spread.kind !== "structure" && spread.kind !== "nothing") || (spread.kind === "structure" && spread.open)) result.open = true;
		}
	}
	return result;
}

/** The name of a property; undefined when it is computed from something unknown. */
export function propertyName(js: JavaScript, key: SyntaxNode | undefined, scope: Scope): string | undefined {
	if (!key) return undefined;
	if (key.type === "string") return textParts(key, scope);
	if (key.type !== "computed_property_name") return scope.module.file.textOf(key);
	const computed = inner(js, key, scope);
	return computed.kind === "plain" ? String(computed.value) : undefined;
}

const LOGICAL: ReadonlySet<string> = new Set(["||", "&&", "??"]);

function binaryExpression(js: JavaScript, node: SyntaxNode, scope: Scope): Thing {
	const operator = child(node, "operator")?.type ?? "";
	const left = part(js, node, "left", scope);
	const right = () => part(js, node, "right", scope);
	if (operator === "in" && left.kind === "plain") {
		const object = right();
		// `"PORT" in process.env` asks whether it is set.
		return isEnvironment(object)
			? binary("!==", member(js, object, String(left.value), scope.module.file.evidence(node)), NOTHING)
			: binary(operator, left, object);
	}
	return LOGICAL.has(operator) ? logical(js, operator, left, right) : binary(operator, left, right());
}

function logical(js: JavaScript, operator: string, left: Thing, evaluateRight: () => Thing): Thing {
	let right: Thing | undefined;
	const decide = (one: Thing): Thing => {
		const truth = operator === "??" ? missing(one) : javaScriptTruth(one);
		const takesLeft = operator === "||";
		if (truth.kind === "known" && truth.value === takesLeft) return one;
		if (truth.kind === "known") {
			right ??= evaluateRight();
			return right;
		}
		return takesLeft ? chooseValue(js.run, truth, () => one, evaluateRight) : chooseValue(js.run, truth, evaluateRight, () => one);
	};
	return left.kind === "unknown" ? decide(left) : each(left, decide);
}

function unary(js: JavaScript, node: SyntaxNode, scope: Scope): Thing {
	const operator = child(node, "operator")?.type;
	const argument = child(node, "argument");
	if (operator === "delete") return plain(true);
	if (operator === "typeof" && argument?.type === "identifier") {
		const name = scope.module.file.textOf(argument);
		if (!declaring(scope, name) && !GLOBALS(js, name)) return plain("undefined");
	}
	const thing = argument ? evaluate(js, argument, scope) : NOTHING;
	switch (operator) {
		case "!":
			return negate(thing);
		case "+":
			return toNumber(thing);
		case "-":
			return binary("-", plain(0), toNumber(thing));
		case "~":
			return binary("^", toNumber(thing), plain(-1));
		case "typeof":
			return typeOf(thing);
		default:
			return NOTHING;
	}
}
