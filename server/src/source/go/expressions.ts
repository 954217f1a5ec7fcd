import { t } from "../../model/message.ts";
import type { Evidence } from "../../model/text.ts";
import { chooseValue } from "../core/branch.ts";
import {
	dictionary,
	each,
	eachPair,
	type Fields,
	library,
	list,
	NOTHING,
	plain,
	type Structure,
	type Thing,
	unclear,
} from "../core/thing.ts";
import { child, namedChildren, type SyntaxNode } from "../syntax.ts";
import { addressOf, pointee } from "./assign.ts";
import { evaluateCall } from "./calls.ts";
import { makeFunction } from "./functions.ts";
import { declaring, type Go, type Scope } from "./go.ts";
import { literal } from "./literals.ts";
import { member } from "./members.ts";
import { lookUpName, packageOrLibrary } from "./names.ts";
import { binary, goTruth, negate } from "./operators.ts";
import { infoOf, resolveType, zeroOf, zeroValue } from "./types.ts";

type Evaluate = (go: Go, node: SyntaxNode, scope: Scope) => Thing;

/** The value of an expression. */
export function evaluate(go: Go, node: SyntaxNode, scope: Scope): Thing {
	const rule = EXPRESSIONS[node.type];
	if (!rule) return unclear(t("source that is not understood"), scope.file.source.evidence(node));
	if (!go.run.enter()) return unclear(t("source that nests too deeply"));
	const value = rule(go, node, scope);
	go.run.leave();
	return value;
}

const asLiteral: Evaluate = (_, node, scope) => literal(node.type, scope.file.source.textOf(node), scope.file.source.evidence(node));

const inside: Evaluate = (go, node, scope) => {
	const only = namedChildren(node)[0];
	return only ? evaluate(go, only, scope) : unclear(t("source that is not understood"));
};

const EXPRESSIONS: Readonly<Record<string, Evaluate>> = {
	interpreted_string_literal: asLiteral,
	raw_string_literal: asLiteral,
	rune_literal: asLiteral,
	int_literal: asLiteral,
	float_literal: asLiteral,
	imaginary_literal: () => unclear(t("a complex number")),
	true: () => plain(true),
	false: () => plain(false),
	nil: () => NOTHING,
	iota: (_, __, scope) => plain(scope.iota ?? 0),
	identifier,
	type_identifier: identifier,
	selector_expression: selector,
	qualified_type: (go, node, scope) => resolveType(go, node, scope) ?? unclear(t("a type that is not in view")),
	parenthesized_expression: inside,
	literal_element: inside,
	expression_list: (go, node, scope) => {
		const items = namedChildren(node);
		const [only] = items;
		return items.length === 1 && only ? evaluate(go, only, scope) : list(items.map((one) => evaluate(go, one, scope)));
	},
	call_expression: evaluateCall,
	type_conversion_expression: (go, node, scope) => {
		const operand = child(node, "operand");
		return operand ? evaluate(go, operand, scope) : unclear(t("source that is not understood"));
	},
	type_assertion_expression: (go, node, scope) => {
		const operand = child(node, "operand");
		return operand ? evaluate(go, operand, scope) : unclear(t("source that is not understood"));
	},
	type_instantiation_expression: (go, node, scope) => {
		const type = child(node, "type") ?? namedChildren(node)[0];
		return type ? evaluate(go, type, scope) : unclear(t("source that is not understood"));
	},
	func_literal: (go, node, scope) => makeFunction(go, node, scope),
	composite_literal: (go, node, scope) => {
		const [type, body] = [child(node, "type"), child(node, "body")];
		return type && body ? composite(go, type, body, scope, scope.file.source.evidence(node)) : unclear(t("source that is not understood"));
	},
	unary_expression: unary,
	binary_expression: binaryExpression,
	index_expression: (go, node, scope) => {
		const [operand, index] = [child(node, "operand"), child(node, "index")];
		if (!operand || !index) return unclear(t("source that is not understood"));
		const object = evaluate(go, operand, scope);
		// `f[int](x)` looks like an index.
		return object.kind === "callable" ? object : element(go, object, evaluate(go, index, scope), scope.file.source.evidence(node));
	},
	slice_expression: slice,
};

function identifier(go: Go, node: SyntaxNode, scope: Scope): Thing {
	const name = scope.file.source.textOf(node);
	if (name === "nil") return NOTHING;
	return lookUpName(go, name, scope) ?? unclear(t("{0} is not set in view", name), scope.file.source.evidence(node));
}

function selector(go: Go, node: SyntaxNode, scope: Scope): Thing {
	const [operand, field] = [child(node, "operand"), child(node, "field")];
	if (!operand || !field) return unclear(t("source that is not understood"));
	const at = scope.file.source.evidence(node);
	const name = scope.file.source.textOf(field);
	if (operand.type === "identifier") {
		const pkg = scope.file.source.textOf(operand);
		if (!declaring(scope, pkg) && !scope.pkg.declarations.has(pkg)) {
			const found = packageOrLibrary(go, pkg, name, scope, at);
			if (found) return found;
		}
	}
	return member(go, evaluate(go, operand, scope), name, at);
}

function unary(go: Go, node: SyntaxNode, scope: Scope): Thing {
	const [operator, operand] = [child(node, "operator")?.type, child(node, "operand")];
	if (!operand) return unclear(t("source that is not understood"));
	if (operator === "&") return addressOf(go, operand, scope);
	const value = evaluate(go, operand, scope);
	switch (operator) {
		case "*":
			return pointee(go, value);
		case "!":
			return negate(value);
		case "<-":
			return unclear(t("what comes from a channel"), scope.file.source.evidence(node));
		case "-":
			return binary("-", plain(0), value);
		case "+":
			return value;
		default:
			return unclear(t("a sum that is not understood"));
	}
}

function binaryExpression(go: Go, node: SyntaxNode, scope: Scope): Thing {
	const [left, operator, right] = [child(node, "left"), child(node, "operator")?.type, child(node, "right")];
	if (!left || !right || operator === undefined) return unclear(t("source that is not understood"));
	const first = evaluate(go, left, scope);
	const second = () => evaluate(go, right, scope);
	if (operator === "&&") return chooseValue(go.run, goTruth(first), second, () => plain(false));
	if (operator === "||") return chooseValue(go.run, goTruth(first), () => plain(true), second);
	return binary(operator, first, second());
}

/** `object[key]`. */
export function element(go: Go, object: Thing, key: Thing, at: Evidence): Thing {
	return eachPair(pointee(go, object), key, (one, index) => {
		if (index.kind !== "plain") return unclear(t("an element that is not known"), at);
		if (one.kind === "list") {
			const found = one.items[Number(index.value)];
			return found ?? unclear(t("an element that is not known"), at);
		}
		if (one.kind === "structure" && one.shape === "dictionary")
			return (
				one.fields.get(String(index.value)) ?? (one.open ? unclear(t("an element that is not known"), at) : (zeros.get(one) ?? NOTHING))
			);
		if (one.kind === "library") return library(`${one.origin}[]`);
		return unclear(t("an element that is not known"), at);
	});
}

/** What a map answers for a key that it lacks. */
const zeros = new WeakMap<Structure, Thing>();

/** Whether a map has a key: the second value of `v, ok := m[key]`. */
export function hasElement(object: Thing, key: Thing): Thing {
	return eachPair(object, key, (one, index) => {
		if (one.kind !== "structure" || one.shape !== "dictionary" || index.kind !== "plain") return unclear(t("an undecided condition"));
		if (one.fields.has(String(index.value))) return plain(true);
		return one.open ? unclear(t("an undecided condition")) : plain(false);
	});
}

function slice(go: Go, node: SyntaxNode, scope: Scope): Thing {
	const [operand, from, to] = [child(node, "operand"), child(node, "start"), child(node, "end")];
	if (!operand) return unclear(t("source that is not understood"));
	const start = from ? evaluate(go, from, scope) : plain(0);
	const end = to ? evaluate(go, to, scope) : NOTHING;
	return each(evaluate(go, operand, scope), (one) => {
		if (start.kind !== "plain" || (end.kind !== "plain" && end.kind !== "nothing")) return unclear(t("a part that is not known"));
		const [a, b] = [Number(start.value), end.kind === "plain" ? Number(end.value) : undefined];
		if (one.kind === "plain" && typeof one.value === "string") return plain(one.value.slice(a, b), one.from);
		if (one.kind !== "list") return one.kind === "library" ? library(`${one.origin}[]`) : unclear(t("a part that is not known"));
		return {
			...list(one.items.slice(a, b), one.at),
			open: one.open && b === undefined,
			...(one.given === undefined ? {} : { given: Math.max(0, one.given - a) }),
		};
	});
}

/** `Type{…}`. */
function composite(go: Go, type: SyntaxNode, body: SyntaxNode, scope: Scope, at: Evidence): Thing {
	switch (type.type) {
		case "slice_type":
		case "array_type":
		case "implicit_length_array_type":
			return list(elements(go, body, child(type, "element"), scope), at);
		case "map_type":
			return mapLiteral(go, type, body, scope, at);
		case "pointer_type": {
			const inner = namedChildren(type)[0];
			return inner ? composite(go, inner, body, scope, at) : unclear(t("source that is not understood"));
		}
		default:
			return structLiteral(go, zeroOfLiteral(go, type, scope), type, body, scope, at);
	}
}

function zeroOfLiteral(go: Go, type: SyntaxNode, scope: Scope): Thing {
	const resolved = resolveType(go, type, scope);
	return resolved ? zeroOf(go, resolved) : zeroValue(go, type, scope);
}

function structLiteral(go: Go, made: Thing, type: SyntaxNode, body: SyntaxNode, scope: Scope, at: Evidence): Thing {
	const info = made.kind === "structure" ? infoOf(go, made) : undefined;
	if (made.kind === "list") return list(elements(go, body, info?.node, scope), at);
	if (made.kind === "structure" && made.shape === "dictionary") return mapLiteral(go, info?.node ?? type, body, scope, at);
	// A type out of view still has the fields that are written here.
	const target: Thing = made.kind === "structure" || made.kind === "library" ? made : dictionary(new Map(), at);
	const fields: Fields = target.fields;
	namedChildren(body).forEach((one, index) => {
		if (one.type !== "keyed_element") {
			const field = info?.fields[index];
			if (field) fields.set(field.name, elementValue(go, one, field.type, info.scope, scope));
			else fields.set(`${index}`, elementValue(go, one, undefined, undefined, scope));
			return;
		}
		const [key, value] = [child(one, "key"), child(one, "value")];
		if (!key || !value) return;
		const name = scope.file.source.textOf(key);
		const field = info?.fields.find((known) => known.name === name);
		fields.set(name, elementValue(go, value, field?.type, info?.scope, scope));
	});
	if (target.kind !== "structure") return target;
	const whole: Structure = { ...target, at };
	// A type without a name is known by its value alone.
	const own = go.types.get(target);
	if (own) go.types.set(whole, own);
	return whole;
}

function elements(go: Go, body: SyntaxNode, type: SyntaxNode | undefined, scope: Scope): Thing[] {
	return namedChildren(body).map((one) => {
		const value = one.type === "keyed_element" ? child(one, "value") : one;
		return value ? elementValue(go, value, type, scope, scope) : NOTHING;
	});
}

/** An element's value; `{…}` without a type has the type that its surroundings give it. */
function elementValue(go: Go, node: SyntaxNode, type: SyntaxNode | undefined, typeScope: Scope | undefined, scope: Scope): Thing {
	const value = node.type === "literal_element" ? (namedChildren(node)[0] ?? node) : node;
	if (value.type !== "literal_value") return evaluate(go, value, scope);
	const at = scope.file.source.evidence(value);
	if (!type || !typeScope) return structLiteral(go, dictionary(new Map(), at), value, value, scope, at);
	const bare = type.type === "pointer_type" ? (namedChildren(type)[0] ?? type) : type;
	if (/_type$/.test(bare.type) && /^(slice|array|map)/.test(bare.type)) return composite(go, bare, value, scope, at);
	return structLiteral(go, zeroOfLiteral(go, bare, typeScope), bare, value, scope, at);
}

function mapLiteral(go: Go, type: SyntaxNode, body: SyntaxNode, scope: Scope, at: Evidence): Thing {
	const fields: Fields = new Map();
	const made = dictionary(fields, at);
	const valueType = child(type, "value");
	if (valueType) zeros.set(made, zeroValue(go, valueType, scope));
	for (const one of namedChildren(body)) {
		const [key, value] = [child(one, "key"), child(one, "value")];
		const name = key ? evaluate(go, key, scope) : undefined;
		if (!value) continue;
		const held = elementValue(go, value, valueType, scope, scope);
		if (name?.kind === "plain") fields.set(String(name.value), held);
		else made.open = true;
	}
	return made;
}
