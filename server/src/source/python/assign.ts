import { t } from "../../model/message.ts";
import { list, type Thing, unclear } from "../core/thing.ts";
import { child, namedChildren, type SyntaxNode } from "../syntax.ts";
import { setSubscript } from "./attributes.ts";
import { evaluate } from "./expressions.ts";
import type { Python } from "./python.ts";
import type { Scope } from "./scope.ts";

/** Binds a value to a target: a name, an attribute, a subscript, or a pattern of those. */
export function assign(py: Python, target: SyntaxNode, value: Thing, scope: Scope): void {
	const file = scope.module.file;
	switch (target.type) {
		case "identifier": {
			const name = file.textOf(target);
			py.run.journal.set(scope.elsewhere.get(name) ?? scope.names, name, value);
			return;
		}
		case "attribute": {
			const [object, attribute] = [child(target, "object"), child(target, "attribute")];
			if (object && attribute) setAttribute(py, evaluate(py, object, scope), file.textOf(attribute), value);
			return;
		}
		case "subscript": {
			const [object, key] = [child(target, "value"), child(target, "subscript")];
			if (object && key) setSubscript(py, evaluate(py, object, scope), evaluate(py, key, scope), value);
			return;
		}
		case "pattern_list":
		case "tuple_pattern":
		case "list_pattern":
		case "tuple":
		case "list":
		case "parenthesized_expression":
			unpack(py, namedChildren(target), value, scope);
			return;
		case "as_pattern_target":
		case "typed_parameter": {
			const only = namedChildren(target)[0];
			if (only) assign(py, only, value, scope);
		}
	}
}

function unpack(py: Python, targets: readonly SyntaxNode[], value: Thing, scope: Scope): void {
	const items = value.kind === "list" && !value.open ? value.items : undefined;
	const star = targets.findIndex((one) => one.type === "list_splat_pattern");
	targets.forEach((target, index) => {
		if (index === star) {
			const rest = items ? list(items.slice(star, items.length - (targets.length - 1 - star))) : { ...list([]), open: true };
			const name = namedChildren(target)[0];
			if (name) assign(py, name, rest, scope);
			return;
		}
		const position = star >= 0 && index > star && items ? items.length - (targets.length - index) : index;
		assign(py, target, items?.[position] ?? unclear(t("one of several values that are not known")), scope);
	});
}

export function setAttribute(py: Python, object: Thing, name: string, value: Thing): void {
	if (object.kind === "structure" || object.kind === "library" || object.kind === "callable")
		py.run.journal.set(object.fields, name, value);
}
