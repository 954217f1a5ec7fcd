import { t } from "../../model/message.ts";
import { type Done, takeBranch } from "../core/branch.ts";
import { attributeOf, NOTHING, type Structure, type Thing, unclear } from "../core/thing.ts";
import { child, childrenIn, namedChildren, type SyntaxNode } from "../syntax.ts";
import { assign } from "./assign.ts";
import { callThing } from "./calls.ts";
import { makeClass } from "./classes.ts";
import { decorate } from "./decorators.ts";
import { evaluate } from "./expressions.ts";
import { makeFunction } from "./functions.ts";
import { executeImport, executeImportFrom } from "./imports.ts";
import { extendList } from "./lists.ts";
import { iterate } from "./loops.ts";
import { binary, compare, pythonTruth } from "./operators.ts";
import type { Python } from "./python.ts";
import type { Scope } from "./scope.ts";
import { executeTry } from "./tries.ts";

type Execute = (py: Python, node: SyntaxNode, scope: Scope) => Done | undefined;

const ABORT: Done = { kind: "abort" };

/** Statements in order, until one of them leaves. */
export function executeBlock(py: Python, block: SyntaxNode, scope: Scope): Done | undefined {
	for (const statement of namedChildren(block)) {
		const done = execute(py, statement, scope);
		if (done) return done;
	}
	return undefined;
}

function execute(py: Python, node: SyntaxNode, scope: Scope): Done | undefined {
	const rule = STATEMENTS[node.type];
	if (!rule || !py.run.enter()) return undefined;
	const done = rule(py, node, scope);
	py.run.leave();
	if (!py.run.aborting) return done;
	py.run.aborting = false;
	return ABORT;
}

const evaluateAll: Execute = (py, node, scope) => {
	for (const one of namedChildren(node)) evaluate(py, one, scope);
	return undefined;
};

const STATEMENTS: Readonly<Record<string, Execute>> = {
	expression_statement: (py, node, scope) => {
		for (const one of namedChildren(node)) {
			if (one.type === "augmented_assignment") augment(py, one, scope);
			else evaluate(py, one, scope);
		}
		return undefined;
	},
	print_statement: evaluateAll,
	assert_statement: evaluateAll,
	return_statement: (py, node, scope) => {
		const value = namedChildren(node)[0];
		return { kind: "return", value: value ? evaluate(py, value, scope) : NOTHING };
	},
	raise_statement: () => ABORT,
	break_statement: () => ({ kind: "break" }),
	continue_statement: () => ({ kind: "continue" }),
	block: executeBlock,
	// What stands around an error is still source.
	ERROR: executeBlock,
	if_statement: executeIf,
	for_statement: executeFor,
	while_statement: executeWhile,
	try_statement: executeTry,
	with_statement: executeWith,
	match_statement: executeMatch,
	function_definition: (py, node, scope) =>
		define(py, node, makeFunction(py, node, scope, scope.names === scope.owner?.fields ? scope.owner : undefined), scope),
	class_definition: (py, node, scope) => define(py, node, makeClass(py, node, scope), scope),
	decorated_definition: (py, node, scope) => {
		const definition = child(node, "definition");
		if (!definition) return undefined;
		const owner = scope.names === scope.owner?.fields ? scope.owner : undefined;
		const thing = definition.type === "class_definition" ? makeClass(py, definition, scope) : makeFunction(py, definition, scope, owner);
		const decorators = node.children.filter((one) => one.type === "decorator");
		return define(py, definition, decorate(py, decorators, thing, scope), scope);
	},
	import_statement: (py, node, scope) => {
		executeImport(py, node, scope);
		return undefined;
	},
	import_from_statement: (py, node, scope) => {
		executeImportFrom(py, node, scope);
		return undefined;
	},
	global_statement: (_, node, scope) => {
		for (const name of namedChildren(node)) scope.elsewhere.set(scope.module.file.textOf(name), scope.module.fields);
		return undefined;
	},
	nonlocal_statement: (_, node, scope) => {
		for (const one of namedChildren(node)) {
			const name = scope.module.file.textOf(one);
			for (let outer = scope.outer; outer; outer = outer.outer)
				if (outer.names.has(name)) {
					scope.elsewhere.set(name, outer.names);
					break;
				}
		}
		return undefined;
	},
	delete_statement: () => undefined,
};

function define(py: Python, node: SyntaxNode, thing: Thing, scope: Scope): undefined {
	const name = child(node, "name");
	if (name) assign(py, name, thing, scope);
	return undefined;
}

function augment(py: Python, node: SyntaxNode, scope: Scope): void {
	const [left, right, operator] = [child(node, "left"), child(node, "right"), child(node, "operator")];
	if (!left || !right) return;
	const before = evaluate(py, left, scope);
	// A list grows where it stands, and everything that holds it sees that.
	if (before.kind === "list" && operator?.type === "+=") {
		extendList(py, before, evaluate(py, right, scope));
		return;
	}
	assign(py, left, binary(operator?.type.slice(0, -1) ?? "", before, evaluate(py, right, scope)), scope);
}

function executeIf(py: Python, node: SyntaxNode, scope: Scope): Done | undefined {
	const alternatives = childrenIn(node, "alternative");
	const next = (index: number): Done | undefined => {
		const alternative = alternatives[index];
		if (!alternative) return undefined;
		if (alternative.type === "elif_clause") return choose(alternative, index + 1);
		const body = child(alternative, "body");
		return body ? executeBlock(py, body, scope) : undefined;
	};
	const choose = (clause: SyntaxNode, index: number): Done | undefined => {
		const [condition, body] = [child(clause, "condition"), child(clause, "consequence")];
		if (!condition) return undefined;
		const truth = pythonTruth(evaluate(py, condition, scope));
		return takeBranch(
			py.run,
			truth,
			() => (body ? executeBlock(py, body, scope) : undefined),
			() => next(index),
		);
	};
	return choose(node, 0);
}

function executeFor(py: Python, node: SyntaxNode, scope: Scope): Done | undefined {
	const [target, source, body] = [child(node, "left"), child(node, "right"), child(node, "body")];
	if (!target || !source || !body) return undefined;
	let left: Done | undefined;
	iterate(py, evaluate(py, source, scope), (item) => {
		assign(py, target, item, scope);
		const done = executeBlock(py, body, scope);
		if (done && done.kind !== "continue") left = done;
		return left === undefined;
	});
	return left?.kind === "break" ? undefined : left;
}

/** One turn: a loop that waits for something ends some day, and `while True` does in its first turn what it does in all. */
function executeWhile(py: Python, node: SyntaxNode, scope: Scope): Done | undefined {
	const [condition, body] = [child(node, "condition"), child(node, "body")];
	if (!condition || !body) return undefined;
	const done = takeBranch(
		py.run,
		pythonTruth(evaluate(py, condition, scope)),
		() => {
			const inner = executeBlock(py, body, scope);
			return inner?.kind === "break" || inner?.kind === "continue" ? undefined : inner;
		},
		() => undefined,
	);
	return done;
}

function executeWith(py: Python, node: SyntaxNode, scope: Scope): Done | undefined {
	const clause = node.children.find((one) => one.type === "with_clause");
	for (const item of clause ? namedChildren(clause) : []) {
		const value = child(item, "value");
		if (!value) continue;
		const [source, target] = value.type === "as_pattern" ? [namedChildren(value)[0], child(value, "alias")] : [value, undefined];
		const entered = source ? enterContext(py, evaluate(py, source, scope), scope, value) : unclear(t("source that is not understood"));
		if (target) assign(py, target, entered, scope);
	}
	const body = child(node, "body");
	return body ? executeBlock(py, body, scope) : undefined;
}

function enterContext(py: Python, context: Thing, scope: Scope, node: SyntaxNode): Thing {
	if (context.kind !== "structure" || context.shape !== "instance") return context;
	const enter = enterMethod(context);
	const at = scope.module.file.evidence(node);
	if (!enter) return context;
	return callThing(py, enter, { positional: [], keywords: new Map(), self: context, at });
}

function enterMethod(instance: Structure): Thing | undefined {
	for (const parent of instance.parents) {
		if (parent.kind === "library") return attributeOf(parent, "__enter__");
		const method = parent.kind === "structure" ? (parent.fields.get("__enter__") ?? parent.fields.get("__aenter__")) : undefined;
		if (method) return method;
	}
	return undefined;
}

/** Literal patterns decide; any other pattern may match. */
function executeMatch(py: Python, node: SyntaxNode, scope: Scope): Done | undefined {
	const [subject, body] = [child(node, "subject"), child(node, "body")];
	if (!subject || !body) return undefined;
	const value = evaluate(py, subject, scope);
	const clauses = namedChildren(body).filter((one) => one.type === "case_clause");
	const tryFrom = (index: number): Done | undefined => {
		const clause = clauses[index];
		if (!clause) return undefined;
		const pattern = clause.children.find((one) => one.type === "case_pattern");
		const consequence = child(clause, "consequence");
		const then = () => (consequence ? executeBlock(py, consequence, scope) : undefined);
		const literal = pattern ? namedChildren(pattern)[0] : undefined;
		if (!literal) return then();
		const truth = LITERALS.has(literal.type)
			? pythonTruth(compare("==", value, evaluate(py, literal, scope)))
			: ({ kind: "undecided" } as const);
		return takeBranch(py.run, truth, then, () => tryFrom(index + 1));
	};
	return tryFrom(0);
}

const LITERALS: ReadonlySet<string> = new Set(["integer", "string", "concatenated_string", "true", "false", "none"]);
