import { t } from "../../model/message.ts";
import type { Evidence } from "../../model/text.ts";
import { attributeOf, type Call, type Callable, each, library, type Structure, type Thing, unclear } from "../core/thing.ts";
import { pointee } from "./assign.ts";
import type { Go } from "./go.ts";
import { withoutVersion } from "./packages.ts";
import { infoOf } from "./types.ts";

/** `object.name`: a field, a method, or one of what is embedded. */
export function member(go: Go, object: Thing, name: string, at: Evidence): Thing {
	return each(object, (whole) => {
		const one = pointee(go, whole);
		switch (one.kind) {
			case "library":
				return attributeOf(one, name);
			case "structure":
				return inStructure(go, one, name, 0) ?? unclear(t("{0} is not set in view", name), at);
			case "plain":
				// A method of a named text or number: `time.Duration(5).String()`.
				return unclear(t("{0} is not followed", name), at);
			default:
				return one.kind === "unknown" ? one : unclear(t("{0} of something that is missing", name), at);
		}
	});
}

/** Depth first through what is embedded, which is close enough to Go's shallowest-first for what configures a port. */
function inStructure(go: Go, object: Structure, name: string, depth: number): Thing | undefined {
	const own = object.fields.get(name) ?? methodOf(go, object, name);
	if (own || depth > 8) return own;
	let outside: Thing | undefined;
	for (const field of infoOf(go, object)?.fields ?? []) {
		if (!field.embedded) continue;
		const value = object.fields.get(field.name);
		const inner = value && pointee(go, value);
		if (inner?.kind === "structure") {
			const found = inStructure(go, inner, name, depth + 1);
			if (found) return found;
		} else if (inner?.kind === "library") outside ??= attributeOf(inner, name);
	}
	return outside;
}

function methodOf(go: Go, object: Structure, name: string): Thing | undefined {
	const type = object.parents[0];
	const method = type?.kind === "structure" ? type.fields.get(name) : undefined;
	return method?.kind === "callable" ? bound(go, method, object) : undefined;
}

function bound(go: Go, method: Callable, self: Thing): Callable {
	const made: Callable = { ...method, invoke: (call: Call) => method.invoke({ ...call, self }) };
	const signature = go.signatures.get(method);
	if (signature) go.signatures.set(made, signature);
	return made;
}

/** A method by name, when an own struct has it: what a framework that is handed the struct calls. */
export function ownMethod(go: Go, object: Thing, name: string): Callable | undefined {
	const one = pointee(go, object);
	const found = one.kind === "structure" ? inStructure(go, one, name, 0) : undefined;
	return found?.kind === "callable" ? found : undefined;
}

/** An object of a library that a framework hands to a function: `http.Request`, by the type that the function declares. */
export function ofType(name: string): Thing {
	const [, path, type] = /^[*\s]*([\w./-]+)\.(\w+)$/.exec(name) ?? [];
	return path !== undefined && type !== undefined
		? library(`${withoutVersion(path)}.${type}{}`)
		: unclear(t("a value that a library gives"));
}
