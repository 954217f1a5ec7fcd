import { t } from "../../model/message.ts";
import { type Structure, type Thing, unclear } from "../core/thing.ts";
import { child, namedChildren, type SyntaxNode } from "../syntax.ts";
import { evaluate } from "./expressions.ts";
import { declaring, type Go, type Pointer, type Scope } from "./go.ts";
import { isErrorName, packageMember } from "./packages.ts";

/** Binds a value to a target; `declares` makes a new variable (`:=`). */
export function assign(go: Go, target: SyntaxNode, value: Thing, scope: Scope, declares: boolean): void {
	const source = scope.file.source;
	switch (target.type) {
		case "identifier": {
			const name = source.textOf(target);
			if (name === "_") return;
			const held = settled(name, value);
			// `:=` takes a variable of the same block as it is.
			if (declares) go.run.journal.set(scope.names, name, held);
			else setName(go, name, held, scope);
			return;
		}
		case "selector_expression": {
			const [operand, field] = [child(target, "operand"), child(target, "field")];
			if (!operand || !field) return;
			const name = source.textOf(field);
			setField(go, evaluate(go, operand, scope), name, settled(name, value));
			return;
		}
		case "index_expression": {
			const [operand, index] = [child(target, "operand"), child(target, "index")];
			if (!operand || !index) return;
			setElement(go, evaluate(go, operand, scope), evaluate(go, index, scope), value);
			return;
		}
		case "unary_expression": {
			const operand = child(target, "operand");
			if (operand) setPointee(go, evaluate(go, operand, scope), value);
			return;
		}
		case "parenthesized_expression": {
			const only = namedChildren(target)[0];
			if (only) assign(go, only, value, scope, declares);
		}
	}
}

/** What a library says of its own failure is that there was none: the program is asked about when all goes well. */
function settled(name: string, value: Thing): Thing {
	return isErrorName(name) && (value.kind === "library" || value.kind === "unknown") ? { kind: "nothing" } : value;
}

function setName(go: Go, name: string, value: Thing, scope: Scope): void {
	const around = declaring(scope, name);
	if (around) go.run.journal.set(around, name, value);
	else if (scope.pkg.declarations.has(name)) {
		// Its initial value counts in the branch that does not assign.
		packageMember(go, scope.pkg, name);
		go.run.journal.set(scope.pkg.names, name, value);
	}
}

export function setField(go: Go, object: Thing, name: string, value: Thing): void {
	const target = pointee(go, object);
	if (target.kind === "library") go.run.journal.set(target.fields, name, value);
	else if (target.kind === "structure") go.run.journal.set(holder(go, target, name, 0) ?? target.fields, name, value);
}

/** The fields of an embedded struct that has this name. */
function holder(go: Go, object: Structure, name: string, depth: number): Structure["fields"] | undefined {
	if (object.fields.has(name)) return object.fields;
	if (depth > 8) return undefined;
	for (const one of object.fields.values()) {
		const inner = one.kind === "structure" && one.shape === "instance" ? pointee(go, one) : undefined;
		if (inner?.kind !== "structure" || !isEmbedded(go, object, inner)) continue;
		const found = holder(go, inner, name, depth + 1);
		if (found) return found;
	}
	return undefined;
}

function isEmbedded(go: Go, outer: Structure, inner: Structure): boolean {
	const parent = outer.parents[0];
	const info = parent?.kind === "structure" ? go.types.get(parent) : go.types.get(outer);
	return info?.fields.some((field) => field.embedded && outer.fields.get(field.name) === inner) === true;
}

function setElement(go: Go, object: Thing, key: Thing, value: Thing): void {
	const target = pointee(go, object);
	if (target.kind === "list" && key.kind === "plain") {
		if (Number(key.value) < target.items.length) target.items[Number(key.value)] = value;
	} else if (target.kind === "structure") {
		if (key.kind === "plain") go.run.journal.set(target.fields, String(key.value), value);
		else target.open = true;
	}
}

/**
 * `&operand`. Structs, lists and library objects are shared anyway, so they stand for their own address; a plain value
 * needs a structure that knows which variable it is the address of.
 */
export function addressOf(go: Go, operand: SyntaxNode, scope: Scope): Thing {
	const value = evaluate(go, operand, scope);
	if (value.kind === "structure" || value.kind === "library" || value.kind === "callable") return value;
	const place = placeOf(go, operand, scope);
	return place ? pointer(go, place) : value;
}

/** A structure that stands for the address of a variable. */
export function pointer(go: Go, place: Pointer): Structure {
	const made: Structure = { kind: "structure", shape: "instance", fields: new Map(), parents: [], open: true, at: undefined };
	go.pointers.set(made, place);
	return made;
}

function placeOf(go: Go, operand: SyntaxNode, scope: Scope): Pointer | undefined {
	const text = scope.file.source.textOf(operand);
	if (operand.type === "identifier") {
		const names = declaring(scope, text) ?? (scope.pkg.declarations.has(text) ? scope.pkg.names : undefined);
		return (
			names && {
				get: () => names.get(text) ?? unclear(t("{0} is not set in view", text)),
				set: (value) => go.run.journal.set(names, text, value),
			}
		);
	}
	const object = operand.type === "selector_expression" ? child(operand, "operand") : undefined;
	const field = child(operand, "field");
	if (!object || !field) return undefined;
	const owner = pointee(go, evaluate(go, object, scope));
	const name = scope.file.source.textOf(field);
	if (owner.kind === "library") return placeIn(go, owner.fields, name);
	return owner.kind === "structure" ? placeIn(go, holder(go, owner, name, 0) ?? owner.fields, name) : undefined;
}

function placeIn(go: Go, fields: Structure["fields"], name: string): Pointer {
	return {
		get: () => fields.get(name) ?? unclear(t("{0} is not set in view", name)),
		set: (value) => go.run.journal.set(fields, name, value),
	};
}

/** `*value`: what an address leads to; everything else stands for itself. */
export function pointee(go: Go, value: Thing): Thing {
	return value.kind === "structure" ? (go.pointers.get(value)?.get() ?? value) : value;
}

/** `*target = value`. */
export function setPointee(go: Go, target: Thing, value: Thing): void {
	if (target.kind !== "structure") return;
	const place = go.pointers.get(target);
	if (place) place.set(value);
	else if (value.kind === "structure") for (const [name, field] of value.fields) go.run.journal.set(target.fields, name, field);
}
