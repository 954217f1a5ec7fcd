import { t } from "../../model/message.ts";
import { type Done, takeBranch } from "../core/branch.ts";
import { isOpen, list, NOTHING, plain, type Thing, unclear } from "../core/thing.ts";
import type { Truth } from "../core/truth.ts";
import { child, childrenIn, namedChildren, type SyntaxNode } from "../syntax.ts";
import { assign } from "./assign.ts";
import { evaluate, hasElement } from "./expressions.ts";
import { blockIn, type Go, type Scope } from "./go.ts";
import { hasFailed } from "./libraries/model.ts";
import { binary, goTruth } from "./operators.ts";
import { declared, declareSpecs, isErrorName, part } from "./packages.ts";

type Execute = (go: Go, node: SyntaxNode, scope: Scope) => Done | undefined;

const ABORT: Done = { kind: "abort" };

/** Turns of a loop that are followed; programs do not listen on more ports than this one by one. */
const MOST_TURNS = 64;

/** The statements of a block, or of a case, in order, until one of them leaves. */
export function executeBlock(go: Go, block: SyntaxNode, scope: Scope): Done | undefined {
	const statements = namedChildren(block).flatMap((one) => (one.type === "statement_list" ? namedChildren(one) : [one]));
	for (const statement of statements) {
		const done = execute(go, statement, scope);
		if (done) return done;
	}
	return undefined;
}

function execute(go: Go, node: SyntaxNode, scope: Scope): Done | undefined {
	const rule = STATEMENTS[node.type];
	if (!rule || !go.run.enter()) return undefined;
	const done = rule(go, node, scope);
	go.run.leave();
	if (!go.run.aborting) return done;
	go.run.aborting = false;
	return done?.kind === "return" ? done : ABORT;
}

const nothing: Execute = () => undefined;

const inBlock: Execute = (go, node, scope) => executeBlock(go, node, blockIn(scope));

const local: Execute = (go, node, scope) => {
	declareSpecs(node, scope.file, (name, declaration) => {
		const value = declared(go, declaration, scope);
		if (name !== "_") go.run.journal.set(scope.names, name, value);
	});
	return undefined;
};

const STATEMENTS: Readonly<Record<string, Execute>> = {
	expression_statement: (go, node, scope) => {
		const only = namedChildren(node)[0];
		if (!only) return undefined;
		evaluate(go, only, scope);
		// `log.Fatal(http.ListenAndServe(…))` is how a program runs, not how it refuses to.
		if (!go.run.aborting || !handsOverCall(only)) return undefined;
		go.run.aborting = false;
		return { kind: "return", value: NOTHING };
	},
	short_var_declaration: (go, node, scope) => assignAll(go, node, scope, true),
	assignment_statement: (go, node, scope) => assignAll(go, node, scope, false),
	inc_statement: (go, node, scope) => step(go, node, scope, "+"),
	dec_statement: (go, node, scope) => step(go, node, scope, "-"),
	var_declaration: local,
	const_declaration: local,
	type_declaration: local,
	block: inBlock,
	statement_list: executeBlock,
	// What stands around an error is still source.
	ERROR: executeBlock,
	go_statement: (go, node, scope) => {
		const call = namedChildren(node)[0];
		if (call) evaluate(go, call, scope);
		// A goroutine that ends the process does so when its server fails.
		go.run.aborting = false;
		return undefined;
	},
	// `errors <- http.ListenAndServe(…)`
	send_statement: (go, node, scope) => {
		const value = child(node, "value");
		if (value) evaluate(go, value, scope);
		return undefined;
	},
	// Deferred calls clean up.
	defer_statement: nothing,
	return_statement: executeReturn,
	break_statement: () => ({ kind: "break" }),
	continue_statement: () => ({ kind: "continue" }),
	if_statement: executeIf,
	for_statement: executeFor,
	expression_switch_statement: executeSwitch,
	type_switch_statement: executeTypeSwitch,
	select_statement: executeSelect,
	labeled_statement: (go, node, scope) => {
		const body = namedChildren(node).at(-1);
		return body ? execute(go, body, scope) : undefined;
	},
};

function handsOverCall(node: SyntaxNode): boolean {
	const given = node.type === "call_expression" ? child(node, "arguments") : undefined;
	return given?.children.some((one) => one.type === "call_expression") === true;
}

function assignAll(go: Go, node: SyntaxNode, scope: Scope, declares: boolean): undefined {
	const [left, right] = [child(node, "left"), child(node, "right")];
	const operator = child(node, "operator")?.type ?? "=";
	if (!left || !right) return undefined;
	const targets = namedChildren(left);
	const written = namedChildren(right);
	const text = (one: SyntaxNode): string => scope.file.source.textOf(one);
	const [target] = targets;
	const [only] = written;
	if (operator !== "=" && target && only && !declares) {
		assign(go, target, binary(operator.slice(0, -1), evaluate(go, target, scope), evaluate(go, only, scope)), scope, false);
		return undefined;
	}
	let values: Thing[];
	if (targets.length > 1 && written.length === 1 && only) {
		const whole = evaluate(go, only, scope);
		values = targets.map((one, index) => part(whole, index, text(one)));
		// `v, ok := m[key]`, `v, ok := x.(T)`
		if (targets.length === 2 && only.type === "index_expression") {
			const [object, key] = [child(only, "operand"), child(only, "index")];
			if (object && key) values[1] = hasElement(evaluate(go, object, scope), evaluate(go, key, scope));
		} else if (only.type === "type_assertion_expression") values[1] = unclear(t("an undecided condition"));
	} else values = written.map((one) => evaluate(go, one, scope));
	targets.forEach((one, index) => {
		assign(go, one, values[index] ?? unclear(t("a value that is not known")), scope, declares);
	});
	return undefined;
}

function step(go: Go, node: SyntaxNode, scope: Scope, operator: string): undefined {
	const target = namedChildren(node)[0];
	if (target) assign(go, target, binary(operator, evaluate(go, target, scope), plain(1)), scope, false);
	return undefined;
}

function executeReturn(go: Go, node: SyntaxNode, scope: Scope): Done {
	const written = namedChildren(node)[0];
	if (written) {
		const values = written.type === "expression_list" ? namedChildren(written) : [written];
		const [only] = values;
		if (values.length === 1 && only) return { kind: "return", value: evaluate(go, only, scope) };
		return { kind: "return", value: list(values.map((one) => evaluate(go, one, scope))) };
	}
	const names = scope.results;
	if (!names) return { kind: "return", value: NOTHING };
	const held = names.map((name) => lookUpResult(scope, name));
	return { kind: "return", value: held.length === 1 && held[0] ? held[0] : list(held) };
}

function lookUpResult(scope: Scope, name: string): Thing {
	for (let one: Scope | undefined = scope; one; one = one.outer) {
		const found = one.names.get(name);
		if (found) return found;
	}
	return NOTHING;
}

function executeIf(go: Go, node: SyntaxNode, scope: Scope): Done | undefined {
	const inside = blockIn(scope);
	const [initializer, condition] = [child(node, "initializer"), child(node, "condition")];
	const [then, otherwise] = [child(node, "consequence"), child(node, "alternative")];
	if (initializer) execute(go, initializer, inside);
	if (!condition) return undefined;
	const truth = goTruth(evaluate(go, condition, inside));
	return takeBranch(
		go.run,
		truth,
		() => unlessFailing(go, then ? execute(go, then, inside) : undefined, truth, handsOnError(condition, then, scope)),
		() => unlessFailing(go, otherwise ? execute(go, otherwise, inside) : undefined, truth),
	);
}

/**
 * What returns an error refuses to go on, unless that is what happens when nobody sets a variable. One that is handed on
 * (`if err != nil { return err }`) does so in any case: what nobody gave yet is what users give when they start it, and a
 * program that always fails is one that was not understood.
 */
function unlessFailing(go: Go, done: Done | undefined, truth: Truth, handsOn = false): Done | undefined {
	if (done?.kind !== "return" || !(handsOn || hasFailed(done.value))) return done;
	if (truth.kind === "known") return handsOn ? undefined : done;
	const isDefault = truth.kind === "hangs" && !go.run.conditions.some((one) => one.kind === "hangs" && !one.byDefault);
	return handsOn || !isDefault ? ABORT : done;
}

/** `if err != nil { …; return …, err }`, wrapped or not; at the top of a program, `return 1`. */
function handsOnError(condition: SyntaxNode, then: SyntaxNode | undefined, scope: Scope): boolean {
	const [left, right] = [child(condition, "left"), child(condition, "right")];
	const name = left?.type === "identifier" ? scope.file.source.textOf(left) : "";
	if (child(condition, "operator")?.type !== "!=" || right?.type !== "nil" || !isErrorName(name) || !then) return false;
	const statements = namedChildren(then).flatMap((one) => (one.type === "statement_list" ? namedChildren(one) : [one]));
	const last = statements.at(-1);
	const values = last?.type === "return_statement" ? namedChildren(last).flatMap(namedOrSelf) : [];
	const text = values.at(-1) ? scope.file.source.textOf(values.at(-1) ?? then) : "";
	return /^[1-3]$/.test(text) || new RegExp(`\\b${name}\\b|\\berrors\\.|\\bErrorf\\(`).test(text);
}

function namedOrSelf(node: SyntaxNode): SyntaxNode[] {
	return node.type === "expression_list" ? namedChildren(node) : [node];
}

function withoutLoop(done: Done | undefined): Done | undefined {
	return done?.kind === "break" || done?.kind === "continue" ? undefined : done;
}

function executeFor(go: Go, node: SyntaxNode, scope: Scope): Done | undefined {
	const body = child(node, "body");
	const clause = namedChildren(node).find((one) => one !== body);
	if (!body) return undefined;
	if (clause?.type === "range_clause") return executeRange(go, clause, body, scope);
	const inside = blockIn(scope);
	const isFull = clause?.type === "for_clause";
	const [initializer, condition, update] = isFull
		? [child(clause, "initializer"), child(clause, "condition"), child(clause, "update")]
		: [undefined, clause, undefined];
	if (initializer) execute(go, initializer, inside);
	for (let turn = 0; turn < MOST_TURNS; turn++) {
		const truth: Truth = condition ? goTruth(evaluate(go, condition, inside)) : { kind: "known", value: true };
		if (truth.kind === "known" && !truth.value) break;
		const done = takeBranch(
			go.run,
			truth,
			() => execute(go, body, inside),
			() => undefined,
		);
		if (done && done.kind !== "continue") return withoutLoop(done);
		// In its first turn an endless loop does what it does in all, and the end of an undecided one is not known.
		if (!condition || !update || truth.kind !== "known") break;
		execute(go, update, inside);
	}
	return undefined;
}

function executeRange(go: Go, clause: SyntaxNode, body: SyntaxNode, scope: Scope): Done | undefined {
	const [left, right] = [child(clause, "left"), child(clause, "right")];
	const [key, value] = left ? namedChildren(left) : [];
	const sequence = right ? evaluate(go, right, scope) : NOTHING;
	const turn = (index: Thing, item: Thing): Done | undefined => {
		const inside = blockIn(scope);
		if (key) assign(go, key, index, inside, true);
		if (value) assign(go, value, item, inside, true);
		return execute(go, body, inside);
	};
	const { pairs, open } = pairsOf(byDefault(sequence));
	for (const [index, item] of pairs) {
		const done = turn(index, item);
		if (done && done.kind !== "continue") return withoutLoop(done);
	}
	if (!open) return undefined;
	const some = unclear(t("one of several values that are not known"));
	return withoutLoop(
		takeBranch(
			go.run,
			{ kind: "undecided" },
			() => withoutLoop(turn(some, some)),
			() => undefined,
		),
	);
}

/** What a sequence is while nobody sets the variables that it hangs on. */
function byDefault(sequence: Thing): Thing {
	let one = sequence;
	while (isOpen(one)) one = one.fallback;
	return one;
}

function pairsOf(sequence: Thing): { readonly pairs: readonly (readonly [Thing, Thing])[]; readonly open: boolean } {
	if (sequence.kind === "list") {
		const pairs = sequence.items.slice(0, MOST_TURNS).map((item, index) => [plain(index), item] as const);
		return { pairs, open: sequence.open || sequence.items.length > MOST_TURNS };
	}
	if (sequence.kind === "structure" && sequence.shape === "dictionary") {
		const pairs = [...sequence.fields].slice(0, MOST_TURNS).map(([name, item]) => [plain(name), item] as const);
		return { pairs, open: sequence.open || sequence.fields.size > MOST_TURNS };
	}
	if (sequence.kind === "plain" && typeof sequence.value === "number") {
		const count = Math.min(sequence.value, MOST_TURNS);
		return { pairs: Array.from({ length: Math.max(0, count) }, (_, i) => [plain(i), plain(i)] as const), open: false };
	}
	return { pairs: [], open: sequence.kind !== "nothing" };
}

function executeSwitch(go: Go, node: SyntaxNode, scope: Scope): Done | undefined {
	const inside = blockIn(scope);
	const [initializer, subject] = [child(node, "initializer"), child(node, "value")];
	if (initializer) execute(go, initializer, inside);
	const value = subject ? evaluate(go, subject, inside) : plain(true);
	const cases = namedChildren(node).filter((one) => one.type === "expression_case" || one.type === "default_case");
	const run = (index: number): Done | undefined => {
		const one = cases[index];
		if (!one) return undefined;
		const body = namedChildren(one).filter((part) => part.field !== "value");
		for (const part of body) {
			const done = executeBlock(go, part.type === "statement_list" ? part : one, blockIn(inside));
			if (done) return done;
		}
		const last = body.at(-1);
		return last && namedChildren(last).at(-1)?.type === "fallthrough_statement" ? run(index + 1) : undefined;
	};
	const choose = (index: number): Done | undefined => {
		const one = cases[index];
		if (!one) {
			const byDefault = cases.findIndex((other) => other.type === "default_case");
			return byDefault < 0 ? undefined : run(byDefault);
		}
		const tests = childrenIn(one, "value").flatMap((list) => (list.type === "expression_list" ? namedChildren(list) : [list]));
		if (tests.length === 0) return choose(index + 1);
		const truth = goTruth(anyOf(tests.map((test) => binary("==", value, evaluate(go, test, inside)))));
		return takeBranch(
			go.run,
			truth,
			() => unlessFailing(go, run(index), truth),
			() => unlessFailing(go, choose(index + 1), truth),
		);
	};
	return notBroken(choose(0));
}

/** Whether one of these holds. */
function anyOf(answers: readonly Thing[]): Thing {
	const holds = answers.find((one) => one.kind === "plain" && one.value === true);
	return holds ?? answers.find((one) => one.kind !== "plain") ?? plain(false);
}

function notBroken(done: Done | undefined): Done | undefined {
	return done?.kind === "break" ? undefined : done;
}

/** Types are not known well enough to choose: each case may be the one. */
function executeTypeSwitch(go: Go, node: SyntaxNode, scope: Scope): Done | undefined {
	const inside = blockIn(scope);
	const [alias, subject] = [child(node, "alias"), child(node, "value")];
	const value = subject ? evaluate(go, subject, scope) : NOTHING;
	const name = alias ? namedChildren(alias)[0] : undefined;
	if (name) assign(go, name, value, inside, true);
	const bodies = namedChildren(node)
		.filter((one) => one.type === "type_case" || one.type === "default_case")
		.map((one) => namedChildren(one).find((part) => part.type === "statement_list"));
	return tryAll(go, bodies, inside);
}

/** A program that waits: what it does when something comes is not what makes it listen, but it may. */
function executeSelect(go: Go, node: SyntaxNode, scope: Scope): Done | undefined {
	const bodies = namedChildren(node).map((one) => namedChildren(one).find((part) => part.type === "statement_list"));
	tryAll(go, bodies, scope);
	return undefined;
}

function tryAll(go: Go, bodies: readonly (SyntaxNode | undefined)[], scope: Scope): Done | undefined {
	const [first, ...others] = bodies;
	if (bodies.length === 0) return undefined;
	return takeBranch(
		go.run,
		{ kind: "undecided" },
		() => (first ? notBroken(executeBlock(go, first, blockIn(scope))) : undefined),
		() => tryAll(go, others, scope),
	);
}
