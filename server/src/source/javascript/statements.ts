import { t } from "../../model/message.ts";
import { type Done, takeBranch } from "../core/branch.ts";
import { dictionary, type Fields, localNames, NOTHING, plain, type Thing, unclear } from "../core/thing.ts";
import { child, childrenIn, hasToken, namedChildren, type SyntaxNode } from "../syntax.ts";
import { assign, type Binding } from "./assign.ts";
import { makeClass } from "./classes.ts";
import { evaluate, propertyName } from "./expressions.ts";
import { makeFunction } from "./functions.ts";
import type { JavaScript } from "./javascript.ts";
import { iterate, keysOf, MOST_TURNS } from "./loops.ts";
import { executeExport, executeImport } from "./modules.ts";
import { binary, javaScriptTruth } from "./operators.ts";
import { blockIn, type Scope } from "./scope.ts";

type Execute = (js: JavaScript, node: SyntaxNode, scope: Scope) => Done | undefined;

const ABORT: Done = { kind: "abort" };

/** Statements in order, until one of them leaves. Functions are there before anything runs. */
export function executeBlock(js: JavaScript, block: SyntaxNode, scope: Scope): Done | undefined {
	const statements = namedChildren(block);
	for (const statement of statements) hoist(js, statement, scope);
	for (const statement of statements) {
		const done = execute(js, statement, scope);
		if (done) return done;
	}
	return undefined;
}

const FUNCTIONS: ReadonlySet<string> = new Set(["function_declaration", "generator_function_declaration"]);

function hoist(js: JavaScript, statement: SyntaxNode, scope: Scope): void {
	const declaration = statement.type === "export_statement" ? child(statement, "declaration") : statement;
	if (!declaration || !FUNCTIONS.has(declaration.type)) return;
	const name = child(declaration, "name");
	if (name) assign(js, name, makeFunction(js, declaration, scope), scope, "block");
}

export function execute(js: JavaScript, node: SyntaxNode, scope: Scope): Done | undefined {
	const rule = STATEMENTS[node.type];
	if (!rule || !js.run.enter()) return undefined;
	const done = rule(js, node, scope);
	js.run.leave();
	if (!js.run.aborting) return done;
	js.run.aborting = false;
	return ABORT;
}

const inBlock: Execute = (js, node, scope) => executeBlock(js, node, blockIn(scope));

const STATEMENTS: Readonly<Record<string, Execute>> = {
	expression_statement: (js, node, scope) => {
		for (const one of namedChildren(node)) {
			if (one.type === "internal_module") executeNamespace(js, one, scope);
			else evaluate(js, one, scope);
		}
		return undefined;
	},
	lexical_declaration: (js, node, scope) => declare(js, node, scope, "block"),
	variable_declaration: (js, node, scope) => declare(js, node, scope, "function"),
	class_declaration: declareClass,
	abstract_class_declaration: declareClass,
	enum_declaration: executeEnum,
	statement_block: inBlock,
	// What stands around an error is still source.
	ERROR: executeBlock,
	return_statement: (js, node, scope) => {
		const value = namedChildren(node)[0];
		return { kind: "return", value: value ? evaluate(js, value, scope) : NOTHING };
	},
	throw_statement: () => ABORT,
	break_statement: () => ({ kind: "break" }),
	continue_statement: () => ({ kind: "continue" }),
	if_statement: executeIf,
	for_statement: executeFor,
	for_in_statement: executeForIn,
	while_statement: executeWhile,
	do_statement: (js, node, scope) => {
		const body = child(node, "body");
		return withoutLoop(body ? execute(js, body, scope) : undefined);
	},
	switch_statement: executeSwitch,
	try_statement: executeTry,
	labeled_statement: (js, node, scope) => {
		const body = child(node, "body");
		return withoutLoop(body ? execute(js, body, scope) : undefined);
	},
	import_statement: (js, node, scope) => {
		executeImport(js, node, scope);
		return undefined;
	},
	export_statement: (js, node, scope) => {
		executeExport(js, node, scope);
		return undefined;
	},
	internal_module: executeNamespace,
	module: executeNamespace,
};

function withoutLoop(done: Done | undefined): Done | undefined {
	return done?.kind === "break" || done?.kind === "continue" ? undefined : done;
}

function declare(js: JavaScript, node: SyntaxNode, scope: Scope, binding: Binding): undefined {
	for (const one of namedChildren(node)) {
		if (one.type !== "variable_declarator") continue;
		const [name, value] = [child(one, "name"), child(one, "value")];
		if (!name) continue;
		if (value) assign(js, name, evaluate(js, value, scope), scope, binding);
		// `var port;` after `port = 80` takes nothing away.
		else if (binding === "block") assign(js, name, NOTHING, scope, binding);
	}
	return undefined;
}

function declareClass(js: JavaScript, node: SyntaxNode, scope: Scope): undefined {
	const name = child(node, "name");
	const type = makeClass(js, node, scope);
	if (name) assign(js, name, type, scope, "block");
	return undefined;
}

/** TypeScript: members count up from the one before (TypeScript Handbook, "Enums"). */
function executeEnum(js: JavaScript, node: SyntaxNode, scope: Scope): undefined {
	const [name, body] = [child(node, "name"), child(node, "body")];
	const fields: Fields = new Map();
	let next: Thing = plain(0);
	for (const one of body ? namedChildren(body) : []) {
		const key = propertyName(js, one.type === "enum_assignment" ? child(one, "name") : one, scope);
		const value = child(one, "value");
		const member: Thing = one.type === "enum_assignment" && value ? evaluate(js, value, scope) : next;
		if (key !== undefined) fields.set(key, member);
		next = binary("+", member, plain(1));
	}
	if (name) assign(js, name, dictionary(fields, scope.module.file.evidence(node)), scope, "block");
	return undefined;
}

function executeNamespace(js: JavaScript, node: SyntaxNode, scope: Scope): undefined {
	const [name, body] = [child(node, "name"), child(node, "body")];
	const inside: Scope = { ...scope, names: localNames(), outer: scope, isBlock: false };
	if (body) executeBlock(js, body, inside);
	if (name?.type === "identifier") assign(js, name, dictionary(inside.names), scope, "block");
	return undefined;
}

function executeIf(js: JavaScript, node: SyntaxNode, scope: Scope): Done | undefined {
	const [condition, then, otherwise] = [child(node, "condition"), child(node, "consequence"), child(node, "alternative")];
	if (!condition) return undefined;
	const elseBody = otherwise ? namedChildren(otherwise)[0] : undefined;
	return takeBranch(
		js.run,
		javaScriptTruth(evaluate(js, condition, scope)),
		() => (then ? execute(js, then, scope) : undefined),
		() => (elseBody ? execute(js, elseBody, scope) : undefined),
	);
}

function executeFor(js: JavaScript, node: SyntaxNode, scope: Scope): Done | undefined {
	const inside = blockIn(scope);
	const [initializer, condition, increment, body] = ["initializer", "condition", "increment", "body"].map((field) => child(node, field));
	if (initializer) execute(js, initializer, inside);
	for (let turn = 0; turn < MOST_TURNS && body; turn++) {
		const test = condition?.type === "expression_statement" ? namedChildren(condition)[0] : condition;
		const endless = !test || test.type === "empty_statement";
		const truth = endless ? ({ kind: "known", value: true } as const) : javaScriptTruth(evaluate(js, test, inside));
		if (truth.kind === "known" && !truth.value) break;
		const done = takeBranch(
			js.run,
			truth,
			() => execute(js, body, inside),
			() => undefined,
		);
		if (done && done.kind !== "continue") return withoutLoop(done);
		// In its first turn an endless loop does what it does in all, and the end of an undecided one is not known.
		if (endless || truth.kind !== "known") break;
		if (increment) evaluate(js, increment, inside);
	}
	return undefined;
}

function executeForIn(js: JavaScript, node: SyntaxNode, scope: Scope): Done | undefined {
	const [target, source, body] = [child(node, "left"), child(node, "right"), child(node, "body")];
	if (!target || !source || !body) return undefined;
	const sequence = evaluate(js, source, scope);
	const kind = child(node, "kind")?.type;
	const binding: Binding = kind === undefined ? "assignment" : kind === "var" ? "function" : "block";
	const isOf = hasToken(node, "of");
	let left: Done | undefined;
	iterate(js, isOf ? sequence : keysOf(sequence), (item) => {
		const inside = blockIn(scope);
		assign(js, target, item, inside, binding);
		const done = execute(js, body, inside);
		if (done && done.kind !== "continue") left = done;
		return left === undefined;
	});
	return withoutLoop(left);
}

/** One turn: a loop that waits for something ends some day, and `while (true)` does in its first turn what it does in all. */
function executeWhile(js: JavaScript, node: SyntaxNode, scope: Scope): Done | undefined {
	const [condition, body] = [child(node, "condition"), child(node, "body")];
	if (!condition || !body) return undefined;
	return takeBranch(
		js.run,
		javaScriptTruth(evaluate(js, condition, scope)),
		() => withoutLoop(execute(js, body, scope)),
		() => undefined,
	);
}

function executeSwitch(js: JavaScript, node: SyntaxNode, scope: Scope): Done | undefined {
	const [subject, body] = [child(node, "value"), child(node, "body")];
	if (!subject || !body) return undefined;
	const value = evaluate(js, subject, scope);
	const inside = blockIn(scope);
	const cases = namedChildren(body);
	const runFrom = (index: number): Done | undefined => {
		for (const one of cases.slice(index))
			for (const statement of childrenIn(one, "body")) {
				const done = execute(js, statement, inside);
				if (done) return done;
			}
		return undefined;
	};
	const tryFrom = (index: number): Done | undefined => {
		const one = cases[index];
		if (!one) {
			const byDefault = cases.findIndex((other) => other.type === "switch_default");
			return byDefault < 0 ? undefined : runFrom(byDefault);
		}
		const test = child(one, "value");
		if (one.type === "switch_default" || !test) return tryFrom(index + 1);
		const truth = javaScriptTruth(binary("===", value, evaluate(js, test, inside)));
		return takeBranch(
			js.run,
			truth,
			() => notBroken(runFrom(index)),
			() => notBroken(tryFrom(index + 1)),
		);
	};
	return notBroken(tryFrom(0));
}

function notBroken(done: Done | undefined): Done | undefined {
	return done?.kind === "break" ? undefined : done;
}

/** The body counts; the handler does when the body throws for sure. */
function executeTry(js: JavaScript, node: SyntaxNode, scope: Scope): Done | undefined {
	const [body, handler, finalizer] = [child(node, "body"), child(node, "handler"), child(node, "finalizer")];
	let done = body ? execute(js, body, scope) : undefined;
	if (done?.kind === "abort" && handler) {
		const inside = blockIn(scope);
		const parameter = child(handler, "parameter");
		if (parameter) assign(js, parameter, unclear(t("an exception")), inside, "block");
		const caught = child(handler, "body");
		done = caught ? executeBlock(js, caught, inside) : undefined;
	}
	const last = finalizer ? child(finalizer, "body") : undefined;
	return (last ? execute(js, last, scope) : undefined) ?? done;
}
