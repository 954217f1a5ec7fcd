import { t } from "../../model/message.ts";
import { known, unknown, type Value } from "../../model/value.ts";
import type { Argument } from "../program.ts";
import type { Library, List, Thing } from "./thing.ts";

/** Containers nested deeper than this do not configure a port. */
const DEEPEST = 4;

/** So many parts are looked at of one value: objects that hold one another would be opened without end. */
const MOST_PARTS = 60;

/** A thing as the listeners see it. */
export function toArgument(thing: Thing, depth = 0): Argument {
	return open(thing, depth, { left: MOST_PARTS });
}

interface Room {
	left: number;
}

function open(thing: Thing, depth: number, room: Room): Argument {
	room.left--;
	switch (thing.kind) {
		case "nothing":
			return { kind: "nothing" };
		case "callable":
			return { kind: "function" };
		case "library":
			return { kind: "object", origin: thing.origin, fields: fieldsOf(setOn(thing), depth, room) };
		case "structure":
			if (!thing.at || thing.shape === "class" || thing.shape === "module") return { kind: "function" };
			return {
				kind: "record",
				fields: fieldsOf(thing.fields, depth, room),
				at: thing.at,
				...(thing.open || depth >= DEEPEST || room.left <= 0 ? { open: true } : {}),
			};
		case "list":
			return openList(thing, depth, room);
		case "variable":
		case "argument": {
			if (thing.fallback.kind !== "list") return toValue(thing);
			const byDefault = openList(thing.fallback, depth, room);
			return byDefault.kind === "list" ? { ...byDefault, hangsOn: thing.name } : byDefault;
		}
		default:
			return toValue(thing);
	}
}

function openList(list: List, depth: number, room: Room): Argument {
	if (!list.at || depth >= DEEPEST || room.left <= 0) return unknown(t("a list"));
	const { doubt } = list;
	const sure = doubt && !doubt.on ? list.items.slice(0, doubt.from) : list.items;
	const items = sure.map((item) => open(item, depth + 1, room));
	if (sure !== list.items) items.push(unknown(t("a condition in the source is not decided")));
	return { kind: "list", items, at: list.at, ...(doubt?.on ? { hangsOn: doubt.on.name } : {}) };
}

/** What the program set on a library's object or on an attribute of it: `app.config["PORT"]`. */
function setOn(object: Library): ReadonlyMap<string, Thing> {
	const changed = [...object.attributes].filter(([, attribute]) => attribute.fields.size > 0);
	return changed.length === 0 ? object.fields : new Map<string, Thing>([...object.fields, ...changed]);
}

function fieldsOf(fields: ReadonlyMap<string, Thing>, depth: number, room: Room): ReadonlyMap<string, Argument> {
	if (depth >= DEEPEST || room.left <= 0) return new Map();
	return new Map([...fields].map(([name, thing]) => [name, open(thing, depth + 1, room)]));
}

/** A plain thing as a `Value`; anything else is unknown, with what it is as the reason. */
export function toValue(thing: Thing): Value {
	switch (thing.kind) {
		case "plain":
			return thing.float && Number.isInteger(thing.value)
				? unknown(t("the port is a fraction"), thing.from[0])
				: known(String(thing.value), ...thing.from);
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
			return unknown(t("the value comes from {0}", thing.origin));
		case "nothing":
			return unknown(t("the value is missing"));
		case "callable":
			return unknown(t("the value is a function"));
		case "structure":
		case "list":
			return unknown(t("the value is not a plain one"));
	}
}
