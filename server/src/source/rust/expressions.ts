import { t } from "../../model/message.ts";
import { own } from "../../model/table.ts";
import type { Evidence } from "../../model/text.ts";
import { chooseValue } from "../core/branch.ts";
import { type Call, each, eachPair, library, NOTHING, plain, type Structure, type Thing, unclear } from "../core/thing.ts";
import { child, hasToken, type SyntaxNode } from "../syntax.ts";
import { evaluateBlock } from "./blocks.ts";
import { evaluateCall } from "./calls.ts";
import { defaultInstance } from "./derived.ts";
import { makeClosure, makeInstance, makeList } from "./items.ts";
import { LIBRARY_VALUES } from "./libraries.ts";
import { evaluateMacro } from "./macros.ts";
import { resolvePath, segments } from "./modules.ts";
import { binary, negate, rustTruth } from "./operators.ts";
import { findLocal, parts, type Rust, type Scope } from "./rust.ts";

type Evaluate = (rs: Rust, node: SyntaxNode, scope: Scope) => Thing;

/** What an expression is. Never throws; what it does on the way (calls, assignments) happens. */
export function evaluate(rs: Rust, node: SyntaxNode, scope: Scope): Thing {
	const rule = EXPRESSIONS[node.type];
	if (!rule) return unclear(t("source that is not understood"));
	if (!rs.run.enter()) return unclear(rs.run.start.budget.exhausted ?? t("source that nests too deeply"));
	const thing = rule(rs, node, scope);
	rs.run.leave();
	return thing;
}

function part(rs: Rust, node: SyntaxNode, field: string, scope: Scope): Thing {
	const found = child(node, field);
	return found ? evaluate(rs, found, scope) : unclear(t("source that is not understood"));
}

/** What stands inside: a reference, `.await`, parentheses. */
const only: Evaluate = (rs, node, scope) => {
	const inner = parts(node)[0];
	return inner ? evaluate(rs, inner, scope) : NOTHING;
};

const path: Evaluate = (rs, node, scope) => {
	const text = scope.module.file.textOf(node);
	if (text === "None") return NOTHING;
	const found = resolvePath(rs, segments(text), scope);
	return found.kind === "library" ? (own(LIBRARY_VALUES, found.origin) ?? found) : found;
};

const EXPRESSIONS: Readonly<Record<string, Evaluate>> = {
	integer_literal: (_, node, scope) => {
		const value = Number(
			scope.module.file
				.textOf(node)
				.replaceAll("_", "")
				.replace(/[iu](8|16|32|64|128|size)$/, ""),
		);
		return Number.isFinite(value) ? plain(value, [scope.module.file.evidence(node)]) : unclear(t("a number that is not understood"));
	},
	float_literal: (_, node, scope) => plain(Number.parseFloat(scope.module.file.textOf(node)), [scope.module.file.evidence(node)]),
	boolean_literal: (_, node, scope) => plain(scope.module.file.textOf(node) === "true", [scope.module.file.evidence(node)]),
	char_literal: (_, node, scope) => plain(scope.module.file.textOf(node).slice(1, -1), [scope.module.file.evidence(node)]),
	string_literal: text,
	raw_string_literal: text,
	identifier: path,
	scoped_identifier: path,
	self: (_, _node, scope) => findLocal(scope, "self") ?? unclear("self"),
	field_expression: (rs, node, scope) => {
		const name = child(node, "field");
		return name
			? fieldValue(rs, part(rs, node, "value", scope), scope.module.file.textOf(name))
			: unclear(t("source that is not understood"));
	},
	call_expression: evaluateCall,
	macro_invocation: evaluateMacro,
	reference_expression: (rs, node, scope) => part(rs, node, "value", scope),
	await_expression: only,
	parenthesized_expression: only,
	async_block: only,
	unsafe_block: only,
	try_expression: (rs, node, scope) =>
		each(only(rs, node, scope), (one) => (one.kind === "nothing" ? unclear(t("a value that is missing")) : one)),
	type_cast_expression: (rs, node, scope) => part(rs, node, "value", scope),
	unary_expression: (rs, node, scope) => {
		const value = only(rs, node, scope);
		return hasToken(node, "!") ? negate(value) : hasToken(node, "-") ? binary("-", plain(0), value) : value;
	},
	binary_expression: (rs, node, scope) => {
		const operator = child(node, "operator")?.type ?? "";
		if (operator !== "&&" && operator !== "||") return binary(operator, part(rs, node, "left", scope), part(rs, node, "right", scope));
		const truth = rustTruth(part(rs, node, "left", scope));
		const right = () => part(rs, node, "right", scope);
		return operator === "&&" ? chooseValue(rs.run, truth, right, () => plain(false)) : chooseValue(rs.run, truth, () => plain(true), right);
	},
	assignment_expression: (rs, node, scope) => {
		const left = child(node, "left");
		if (left) assign(rs, left, part(rs, node, "right", scope), scope);
		return NOTHING;
	},
	compound_assignment_expr: (rs, node, scope) => {
		const left = child(node, "left");
		const operator = child(node, "operator")?.type.slice(0, -1) ?? "";
		if (left) assign(rs, left, binary(operator, evaluate(rs, left, scope), part(rs, node, "right", scope)), scope);
		return NOTHING;
	},
	tuple_expression: makeList,
	array_expression: makeList,
	unit_expression: () => NOTHING,
	index_expression: (rs, node, scope) => {
		const [of, at] = parts(node);
		if (!of || !at) return unclear(t("source that is not understood"));
		return eachPair(evaluate(rs, of, scope), evaluate(rs, at, scope), (one, index) =>
			one.kind === "list" && index.kind === "plain" && !(one.open && Number(index.value) >= one.items.length - 1)
				? (one.items[Number(index.value)] ?? unclear(t("an element that is not known")))
				: unclear(t("an element that is not known")),
		);
	},
	struct_expression: structLiteral,
	closure_expression: makeClosure,
	block: evaluateBlock,
	if_expression: evaluateBlock,
	match_expression: evaluateBlock,
	loop_expression: evaluateBlock,
	while_expression: evaluateBlock,
	for_expression: evaluateBlock,
	// As the pattern of a match: `self::X`, `-1`.
	negative_literal: (rs, node, scope) => binary("-", plain(0), only(rs, node, scope)),
	generic_function: (rs, node, scope) => part(rs, node, "function", scope),
};

function text(_: Rust, node: SyntaxNode, scope: Scope): Thing {
	const { file } = scope.module;
	const whole = parts(node)
		.map((one) => (one.type === "escape_sequence" ? escaped(file.textOf(one)) : file.textOf(one)))
		.join("");
	return plain(whole, [file.evidence(node)]);
}

function escaped(sequence: string): string {
	return sequence === "\\n" ? "\n" : sequence === "\\t" ? "\t" : sequence.startsWith("\\\n") ? "" : sequence.slice(1);
}

/** `value.name`, `value.0`. */
export function fieldValue(_: Rust, value: Thing, name: string): Thing {
	return each(value, (one) => {
		if (one.kind === "structure") return one.fields.get(name) ?? unclear(t("{0} is not set in view", name));
		if (one.kind === "list") return one.items[Number(name)] ?? unclear(t("an element that is not known"));
		if (one.kind === "library") return one.fields.get(name) ?? library(`${one.origin}.${name}`, one);
		return unclear(t("{0} is not set in view", name));
	});
}

function assign(rs: Rust, target: SyntaxNode, value: Thing, scope: Scope): void {
	const { file } = scope.module;
	if (target.type === "identifier") {
		const name = file.textOf(target);
		for (let one: Scope | undefined = scope; one; one = one.outer)
			if (one.names.has(name)) {
				rs.run.journal.set(one.names, name, value);
				return;
			}
	} else if (target.type === "field_expression") {
		const [object, field] = [child(target, "value"), child(target, "field")];
		const of = object && evaluate(rs, object, scope);
		if (field && (of?.kind === "structure" || of?.kind === "library")) rs.run.journal.set(of.fields, file.textOf(field), value);
	} else if (target.type === "unary_expression") {
		const inner = parts(target)[0];
		if (inner) assign(rs, inner, value, scope);
	}
}

/** What a type's own `default` makes, else what a derived one does. */
function defaultOf(rs: Rust, type: Structure, at: Evidence): Thing {
	const own = type.fields.get("default");
	return own?.kind === "callable" ? own.invoke({ positional: [], keywords: new Map(), self: undefined, at }) : defaultInstance(rs, type);
}

/** `Config { port: 80, host, ..Default::default() }`. */
function structLiteral(rs: Rust, node: SyntaxNode, scope: Scope): Thing {
	const { file } = scope.module;
	const [name, body] = [child(node, "name"), child(node, "body")];
	const type = name ? resolvePath(rs, segments(file.textOf(name)), scope) : unclear(t("a type"));
	const at = file.evidence(node);
	const fields = new Map<string, Thing>();
	let base: Thing | undefined;
	for (const one of body ? parts(body) : []) {
		const field = child(one, "field");
		if (one.type === "field_initializer" && field) fields.set(file.textOf(field), part(rs, one, "value", scope));
		else if (one.type === "shorthand_field_initializer")
			fields.set(file.textOf(one), findLocal(scope, file.textOf(one)) ?? unclear(t("a field")));
		else if (one.type === "base_field_initializer") base = only(rs, one, scope);
	}
	if (type.kind !== "structure") {
		const made = library(`${type.kind === "library" ? type.origin : "a type"} {}`);
		for (const [key, value] of fields) made.fields.set(key, value);
		return made;
	}
	const made = makeInstance(type, at);
	if (base?.kind === "library" && base.origin === "Default::default()") base = defaultOf(rs, type, at);
	if (base?.kind === "structure") for (const [key, value] of base.fields) made.fields.set(key, value);
	for (const [key, value] of fields) made.fields.set(key, value);
	return made;
}

/** The arguments of a call, also of one that was put together from a macro's tokens. */
export function readArguments(rs: Rust, node: SyntaxNode, scope: Scope): Call {
	const given = child(node, "arguments");
	const positional = given ? parts(given).map((one) => evaluate(rs, one, scope)) : [];
	return { positional, keywords: new Map(), self: undefined, at: scope.module.file.evidence(node) };
}
