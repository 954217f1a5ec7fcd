import { t } from "../../model/message.ts";
import type { Evidence } from "../../model/text.ts";
import { chooseValue } from "../core/branch.ts";
import { dictionary, each, type Fields, list, localNames, NOTHING, plain, type Thing, unclear } from "../core/thing.ts";
import { child, namedChildren, type SyntaxNode } from "../syntax.ts";
import { assign } from "./assign.ts";
import { attribute, subscript } from "./attributes.ts";
import { BUILTINS } from "./builtins.ts";
import { evaluateCall } from "./calls.ts";
import { makeLambda } from "./functions.ts";
import { starName } from "./imports.ts";
import { pythonNumber, pythonText } from "./literals.ts";
import { iterate, takeItems } from "./loops.ts";
import { binary, compare, negate, pythonTruth, unary } from "./operators.ts";
import type { Python } from "./python.ts";
import { findName, type Scope } from "./scope.ts";
import { concatenated, stringLiteral } from "./strings.ts";

type Evaluate = (py: Python, node: SyntaxNode, scope: Scope) => Thing;

/** What an expression is. Never throws; what it does on the way (calls, assignments) happens. */
export function evaluate(py: Python, node: SyntaxNode, scope: Scope): Thing {
	const rule = EXPRESSIONS[node.type];
	if (!rule) return unclear(t("source that is not understood"));
	if (!py.run.enter()) return unclear(py.run.start.budget.exhausted ?? t("source that nests too deeply"));
	const thing = rule(py, node, scope);
	py.run.leave();
	return thing;
}

const inner: Evaluate = (py, node, scope) => {
	const only = namedChildren(node)[0];
	return only ? evaluate(py, only, scope) : NOTHING;
};

const items: Evaluate = (py, node, scope) => {
	const result = list([], scope.module.file.evidence(node));
	for (const item of namedChildren(node)) {
		if (item.type !== "list_splat") result.items.push(evaluate(py, item, scope));
		else takeItems(result, inner(py, item, scope));
	}
	return result;
};

const EXPRESSIONS: Readonly<Record<string, Evaluate>> = {
	integer: number,
	float: number,
	true: (_, node, scope) => plain(true, [scope.module.file.evidence(node)]),
	false: (_, node, scope) => plain(false, [scope.module.file.evidence(node)]),
	none: () => NOTHING,
	string: stringLiteral,
	concatenated_string: concatenated,
	identifier: name,
	parenthesized_expression: inner,
	await: inner,
	yield: inner,
	list: items,
	tuple: items,
	set: items,
	expression_list: items,
	pattern_list: items,
	dictionary: dictionaryLiteral,
	attribute: (py, node, scope) =>
		attribute(py, part(py, node, "object", scope), text(node, "attribute", scope), scope.module.file.evidence(node)),
	subscript: (py, node, scope) =>
		child(node, "subscript")?.type === "slice"
			? slice(py, node, scope)
			: subscript(py, part(py, node, "value", scope), part(py, node, "subscript", scope), scope.module.file.evidence(node)),
	call: evaluateCall,
	binary_operator: (py, node, scope) => binary(operator(node), part(py, node, "left", scope), part(py, node, "right", scope)),
	unary_operator: (py, node, scope) => unary(operator(node), part(py, node, "argument", scope)),
	not_operator: (py, node, scope) => negate(part(py, node, "argument", scope)),
	boolean_operator: booleanOperator,
	comparison_operator: comparison,
	conditional_expression: conditional,
	lambda: makeLambda,
	named_expression: (py, node, scope) => {
		const value = part(py, node, "value", scope);
		const target = child(node, "name");
		if (target) assign(py, target, value, scope);
		return value;
	},
	assignment: (py, node, scope) => {
		const right = child(node, "right");
		const value = right ? evaluate(py, right, scope) : unclear(t("an annotation without a value"));
		const left = child(node, "left");
		if (left && right) assign(py, left, value, scope);
		// `port: int` in a class declares a field that its instances get.
		else if (left && scope.names === scope.owner?.fields) assign(py, left, NOTHING, scope);
		return value;
	},
	list_comprehension: comprehension,
	generator_expression: comprehension,
	set_comprehension: comprehension,
	dictionary_comprehension: dictionaryComprehension,
	as_pattern: inner,
	type: inner,
};

/** `items[1:]`, `text[:-1]`; steps other than one are not followed. */
function slice(py: Python, node: SyntaxNode, scope: Scope): Thing {
	const written = child(node, "subscript");
	const bounds: (Thing | undefined)[] = [undefined];
	for (const one of written?.children ?? []) {
		if (one.type === ":") bounds.push(undefined);
		else if (one.named) bounds[bounds.length - 1] = evaluate(py, one, scope);
	}
	const [start, end] = bounds.map((one) => (one?.kind === "plain" ? Number(one.value) : one ? Number.NaN : undefined));
	const known = bounds.length === 2 && !Number.isNaN(start) && !Number.isNaN(end);
	return each(part(py, node, "value", scope), (one) => {
		if (known && one.kind === "list") return { ...list(one.items.slice(start, end), one.at), open: one.open };
		if (known && one.kind === "plain" && typeof one.value === "string") return plain(one.value.slice(start, end), one.from);
		return unclear(t("a part that is not known"), scope.module.file.evidence(node));
	});
}

function part(py: Python, node: SyntaxNode, field: string, scope: Scope): Thing {
	const found = child(node, field);
	return found ? evaluate(py, found, scope) : unclear(t("source that is not understood"));
}

function text(node: SyntaxNode, field: string, scope: Scope): string {
	const found = child(node, field);
	return found ? scope.module.file.textOf(found) : "";
}

function operator(node: SyntaxNode): string {
	return child(node, "operator")?.type ?? "";
}

function number(_: Python, node: SyntaxNode, scope: Scope): Thing {
	const value = pythonNumber(scope.module.file.textOf(node));
	if (value === undefined) return unclear(t("a number that is not understood"));
	const thing = plain(value, [scope.module.file.evidence(node)]);
	return node.type === "float" ? { ...thing, float: true } : thing;
}

function name(_: Python, node: SyntaxNode, scope: Scope): Thing {
	const written = scope.module.file.textOf(node);
	const found = findName(scope, written) ?? (Object.hasOwn(BUILTINS, written) ? BUILTINS[written] : undefined);
	return found ?? starName(scope, written) ?? unclear(t("{0} is not defined in view", written), scope.module.file.evidence(node));
}

function dictionaryLiteral(py: Python, node: SyntaxNode, scope: Scope): Thing {
	const fields: Fields = new Map();
	const result = dictionary(fields, scope.module.file.evidence(node));
	for (const entry of namedChildren(node)) {
		if (entry.type === "pair") {
			const key = part(py, entry, "key", scope);
			const value = part(py, entry, "value", scope);
			if (key.kind === "plain") fields.set(pythonText(key.value), value);
			else result.open = true;
		} else {
			const spread = inner(py, entry, scope);
			if (spread.kind !== "structure" || spread.open) result.open = true;
			if (spread.kind === "structure") for (const [key, value] of spread.fields) fields.set(key, value);
		}
	}
	return result;
}

function booleanOperator(py: Python, node: SyntaxNode, scope: Scope): Thing {
	const left = part(py, node, "left", scope);
	const isOr = operator(node) === "or";
	let right: Thing | undefined;
	const decide = (one: Thing): Thing => {
		const truth = pythonTruth(one);
		if (truth.kind === "known" && truth.value === isOr) return one;
		right ??= part(py, node, "right", scope);
		return truth.kind === "known"
			? right
			: chooseValue(
					py.run,
					truth,
					() => (isOr ? one : (right ?? one)),
					() => (isOr ? (right ?? one) : one),
				);
	};
	// Something unknown may still be false, and then the other side counts.
	return left.kind === "unknown" ? decide(left) : each(left, decide);
}

function comparison(py: Python, node: SyntaxNode, scope: Scope): Thing {
	const operands = namedChildren(node).map((one) => evaluate(py, one, scope));
	const operators = node.children.filter((one) => one.field === "operators").map((one) => one.type);
	let result: Thing = plain(true);
	for (let i = 0; i + 1 < operands.length; i++) {
		const [a, b] = [operands[i], operands[i + 1]];
		if (!a || !b) break;
		const one = isEnvironment(b) ? isSet(py, operators[i] ?? "", a, scope.module.file.evidence(node)) : compare(operators[i] ?? "", a, b);
		const truth = pythonTruth(one);
		if (truth.kind !== "known") return operands.length === 2 ? one : unclear(t("an undecided condition"));
		result = one;
		if (!truth.value) break;
	}
	return result;
}

function isEnvironment(thing: Thing): boolean {
	return thing.kind === "library" && thing.origin === "os.environ";
}

/** `"PORT" in os.environ`: false by default when the image does not set it. */
function isSet(py: Python, operator: string, name: Thing, at: Evidence): Thing {
	if (name.kind !== "plain" || !/^(not )?in$/.test(operator)) return unclear(t("an undecided condition"));
	return each(py.run.variable(pythonText(name.value), NOTHING, at), (one) => plain((one.kind !== "nothing") === (operator === "in")));
}

function conditional(py: Python, node: SyntaxNode, scope: Scope): Thing {
	const [then, condition, otherwise] = namedChildren(node);
	if (!then || !condition || !otherwise) return unclear(t("source that is not understood"));
	return chooseValue(
		py.run,
		pythonTruth(evaluate(py, condition, scope)),
		() => evaluate(py, then, scope),
		() => evaluate(py, otherwise, scope),
	);
}

function comprehension(py: Python, node: SyntaxNode, scope: Scope): Thing {
	const result = list([], scope.module.file.evidence(node));
	if (!comprehend(py, node, scope, (body, inside) => void result.items.push(evaluate(py, body, inside)))) result.open = true;
	return result;
}

/** `{key: value for … in …}` */
function dictionaryComprehension(py: Python, node: SyntaxNode, scope: Scope): Thing {
	const result = dictionary(new Map(), scope.module.file.evidence(node));
	const whole = comprehend(py, node, scope, (body, inside) => {
		const [key, value] = [part(py, body, "key", inside), part(py, body, "value", inside)];
		if (key.kind === "plain") result.fields.set(pythonText(key.value), value);
		else result.open = true;
	});
	if (!whole) result.open = true;
	return result;
}

/** One `for`, with conditions that can be decided; `take` gets the body once a turn. Answers whether all turns were known. */
function comprehend(py: Python, node: SyntaxNode, scope: Scope, take: (body: SyntaxNode, inside: Scope) => void): boolean {
	const clauses = namedChildren(node).slice(1);
	const [body, loop] = [child(node, "body"), clauses[0]];
	const [target, source] = loop ? [child(loop, "left"), child(loop, "right")] : [];
	if (!body || !target || !source || clauses.filter((one) => one.type === "for_in_clause").length !== 1) return false;
	const inside: Scope = { ...scope, names: localNames(), outer: scope, elsewhere: new Map() };
	let decided = true;
	const whole = iterate(py, evaluate(py, source, scope), (item) => {
		assign(py, target, item, inside);
		for (const clause of clauses.slice(1)) {
			const truth = pythonTruth(inner(py, clause, inside));
			if (truth.kind !== "known") decided = false;
			if (truth.kind !== "known" || !truth.value) return true;
		}
		take(body, inside);
		return true;
	});
	return whole && decided;
}
