import { t } from "../../model/message.ts";
import { chooseValue } from "../core/branch.ts";
import { nameOf } from "../core/paths.ts";
import { dictionary, each, library, list, NOTHING, plain, type Thing, unclear } from "../core/thing.ts";
import { child, hasToken, namedChildren, type SyntaxNode } from "../syntax.ts";
import { assign } from "./assign.ts";
import { evaluateCall } from "./calls.ts";
import { callBuiltIn } from "./methods.ts";
import { binary, negate, rubyTruth } from "./operators.ts";
import { findLocal, type Ruby, type Scope } from "./ruby.ts";
import { conditionOf, evaluateBody, makeCallable } from "./statements.ts";

type Evaluate = (rb: Ruby, node: SyntaxNode, scope: Scope) => Thing;

/** What an expression is. Never throws; what it does on the way (calls, assignments) happens. */
export function evaluate(rb: Ruby, node: SyntaxNode, scope: Scope): Thing {
	const rule = EXPRESSIONS[node.type];
	if (!rule) return unclear(t("source that is not understood"));
	if (!rb.run.enter()) return unclear(rb.run.start.budget.exhausted ?? t("source that nests too deeply"));
	const thing = rule(rb, node, scope);
	rb.run.leave();
	return thing;
}

function part(rb: Ruby, node: SyntaxNode, field: string, scope: Scope): Thing {
	const found = child(node, field);
	return found ? evaluate(rb, found, scope) : NOTHING;
}

/** `if` and `unless`, as statements, modifiers and values. */
const conditional: Evaluate = (rb, node, scope) => {
	const condition = child(node, "condition");
	if (!condition) return NOTHING;
	const truth = conditionOf(rb, node, condition, scope);
	const [then, otherwise] = [child(node, "consequence") ?? child(node, "body"), child(node, "alternative")];
	return chooseValue(
		rb.run,
		truth,
		() => (then ? evaluateBody(rb, then, scope) : NOTHING),
		() => (otherwise ? evaluateBody(rb, otherwise, scope) : NOTHING),
	);
};

const body: Evaluate = (rb, node, scope) => evaluateBody(rb, node, scope);

const EXPRESSIONS: Readonly<Record<string, Evaluate>> = {
	integer: (_, node, scope) => {
		const value = Number(
			scope.file
				.textOf(node)
				.replaceAll("_", "")
				.replace(/^0([0-7]+)$/, "0o$1"),
		);
		return Number.isFinite(value) ? plain(value, [scope.file.evidence(node)]) : unclear(t("a number that is not understood"));
	},
	float: (_, node, scope) => plain(Number(scope.file.textOf(node).replaceAll("_", "")), [scope.file.evidence(node)]),
	true: (_, node, scope) => plain(true, [scope.file.evidence(node)]),
	false: (_, node, scope) => plain(false, [scope.file.evidence(node)]),
	nil: () => NOTHING,
	self: (_rb, _node, scope) => scope.self,
	string: textLiteral,
	bare_string: textLiteral,
	delimited_symbol: textLiteral,
	chained_string: (rb, node, scope) =>
		namedChildren(node).reduce<Thing>((left, one) => binary("+", left, evaluate(rb, one, scope)), plain("")),
	simple_symbol: (_, node, scope) => plain(scope.file.textOf(node).slice(1), [scope.file.evidence(node)]),
	hash_key_symbol: (_, node, scope) => plain(scope.file.textOf(node), [scope.file.evidence(node)]),
	identifier: (rb, node, scope) => {
		const name = scope.file.textOf(node);
		if (name === "__FILE__") return plain(scope.file.path);
		if (name === "__dir__") return plain(scope.file.path.slice(0, scope.file.path.lastIndexOf("/")) || "/");
		// A bare word is a local variable, else a call without arguments.
		return findLocal(scope, name) ?? evaluateCall(rb, node, scope);
	},
	constant: (rb, node, scope) => constant(rb, scope.file.textOf(node), scope),
	scope_resolution: (rb, node, scope) => {
		const [outer, name] = [child(node, "scope"), child(node, "name")];
		if (!name) return unclear(t("source that is not understood"));
		const written = scope.file.textOf(name);
		if (!outer) return rb.top.fields.get(written) ?? library(written);
		return each(evaluate(rb, outer, scope), (one) => {
			if (one.kind === "library") return library(`${one.origin}::${written}`);
			if (one.kind === "structure") return one.fields.get(written) ?? unclear(t("{0} is not set in view", written));
			return unclear(t("{0} is not set in view", written));
		});
	},
	instance_variable: (_, node, scope) => fieldOf(scope.self, scope.file.textOf(node)),
	class_variable: (_, node, scope) => fieldOf(scope.nesting[0], scope.file.textOf(node)),
	global_variable: (rb, node, scope) => {
		const name = scope.file.textOf(node);
		if (name === "$0" || name === "$PROGRAM_NAME") return entryName(rb);
		return rb.globals.get(name) ?? NOTHING;
	},
	call: evaluateCall,
	super: () => unclear(t("a method of a parent class")),
	element_reference: evaluateCall,
	parenthesized_statements: body,
	begin: body,
	if: conditional,
	unless: conditional,
	if_modifier: conditional,
	unless_modifier: conditional,
	conditional,
	case: (rb, node, scope) => {
		const subject = child(node, "value");
		const value = subject ? evaluate(rb, subject, scope) : plain(true);
		const clauses = namedChildren(node).filter((one) => one.type === "when" || one.type === "else");
		const from = (index: number): Thing => {
			const clause = clauses[index];
			if (!clause) return NOTHING;
			if (clause.type === "else") return evaluateBody(rb, clause, scope);
			const patterns = clause.children.filter((one) => one.field === "pattern").flatMap((one) => namedChildren(one));
			const matches = patterns.map((one) => rubyTruth(binary("===", value, evaluate(rb, one, scope))));
			const inner = child(clause, "body");
			const then = () => (inner ? evaluateBody(rb, inner, scope) : NOTHING);
			const sure = matches.find((one) => one.kind === "known" && one.value);
			const open = matches.find((one) => one.kind !== "known");
			return chooseValue(rb.run, sure ?? open ?? { kind: "known", value: false }, then, () => from(index + 1));
		};
		return from(0);
	},
	binary: (rb, node, scope) => {
		const operator = child(node, "operator")?.type ?? "";
		const left = part(rb, node, "left", scope);
		if (operator === "||" || operator === "or") return either(rb, left, true, () => part(rb, node, "right", scope));
		if (operator === "&&" || operator === "and") return either(rb, left, false, () => part(rb, node, "right", scope));
		const right = part(rb, node, "right", scope);
		// `options << value` and the like say nothing about ports.
		return binary(operator, left, right);
	},
	unary: (rb, node, scope) => {
		const operand = part(rb, node, "operand", scope);
		if (hasToken(node, "!") || hasToken(node, "not")) return negate(operand);
		if (hasToken(node, "-")) return binary("-", plain(0), operand);
		return hasToken(node, "defined?") ? unclear(t("an undecided condition")) : operand;
	},
	assignment: (rb, node, scope) => {
		const left = child(node, "left");
		const value = part(rb, node, "right", scope);
		if (left) assign(rb, left, value, scope);
		return value;
	},
	operator_assignment: (rb, node, scope) => {
		const [left, right] = [child(node, "left"), child(node, "right")];
		const operator = node.children.find((one) => one.type.endsWith("=") && !one.named)?.type.slice(0, -1) ?? "";
		if (!left || !right) return NOTHING;
		const isNew = left.type === "identifier" && !findLocal(scope, scope.file.textOf(left));
		const before = isNew ? NOTHING : evaluate(rb, left, scope);
		const given = () => evaluate(rb, right, scope);
		const value =
			operator === "||"
				? either(rb, before, true, given)
				: operator === "&&"
					? either(rb, before, false, given)
					: binary(operator, before, given());
		assign(rb, left, value, scope);
		return value;
	},
	array: items,
	string_array: items,
	symbol_array: items,
	hash: (rb, node, scope) => {
		const result = dictionary(new Map(), scope.file.evidence(node));
		for (const pair of namedChildren(node)) {
			const key = pair.type === "pair" ? part(rb, pair, "key", scope) : undefined;
			if (key?.kind !== "plain") result.open = true;
			else result.fields.set(String(key.value), part(rb, pair, "value", scope));
		}
		return result;
	},
	lambda: (rb, node, scope) => makeCallable(rb, child(node, "parameters"), child(child(node, "body") ?? node, "body"), scope),
	bare_symbol: (_, node, scope) => plain(scope.file.textOf(node)),
};

function items(rb: Ruby, node: SyntaxNode, scope: Scope): Thing {
	const result = list([], scope.file.evidence(node));
	for (const item of namedChildren(node)) {
		if (item.type === "splat_argument") result.open = true;
		else result.items.push(evaluate(rb, item, scope));
	}
	return result;
}

/** `a || b` and `a && b`. */
function either(rb: Ruby, left: Thing, isOr: boolean, other: () => Thing): Thing {
	let right: Thing | undefined;
	const otherwise = (): Thing => {
		right ??= other();
		return right;
	};
	const decide = (one: Thing): Thing => {
		const truth = rubyTruth(one);
		if (truth.kind === "known") return truth.value === isOr ? one : otherwise();
		return isOr ? chooseValue(rb.run, truth, () => one, otherwise) : chooseValue(rb.run, truth, otherwise, () => one);
	};
	return left.kind === "unknown" ? decide(left) : each(left, decide);
}

function textLiteral(rb: Ruby, node: SyntaxNode, scope: Scope): Thing {
	const parts = namedChildren(node).map((one): Thing => {
		if (one.type === "interpolation") {
			const inner = namedChildren(one)[0];
			return inner
				? each(evaluate(rb, inner, scope), (thing) => callBuiltIn(rb, thing, "to_s", noArguments(scope, one)) ?? thing)
				: plain("");
		}
		if (one.type === "escape_sequence") return plain(scope.file.textOf(one) === "\\n" ? "\n" : scope.file.textOf(one).slice(1));
		return plain(scope.file.textOf(one), [scope.file.evidence(node)]);
	});
	return parts.length === 0 ? plain("", [scope.file.evidence(node)]) : parts.reduce((left, right) => binary("+", left, right));
}

function noArguments(scope: Scope, node: SyntaxNode) {
	return { positional: [], keywords: new Map<string, Thing>(), self: undefined, at: scope.file.evidence(node) };
}

function constant(rb: Ruby, name: string, scope: Scope): Thing {
	for (const one of [...scope.nesting, rb.top]) {
		const found = one.fields.get(name);
		if (found) return found;
	}
	if (name === "ARGV")
		return {
			...list(rb.run.start.args.map((one) => (one.kind === "known" ? plain(one.text, one.from) : unclear(t("an argument"))))),
			open: true,
		};
	return library(name);
}

export function fieldOf(of: Thing | undefined, name: string): Thing {
	return (of?.kind === "structure" || of?.kind === "library" ? of.fields.get(name) : undefined) ?? NOTHING;
}

/** `$0`: the same as `__FILE__` in the file that the program was started by. */
export function entryName(rb: Ruby): Thing {
	const { entry, main } = rb.run.start;
	if (!main) return plain("a program that loads this file");
	return plain(entry.kind === "path" ? entry.path : nameOf(entry.name));
}
