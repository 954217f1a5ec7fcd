import { t } from "../../model/message.ts";
import { chooseValue } from "../core/branch.ts";
import { each, type Fields, list, type Thing, unclear } from "../core/thing.ts";
import { child, namedChildren, type SyntaxNode } from "../syntax.ts";
import { evaluate, propertyName } from "./expressions.ts";
import type { JavaScript } from "./javascript.ts";
import { element, member, setMember } from "./members.ts";
import { missing } from "./operators.ts";
import { declaring, functionNames, type Scope } from "./scope.ts";

/** `block`: let, const, class and parameters; `function`: var; `assignment`: whatever the name belongs to. */
export type Binding = "block" | "function" | "assignment";

/** Binds a value to a target: a name, a member, or a pattern of those with defaults. */
export function assign(js: JavaScript, target: SyntaxNode, value: Thing, scope: Scope, binding: Binding): void {
	const file = scope.module.file;
	switch (target.type) {
		case "identifier":
		case "type_identifier":
		case "shorthand_property_identifier_pattern": {
			const name = file.textOf(target);
			js.run.journal.set(namesFor(scope, name, binding), name, value);
			return;
		}
		case "member_expression": {
			const [object, property] = [child(target, "object"), child(target, "property")];
			if (object && property) setMember(js, evaluate(js, object, scope), file.textOf(property), value);
			return;
		}
		case "subscript_expression": {
			const [object, index] = [child(target, "object"), child(target, "index")];
			const key = index ? evaluate(js, index, scope) : undefined;
			if (object && key?.kind === "plain") setMember(js, evaluate(js, object, scope), String(key.value), value);
			return;
		}
		case "assignment_pattern":
		case "object_assignment_pattern": {
			const [left, right] = [child(target, "left"), child(target, "right")];
			if (left && right) assign(js, left, withDefault(js, value, right, scope), scope, binding);
			return;
		}
		case "object_pattern":
			assignObject(js, target, value, scope, binding);
			return;
		case "array_pattern":
			assignArray(js, target, value, scope, binding);
			return;
		case "rest_pattern":
		case "parenthesized_expression":
		case "non_null_expression":
		case "as_expression": {
			const only = namedChildren(target)[0];
			if (only) assign(js, only, value, scope, binding);
		}
	}
}

function namesFor(scope: Scope, name: string, binding: Binding): Fields {
	if (binding === "block") return scope.names;
	return binding === "function" ? functionNames(scope) : (declaring(scope, name) ?? functionNames(scope));
}

/** The default counts where the value is undefined. */
export function withDefault(js: JavaScript, value: Thing, byDefault: SyntaxNode, scope: Scope): Thing {
	const decide = (one: Thing): Thing =>
		chooseValue(
			js.run,
			missing(one),
			() => evaluate(js, byDefault, scope),
			() => one,
		);
	return value.kind === "unknown" ? value : each(value, decide);
}

function assignObject(js: JavaScript, pattern: SyntaxNode, value: Thing, scope: Scope, binding: Binding): void {
	const at = scope.module.file.evidence(pattern);
	const taken = new Set<string>();
	const read = (key: string, place: SyntaxNode): Thing => {
		taken.add(key);
		return value.kind === "unknown" ? value : member(js, value, key, scope.module.file.evidence(place));
	};
	for (const one of namedChildren(pattern)) {
		if (one.type === "shorthand_property_identifier_pattern") assign(js, one, read(scope.module.file.textOf(one), one), scope, binding);
		else if (one.type === "object_assignment_pattern") {
			const left = child(one, "left");
			if (left) assign(js, one, read(scope.module.file.textOf(left), one), scope, binding);
		} else if (one.type === "pair_pattern") {
			const key = propertyName(js, child(one, "key"), scope);
			const target = child(one, "value");
			if (target) assign(js, target, key === undefined ? unclear(t("a property that is not known"), at) : read(key, one), scope, binding);
		} else if (one.type === "rest_pattern") {
			const rest: Thing =
				value.kind === "structure" ? { ...value, fields: new Map([...value.fields].filter(([key]) => !taken.has(key))) } : value;
			assign(js, one, rest, scope, binding);
		}
	}
}

function assignArray(js: JavaScript, pattern: SyntaxNode, value: Thing, scope: Scope, binding: Binding): void {
	const at = scope.module.file.evidence(pattern);
	let index = 0;
	for (const one of pattern.children) {
		// A comma without a target skips an item.
		if (one.type === ",") index++;
		if (!one.named) continue;
		const position = index;
		const rest = (whole: Thing): Thing =>
			whole.kind === "list" ? { ...list(whole.items.slice(position), whole.at), open: whole.open } : whole;
		assign(
			js,
			one,
			one.type === "rest_pattern" ? rest(value) : element(js, value, { kind: "plain", value: position, from: [] }, at),
			scope,
			binding,
		);
	}
}
