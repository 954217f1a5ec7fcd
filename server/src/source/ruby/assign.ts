import { t } from "../../model/message.ts";
import { each, plain, type Thing, unclear } from "../core/thing.ts";
import { child, namedChildren, type SyntaxNode } from "../syntax.ts";
import { evaluate } from "./expressions.ts";
import { element } from "./methods.ts";
import { type Ruby, type Scope, setLocal } from "./ruby.ts";

/** Writes a value where an assignment's left side says. */
export function assign(rb: Ruby, target: SyntaxNode, value: Thing, scope: Scope): void {
	const name = scope.file.textOf(target);
	switch (target.type) {
		case "identifier":
			setLocal(rb, scope, name, value);
			return;
		case "constant":
			rb.run.journal.set((scope.nesting[0] ?? rb.top).fields, name, value);
			return;
		case "instance_variable":
			if (scope.self.kind === "structure" || scope.self.kind === "library") rb.run.journal.set(scope.self.fields, name, value);
			return;
		case "class_variable":
			if (scope.nesting[0]) rb.run.journal.set(scope.nesting[0].fields, name, value);
			return;
		case "global_variable":
			rb.run.journal.set(rb.globals, name, value);
			return;
		case "left_assignment_list":
			for (const [index, one] of namedChildren(target).entries())
				assign(rb, one, element(value, plain(index), unclear(t("an element that is not known"))), scope);
			return;
		case "element_reference":
			assignElement(rb, target, value, scope);
			return;
		case "call":
			assignAttribute(rb, target, value, scope);
	}
}

function assignElement(rb: Ruby, target: SyntaxNode, value: Thing, scope: Scope): void {
	const [object, key] = namedChildren(target);
	if (!object || !key) return;
	const [of, at] = [evaluate(rb, object, scope), evaluate(rb, key, scope)];
	if (of.kind === "library" && of.origin === "ENV") {
		if (at.kind === "plain") rb.run.journal.set(rb.run.ownEnvironment, String(at.value), value);
	} else if (of.kind === "structure" || of.kind === "library") {
		if (at.kind === "plain") rb.run.journal.set(of.fields, String(at.value), value);
		else if (of.kind === "structure") of.open = true;
	}
}

/** `config.port = 80` sets `@port` of an object of this program, and a setting of a library's. */
function assignAttribute(rb: Ruby, target: SyntaxNode, value: Thing, scope: Scope): void {
	const [receiver, method] = [child(target, "receiver"), child(target, "method")];
	if (!receiver || !method) return;
	const name = scope.file.textOf(method);
	each(evaluate(rb, receiver, scope), (one) => {
		if (one.kind === "structure") rb.run.journal.set(one.fields, `@${name}`, value);
		else if (one.kind === "library")
			rb.run.record(
				`${one.origin}.${name}=`,
				{ positional: [value], keywords: new Map(), self: undefined, at: scope.file.evidence(target) },
				one,
			);
		return one;
	});
}
