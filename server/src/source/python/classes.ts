import { type Call, type Callable, type Fields, type Library, library, type Structure, type Thing } from "../core/thing.ts";
import { child, namedChildren, type SyntaxNode } from "../syntax.ts";
import { callLibrary } from "./calls.ts";
import { evaluate } from "./expressions.ts";
import { fillDefaults, readSettings } from "./pydantic.ts";
import type { Python } from "./python.ts";
import type { Scope } from "./scope.ts";
import { executeBlock } from "./statements.ts";

/** `class Name(Base, …):` */
export function makeClass(py: Python, node: SyntaxNode, scope: Scope): Structure {
	const fields: Fields = new Map();
	const bases = child(node, "superclasses");
	const parents = bases
		? namedChildren(bases)
				.filter((one) => one.type !== "keyword_argument")
				.map((one) => evaluate(py, one, scope))
		: [];
	const at = scope.module.file.evidence(child(node, "name") ?? node);
	const result: Structure = {
		kind: "structure",
		shape: "class",
		fields,
		parents,
		open: false,
		at,
		construct: (call) => construct(py, result, call),
	};
	const body = child(node, "body");
	const inside: Scope = { module: scope.module, names: fields, outer: scope, elsewhere: new Map(), owner: result };
	if (body) executeBlock(py, body, inside);
	return result;
}

function construct(py: Python, type: Structure, call: Call): Thing {
	const instance: Structure = { kind: "structure", shape: "instance", fields: new Map(), parents: [type], open: false, at: call.at };
	const found = initializer(type);
	if (found?.kind === "callable") found.invoke({ ...call, self: instance });
	else if (found?.kind === "library") {
		for (const [name, value] of call.keywords) py.run.journal.set(instance.fields, name, value);
		if (found.origin.endsWith(".BaseSettings")) readSettings(py, type, instance, call.at);
		callLibrary(py, found, call);
	} else assignFields(py, type, instance, call);
	fillDefaults(py, type, instance);
	return instance;
}

/** The class's own `__init__` or the nearest inherited one; a library's class when that comes first. */
function initializer(type: Structure, depth = 0): Callable | Library | undefined {
	const own = type.fields.get("__init__");
	if (own?.kind === "callable") return own;
	if (depth > 20) return undefined;
	let mixin: Library | undefined;
	for (const parent of type.parents) {
		if (parent.kind === "library" && /mixin$/i.test(parent.origin)) mixin ??= library(parent.origin);
		else if (parent.kind === "library" && parent.origin !== "object") return library(parent.origin);
		const found = parent.kind === "structure" ? initializer(parent, depth + 1) : undefined;
		if (found) return found;
	}
	// A mix-in has no initializer of its own: `class Server(ThreadingMixIn, HTTPServer)`.
	return mixin;
}

/** Dataclasses and named tuples: their fields, in order, are their arguments. */
function assignFields(py: Python, type: Structure, instance: Structure, call: Call): void {
	const names = [...type.fields].flatMap(([name, value]) => (value.kind === "callable" ? [] : [name]));
	call.positional.forEach((value, index) => {
		const name = names[index];
		if (name) py.run.journal.set(instance.fields, name, value);
	});
	for (const [name, value] of call.keywords) py.run.journal.set(instance.fields, name, value);
}
