import { t } from "../../model/message.ts";
import { runBody } from "../core/branch.ts";
import { type Call, type Callable, list, localNames, NOTHING, type Structure, type Thing, unclear } from "../core/thing.ts";
import { child, namedChildren, type SyntaxNode } from "../syntax.ts";
import { assign, withDefault } from "./assign.ts";
import { evaluate } from "./expressions.ts";
import type { JavaScript } from "./javascript.ts";
import { prototypeOf } from "./members.ts";
import type { Scope } from "./scope.ts";
import { executeBlock } from "./statements.ts";

/**
 * A function of any form. An async one is evaluated where it is called, as if everything that it awaits were there; a
 * generator runs through.
 */
export function makeFunction(js: JavaScript, node: SyntaxNode, scope: Scope, owner?: Structure): Callable {
	const body = child(node, "body");
	const isArrow = node.type === "arrow_function";
	const parameters = parametersOf(node);
	const invoke = (call: Call): Thing =>
		js.run.repeated(
			node,
			call,
			() => js.run.deeper(() => evaluateWith(call), unclear(t("calls that nest too deeply"), call.at)),
			unclear(t("a function that is called too often to follow"), call.at),
		);
	const evaluateWith = (call: Call): Thing => {
		const inside: Scope = {
			module: scope.module,
			names: localNames(),
			outer: scope,
			isBlock: false,
			self: isArrow ? scope.self : call.self,
			owner: isArrow ? scope.owner : owner,
		};
		if (!isArrow) inside.names.set("arguments", list(call.positional, call.at));
		bindParameters(js, parameters, call, inside);
		if (!body) return NOTHING;
		return body.type === "statement_block" ? runBody(js.run, () => executeBlock(js, body, inside)) : evaluate(js, body, inside);
	};
	const names = parameters.map(({ target }) => (target?.type === "identifier" ? scope.module.file.textOf(target) : ""));
	const made: Callable = {
		kind: "callable",
		fields: new Map(),
		invoke,
		binds: false,
		own: true,
		parameters: names,
		construct: (call) => construct(made, call),
	};
	return made;
}

/** `new` on a plain function. */
function construct(type: Callable, call: Call): Thing {
	const instance: Structure = {
		kind: "structure",
		shape: "instance",
		fields: new Map(),
		parents: [prototypeOf(type)],
		open: false,
		at: call.at,
	};
	const returned = type.invoke({ ...call, self: instance });
	return returned.kind === "structure" ? returned : instance;
}

export interface Parameter {
	readonly target: SyntaxNode | undefined;
	readonly byDefault: SyntaxNode | undefined;
	readonly isRest: boolean;
	/** TypeScript: `constructor(private port: number)` makes a field. */
	readonly isField: boolean;
}

export function parametersOf(node: SyntaxNode): Parameter[] {
	const single = child(node, "parameter");
	if (single) return [{ target: single, byDefault: undefined, isRest: false, isField: false }];
	const all = child(node, "parameters");
	return all ? namedChildren(all).flatMap(readParameter) : [];
}

function readParameter(node: SyntaxNode): Parameter[] {
	if (node.type === "required_parameter" || node.type === "optional_parameter") {
		const target = child(node, "pattern");
		if (target?.type === "this") return [];
		const isField = node.children.some((one) => one.type === "accessibility_modifier" || one.type === "readonly");
		return [{ target, byDefault: child(node, "value"), isRest: target?.type === "rest_pattern", isField }];
	}
	if (node.type === "assignment_pattern")
		return [{ target: child(node, "left"), byDefault: child(node, "right"), isRest: false, isField: false }];
	return node.type === "decorator" ? [] : [{ target: node, byDefault: undefined, isRest: node.type === "rest_pattern", isField: false }];
}

function bindParameters(js: JavaScript, parameters: readonly Parameter[], call: Call, inside: Scope): void {
	parameters.forEach(({ target, byDefault, isRest, isField }, index) => {
		if (!target) return;
		const given = isRest ? list(call.positional.slice(index), call.at) : (call.positional[index] ?? NOTHING);
		const value = byDefault ? withDefault(js, given, byDefault, inside) : given;
		assign(js, target, value, inside, "block");
		if (isField && call.self?.kind === "structure") js.run.journal.set(call.self.fields, inside.module.file.textOf(target), value);
	});
}
