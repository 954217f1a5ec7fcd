import { type Callable, type Thing, unclear } from "../core/thing.ts";
import { namedChildren, type SyntaxNode } from "../syntax.ts";
import { callThing } from "./calls.ts";
import { keepOptions, withOptions } from "./commandLine.ts";
import { evaluate } from "./expressions.ts";
import type { Python } from "./python.ts";
import type { Scope } from "./scope.ts";

/** A function or class behind its decorators, the last one applied first. */
export function decorate(py: Python, decorators: readonly SyntaxNode[], thing: Thing, scope: Scope): Thing {
	const evaluated = decorators.map((decorator) => {
		const expression = namedChildren(decorator)[0];
		const at = scope.module.file.evidence(decorator);
		return {
			at,
			written: expression ? scope.module.file.textOf(expression) : "",
			thing: expression ? evaluate(py, expression, scope) : unclear(""),
		};
	});
	const options = evaluated.flatMap(({ thing: one }) => (one.kind === "library" ? [one] : []));
	let result = thing.kind === "callable" ? keepOptions(thing, options) : thing;
	for (const decorator of [...evaluated].reverse()) {
		if (result.kind === "callable") {
			const changed = changeBinding(result, decorator.written);
			if (changed) {
				result = changed;
				continue;
			}
		}
		if (decorator.thing.kind !== "callable" || !decorator.thing.own) continue;
		const replaced = callThing(py, decorator.thing, { positional: [result], keywords: new Map(), self: undefined, at: decorator.at });
		if (replaced.kind === "callable" || replaced.kind === "structure")
			result = { ...replaced, ...(result.kind === "callable" ? { binds: result.binds } : {}) } as Thing;
	}
	return result.kind === "callable" ? withOptions(py, result, options) : result;
}

function changeBinding(method: Callable, decorator: string): Callable | undefined {
	switch (decorator) {
		case "staticmethod":
			return { ...method, binds: false };
		case "classmethod":
			return { ...method, classMethod: true };
		case "property":
		case "cached_property":
		case "functools.cached_property":
			return { ...method, property: true };
		default:
			return undefined;
	}
}
