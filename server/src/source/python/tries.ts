import { t } from "../../model/message.ts";
import { type Done, takeBranch } from "../core/branch.ts";
import { unclear } from "../core/thing.ts";
import type { Truth } from "../core/truth.ts";
import { child, namedChildren, type SyntaxNode } from "../syntax.ts";
import { assign } from "./assign.ts";
import type { Python } from "./python.ts";
import type { Scope } from "./scope.ts";
import { executeBlock } from "./statements.ts";

/**
 * `try`: the body counts. Its handler does when the body raises for sure, and, while a variable is not set, when
 * looking that variable up raises: `int(os.environ["PORT"])` with `except KeyError` is how a default is written.
 */
export function executeTry(py: Python, node: SyntaxNode, scope: Scope): Done | undefined {
	const body = child(node, "body");
	const handlers = node.children.filter((one) => one.type === "except_clause" || one.type === "except_group_clause");
	const outer = py.run.raised;
	const raised: NonNullable<typeof outer> = [];
	py.run.raised = raised;
	const attempt = py.run.journal.attempt(() => (body ? executeBlock(py, body, scope) : undefined));
	py.run.raised = outer;
	const truth = outcome(raised, attempt.result);
	const handler = handlers[0];
	let done: Done | undefined;
	if (!handler) {
		py.run.journal.apply(attempt.changes);
		for (const one of raised) py.run.raise(one);
		done = attempt.result;
	} else {
		const succeed = () => {
			py.run.journal.apply(attempt.changes);
			const rest = node.children.find((one) => one.type === "else_clause");
			const elseBody = rest ? child(rest, "body") : undefined;
			return attempt.result?.kind === "abort" || !elseBody ? attempt.result : executeBlock(py, elseBody, scope);
		};
		done = takeBranch(py.run, truth, succeed, () => handle(py, handler, scope));
	}
	const last = node.children.find((one) => one.type === "finally_clause");
	const block = last ? namedChildren(last).find((one) => one.type === "block") : undefined;
	return (block ? executeBlock(py, block, scope) : undefined) ?? done;
}

/** Whether the body gets to its end. */
function outcome(raised: NonNullable<Python["run"]["raised"]>, done: Done | undefined): Truth {
	if (done?.kind === "abort" || raised.includes(undefined)) return { kind: "known", value: false };
	const on = raised[0];
	return on ? { kind: "hangs", on, byDefault: false } : { kind: "known", value: true };
}

function handle(py: Python, handler: SyntaxNode, scope: Scope): Done | undefined {
	const pattern = child(handler, "value");
	const alias = pattern ? child(pattern, "alias") : undefined;
	if (alias) assign(py, alias, unclear(t("an exception")), scope);
	const block = namedChildren(handler).find((one) => one.type === "block");
	return block ? executeBlock(py, block, scope) : undefined;
}
