import { t } from "../../model/message.ts";
import { type Done, runBody, takeBranch } from "../core/branch.ts";
import { type Call, type Callable, localNames, NOTHING, type Structure, type Thing, unclear } from "../core/thing.ts";
import type { Truth } from "../core/truth.ts";
import { child, childrenIn, namedChildren, type SyntaxNode } from "../syntax.ts";
import { evaluate } from "./expressions.ts";
import { negate, rubyTruth } from "./operators.ts";
import { makeModule, type Ruby, type Scope } from "./ruby.ts";

const ABORT: Done = { kind: "abort" };

/** Methods that end the process or raise (Ruby, `Kernel`). */
const ENDING: ReadonlySet<string> = new Set(["exit", "exit!", "abort", "raise", "fail"]);

/** Wrappers around statements. */
const BODIES: ReadonlySet<string> = new Set([
	"program",
	"then",
	"else",
	"body_statement",
	"block_body",
	"begin",
	"begin_block",
	"parenthesized_statements",
	"do",
	"ensure",
]);

/**
 * Statements in order, until one of them leaves. At the tail of a method the last one's value is what it returns.
 */
export function executeBody(rb: Ruby, node: SyntaxNode, scope: Scope, tail: boolean): Done | undefined {
	const statements = BODIES.has(node.type) ? namedChildren(node).filter((one) => one.type !== "rescue") : [node];
	for (const [index, statement] of statements.entries()) {
		const done = execute(rb, statement, scope, tail && index === statements.length - 1);
		if (done) return done;
	}
	return undefined;
}

/** The value of statements in the place of an expression. */
export function evaluateBody(rb: Ruby, node: SyntaxNode, scope: Scope): Thing {
	if (!BODIES.has(node.type)) return node.type === "elsif" ? evaluate(rb, { ...node, type: "if" }, scope) : evaluate(rb, node, scope);
	return runBody(rb.run, () => executeBody(rb, node, scope, true));
}

/** Whether the branch of an `if`, `unless`, `elsif` or their modifiers is taken. */
export function conditionOf(rb: Ruby, node: SyntaxNode, condition: SyntaxNode, scope: Scope): Truth {
	const value = evaluate(rb, condition, scope);
	return rubyTruth(node.type.startsWith("unless") ? negate(value) : value);
}

function execute(rb: Ruby, node: SyntaxNode, scope: Scope, tail: boolean): Done | undefined {
	if (!rb.run.enter()) return undefined;
	const done = statement(rb, node, scope, tail);
	rb.run.leave();
	return done;
}

function statement(rb: Ruby, node: SyntaxNode, scope: Scope, tail: boolean): Done | undefined {
	switch (node.type) {
		case "if":
		case "unless":
		case "elsif":
		case "if_modifier":
		case "unless_modifier":
			return branch(rb, node, scope, tail);
		case "begin":
		case "parenthesized_statements":
			return executeBody(rb, node, scope, tail);
		case "ERROR":
			return executeBody(rb, { ...node, type: "program" }, scope, false);
		case "return": {
			const value = namedChildren(node)[0];
			const only = value && namedChildren(value)[0];
			return { kind: "return", value: only ? evaluate(rb, only, scope) : NOTHING };
		}
		case "break":
		case "next":
			return undefined;
		case "while":
		case "until":
		case "for":
		case "while_modifier":
		case "until_modifier": {
			// One turn does what all of them do.
			const inner = child(node, "body");
			return inner ? executeBody(rb, inner, scope, false) : undefined;
		}
		case "method":
		case "singleton_method":
			defineMethod(rb, node, scope);
			return undefined;
		case "class":
		case "module":
			openModule(rb, node, scope);
			return undefined;
		case "singleton_class": {
			const inner = child(node, "body");
			if (inner) executeBody(rb, inner, { ...scope, names: new Map(), outer: undefined }, false);
			return undefined;
		}
	}
	if (ENDING.has(scope.file.textOf(child(node, "method") ?? node)) && !child(node, "receiver")) return ABORT;
	const value = evaluate(rb, node, scope);
	return tail ? { kind: "return", value } : undefined;
}

function branch(rb: Ruby, node: SyntaxNode, scope: Scope, tail: boolean): Done | undefined {
	const condition = child(node, "condition");
	if (!condition) return undefined;
	const [then, otherwise] = [child(node, "consequence") ?? child(node, "body"), child(node, "alternative")];
	const run = (one: SyntaxNode | undefined) => () => (one ? executeBody(rb, one, scope, tail) : undefined);
	const done = takeBranch(rb.run, conditionOf(rb, node, condition, scope), run(then), run(otherwise));
	return done ?? (tail && !otherwise ? { kind: "return", value: NOTHING } : undefined);
}

function defineMethod(rb: Ruby, node: SyntaxNode, scope: Scope): void {
	const [name, inner] = [child(node, "name"), child(node, "body")];
	if (!name) return;
	const parameters = child(node, "parameters");
	const method = makeCallable(rb, parameters, inner, { ...scope, names: new Map(), outer: undefined });
	const own = node.type === "singleton_method";
	rb.run.journal.set((scope.nesting[0] ?? rb.top).fields, `${own ? "." : "#"}${scope.file.textOf(name)}`, method);
}

/** A method or a block. A block sees its surroundings; `scope` says what that is. */
export function makeCallable(rb: Ruby, parameters: SyntaxNode | undefined, inner: SyntaxNode | undefined, scope: Scope): Callable {
	const invoke = (call: Call): Thing =>
		rb.run.deeper(
			() => {
				const inside: Scope = {
					...scope,
					names: localNames(),
					outer: scope,
					self: call.self ?? scope.self,
					block: call.keywords.get("&") ?? scope.block,
				};
				bind(rb, parameters, call, inside);
				return inner ? runBody(rb.run, () => executeBody(rb, inner, inside, true)) : NOTHING;
			},
			unclear(t("calls that nest too deeply"), call.at),
		);
	return { kind: "callable", fields: new Map(), invoke, binds: true, own: true };
}

function bind(rb: Ruby, parameters: SyntaxNode | undefined, call: Call, inside: Scope): void {
	const positional = [...call.positional];
	for (const one of parameters ? namedChildren(parameters) : []) {
		const written = child(one, "name") ?? (one.type === "identifier" ? one : undefined);
		if (!written) continue;
		const name = inside.file.textOf(written);
		const byDefault = child(one, "value");
		const given =
			one.type === "keyword_parameter"
				? call.keywords.get(name)
				: one.type === "block_parameter"
					? call.keywords.get("&")
					: one.type === "splat_parameter" || one.type === "hash_splat_parameter"
						? unclear(t("arguments that are not followed"))
						: positional.shift();
		rb.run.journal.set(
			inside.names,
			name,
			given ?? (byDefault ? evaluate(rb, byDefault, inside) : unclear(t("{0} is given by a caller out of view", name), call.at)),
		);
	}
}

function openModule(rb: Ruby, node: SyntaxNode, scope: Scope): void {
	const [name, inner, superclass] = [child(node, "name"), child(node, "body"), child(node, "superclass")];
	if (!name) return;
	const parent = superclass && namedChildren(superclass)[0];
	const [last = name] = name.type === "scope_resolution" ? childrenIn(name, "name") : [name];
	const key = scope.file.textOf(last);
	const place = (scope.nesting[0] ?? rb.top).fields;
	const before = place.get(key);
	const shape = node.type === "class" ? "class" : "module";
	const made: Structure =
		before?.kind === "structure" ? before : makeModule(shape, parent ? [evaluate(rb, parent, scope)] : [], scope.file.evidence(name));
	rb.run.journal.set(place, key, made);
	if (inner)
		executeBody(
			rb,
			inner,
			{ ...scope, names: new Map(), outer: undefined, self: made, nesting: [made, ...scope.nesting], block: undefined },
			false,
		);
}
