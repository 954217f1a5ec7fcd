import { t } from "../../model/message.ts";
import { type Done, runBody, takeBranch } from "../core/branch.ts";
import { NOTHING, plain, type Thing, unclear } from "../core/thing.ts";
import type { Truth } from "../core/truth.ts";
import { child, namedChildren, type SyntaxNode } from "../syntax.ts";
import { coerce } from "./coerce.ts";
import { evaluate } from "./expressions.ts";
import { makeFunction } from "./items.ts";
import { useLocally } from "./modules.ts";
import { rustTruth } from "./operators.ts";
import { bindPattern, matchPattern } from "./patterns.ts";
import { inner, isOtherBuild, parts, type Rust, type Scope } from "./rust.ts";

const ABORT: Done = { kind: "abort" };

/** Calls and macros that end the process. */
const ENDING = /^(?:(?:std::)?process::(?:exit|abort)\s*\(|exit\s*\(|(?:panic|unreachable|todo|unimplemented|bail|anyhow::bail)!)/;

/** Statements in order, until one of them leaves. At the tail of a function the last expression is what it returns. */
export function executeBlock(rs: Rust, block: SyntaxNode, outer: Scope, tail: boolean): Done | undefined {
	const scope = inner(outer);
	const statements = namedChildren(block).filter((one) => one.type !== "line_comment" && one.type !== "block_comment");
	let attributes: SyntaxNode[] = [];
	for (const [index, statement] of statements.entries()) {
		if (statement.type === "attribute_item") {
			attributes.push(statement);
			continue;
		}
		const texts = attributes.map((one) => scope.module.file.textOf(one));
		attributes = [];
		if (texts.some(isOtherBuild)) continue;
		const run = () => execute(rs, statement, scope, tail && index === statements.length - 1);
		// Features and platforms are chosen by the build.
		const done = texts.some(
			(one) => /^#\[\s*cfg\b/.test(one) && !/^#\[\s*cfg\(\s*(unix|target_os\s*=\s*"linux"|not\(\s*(test|windows)\s*\))\s*\)/.test(one),
		)
			? takeBranch(rs.run, { kind: "undecided" }, run, () => undefined)
			: run();
		if (done) return done;
	}
	return undefined;
}

/** The value of a block, an `if` or a `match` in the place of an expression. */
export function evaluateBlock(rs: Rust, node: SyntaxNode, scope: Scope): Thing {
	let ended = false;
	const value = runBody(rs.run, () => {
		const done = execute(rs, node, scope, true);
		ended = done?.kind === "abort";
		return done;
	});
	return ended ? unclear(t("the program ends here")) : value;
}

function execute(rs: Rust, node: SyntaxNode, scope: Scope, tail: boolean): Done | undefined {
	if (!rs.run.enter()) return undefined;
	const done = statement(rs, node, scope, tail);
	rs.run.leave();
	return done;
}

function statement(rs: Rust, node: SyntaxNode, scope: Scope, tail: boolean): Done | undefined {
	switch (node.type) {
		case "expression_statement": {
			const only = parts(node)[0];
			// `value;` is no tail, but `if … { return … }` and the like are written without a semicolon.
			const semicolon = node.children.some((one) => one.type === ";");
			return only ? statement(rs, only, scope, tail && !semicolon) : undefined;
		}
		case "block":
			return executeBlock(rs, node, scope, tail);
		case "unsafe_block":
		case "else_clause": {
			const only = parts(node)[0];
			return only ? execute(rs, only, scope, tail) : undefined;
		}
		case "let_declaration":
			return declare(rs, node, scope);
		case "if_expression":
			return branch(rs, node, scope, tail);
		case "match_expression":
			return choose(rs, node, scope, tail);
		case "return_expression": {
			const value = parts(node)[0];
			return { kind: "return", value: value ? evaluate(rs, value, scope) : NOTHING };
		}
		case "break_expression":
			return { kind: "break" };
		case "continue_expression":
			return { kind: "continue" };
		case "loop_expression":
		case "while_expression":
		case "for_expression":
			return loop(rs, node, scope);
		case "function_item": {
			const name = child(node, "name");
			if (name) scope.names.set(scope.module.file.textOf(name), makeFunction(rs, node, scope));
			return undefined;
		}
		case "const_item":
		case "static_item": {
			const [name, value] = [child(node, "name"), child(node, "value")];
			if (name && value) scope.names.set(scope.module.file.textOf(name), evaluate(rs, value, scope));
			return undefined;
		}
		case "use_declaration":
			useLocally(rs, node, scope);
			return undefined;
		case "struct_item":
		case "enum_item":
		case "impl_item":
		case "mod_item":
		case "empty_statement":
			return undefined;
	}
	const ends = ENDING.test(scope.module.file.textOf(node).slice(0, 40));
	const value = evaluate(rs, node, scope);
	if (ends) return ABORT;
	return tail ? { kind: "return", value } : undefined;
}

function declare(rs: Rust, node: SyntaxNode, scope: Scope): Done | undefined {
	const [pattern, type, written, otherwise] = [
		child(node, "pattern"),
		child(node, "type"),
		child(node, "value"),
		child(node, "alternative"),
	];
	if (!pattern) return undefined;
	const raw = written ? evaluate(rs, written, scope) : unclear(t("a variable without a value"));
	const value = type && written ? coerce(rs, raw, type, scope) : raw;
	if (!otherwise) {
		bindPattern(rs, pattern, value, scope);
		return undefined;
	}
	const match = matchPattern(rs, pattern, value, scope);
	const done = takeBranch(
		rs.run,
		match.truth,
		() => undefined,
		() => executeBlock(rs, otherwise, scope, false) ?? ABORT,
	);
	match.bind(scope);
	return done;
}

function branch(rs: Rust, node: SyntaxNode, scope: Scope, tail: boolean): Done | undefined {
	const [condition, then, otherwise] = [child(node, "condition"), child(node, "consequence"), child(node, "alternative")];
	if (!condition || !then) return undefined;
	const inside = inner(scope);
	const test = conditionOf(rs, condition, inside);
	return takeBranch(
		rs.run,
		test.truth,
		() => {
			test.bind();
			return executeBlock(rs, then, inside, tail);
		},
		() => (otherwise ? execute(rs, otherwise, scope, tail) : undefined),
	);
}

/** A condition with the names that hold where it is true: `if let Ok(port) = …`. */
function conditionOf(rs: Rust, node: SyntaxNode, scope: Scope): { readonly truth: Truth; bind(): void } {
	if (node.type === "let_condition") {
		const [pattern, value] = [child(node, "pattern"), child(node, "value")];
		if (!pattern || !value) return { truth: { kind: "undecided" }, bind: () => undefined };
		const match = matchPattern(rs, pattern, evaluate(rs, value, scope), scope);
		return { truth: match.truth, bind: () => match.bind(scope) };
	}
	if (node.type === "let_chain") {
		const all: { readonly truth: Truth; bind(): void }[] = [];
		for (const one of parts(node)) {
			const test = conditionOf(rs, one, scope);
			test.bind();
			all.push(test);
			if (test.truth.kind === "known" && !test.truth.value) return test;
		}
		const open = all.find((one) => one.truth.kind !== "known");
		return open ?? { truth: { kind: "known", value: true }, bind: () => undefined };
	}
	return { truth: rustTruth(evaluate(rs, node, scope)), bind: () => undefined };
}

function choose(rs: Rust, node: SyntaxNode, scope: Scope, tail: boolean): Done | undefined {
	const [subject, body] = [child(node, "value"), child(node, "body")];
	if (!subject || !body) return undefined;
	const value = evaluate(rs, subject, scope);
	const arms = namedChildren(body).filter((one) => one.type === "match_arm");
	const from = (index: number): Done | undefined => {
		const arm = arms[index];
		const [pattern, result] = arm ? [child(arm, "pattern"), child(arm, "value")] : [];
		if (!pattern || !result) return undefined;
		const inside = inner(scope);
		const match = matchPattern(rs, pattern, value, inside);
		const guard = child(pattern, "condition");
		const run = (): Done | undefined => {
			match.bind(inside);
			const next = () => execute(rs, result, inside, tail);
			if (!guard) return next();
			return takeBranch(rs.run, conditionOf(rs, guard, inside).truth, next, () => from(index + 1));
		};
		return takeBranch(rs.run, match.truth, run, () => from(index + 1));
	};
	return from(0);
}

/** One turn: what a server does for one connection it does for all. */
function loop(rs: Rust, node: SyntaxNode, scope: Scope): Done | undefined {
	const body = child(node, "body");
	if (!body) return undefined;
	const inside = inner(scope);
	if (node.type === "for_expression") {
		const [pattern, value] = [child(node, "pattern"), child(node, "value")];
		const source = value && evaluate(rs, value, scope);
		if (source?.kind === "list" && pattern && source.items.length <= 16) {
			for (const item of source.items) {
				const turn = inner(scope);
				bindPattern(rs, pattern, item, turn);
				const done = executeBlock(rs, body, turn, false);
				if (done?.kind === "return" || done?.kind === "abort") return done;
				if (done?.kind === "break") break;
			}
			return undefined;
		}
		if (pattern) bindPattern(rs, pattern, unclear(t("an element that is not known")), inside);
	}
	const condition = node.type === "while_expression" ? child(node, "condition") : undefined;
	const test = condition ? conditionOf(rs, condition, inside) : undefined;
	const always: Thing = plain(true);
	const done = takeBranch(
		rs.run,
		test?.truth.kind === "known" ? test.truth : rustTruth(always),
		() => {
			test?.bind();
			return executeBlock(rs, body, inside, false);
		},
		() => undefined,
	);
	return done?.kind === "return" || done?.kind === "abort" ? done : undefined;
}
