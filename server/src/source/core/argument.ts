import { known, unknown, type Value } from "../../model/value.ts";
import type { Argument } from "../program.ts";
import type { Library, Thing } from "./thing.ts";

/** Containers nested deeper than this do not configure a port. */
const DEEPEST = 4;

/** A thing as the listeners see it. */
export function toArgument(thing: Thing, depth = 0): Argument {
	switch (thing.kind) {
		case "nothing":
			return { kind: "nothing" };
		case "callable":
			return { kind: "function" };
		case "library":
			return { kind: "object", origin: thing.origin, fields: fieldsOf(setOn(thing), depth) };
		case "structure":
			if (!thing.at || thing.shape === "class" || thing.shape === "module") return { kind: "function" };
			return {
				kind: "record",
				fields: fieldsOf(thing.fields, depth),
				at: thing.at,
				...(thing.open || depth >= DEEPEST ? { open: true } : {}),
			};
		case "list":
			if (!thing.at || depth >= DEEPEST) return unknown("a list");
			return { kind: "list", items: thing.items.map((item) => toArgument(item, depth + 1)), at: thing.at };
		default:
			return toValue(thing);
	}
}

/** What the program set on a library's object or on an attribute of it: `app.config["PORT"]`. */
function setOn(object: Library): ReadonlyMap<string, Thing> {
	const changed = [...object.attributes].filter(([, attribute]) => attribute.fields.size > 0);
	return changed.length === 0 ? object.fields : new Map<string, Thing>([...object.fields, ...changed]);
}

function fieldsOf(fields: ReadonlyMap<string, Thing>, depth: number): ReadonlyMap<string, Argument> {
	if (depth >= DEEPEST) return new Map();
	return new Map([...fields].map(([name, thing]) => [name, toArgument(thing, depth + 1)]));
}

/** A plain thing as a `Value`; anything else is unknown, with what it is as the reason. */
export function toValue(thing: Thing): Value {
	switch (thing.kind) {
		case "plain":
			return known(String(thing.value), ...thing.from);
		case "variable":
		case "argument": {
			const { kind, name, from } = thing;
			return thing.fallback.kind === "nothing" ? { kind, name, from } : { kind, name, fallback: toValue(thing.fallback), from };
		}
		case "oneOf":
			return { kind: "oneOf", values: thing.values.map(toValue) };
		case "unknown":
			return thing;
		case "library":
			return unknown(`the value comes from ${thing.origin}`);
		case "nothing":
			return unknown("the value is missing");
		case "callable":
			return unknown("the value is a function");
		case "structure":
		case "list":
			return unknown("the value is not a plain one");
	}
}
