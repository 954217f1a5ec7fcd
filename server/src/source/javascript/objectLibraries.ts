import { t } from "../../model/message.ts";
import { type Call, dictionary, type Library, NOTHING, type Structure, type Thing, unclear } from "../core/thing.ts";
import type { JavaScript } from "./javascript.ts";
import type { Model } from "./libraries.ts";
import { member } from "./members.ts";
import { toNumber } from "./operators.ts";

/** Libraries that put objects together or look into them (lodash, Documentation; READMEs of the others). */
export const OBJECT_LIBRARIES: Readonly<Record<string, Model>> = {
	lodash: lodashCall,
	"lodash-es": lodashCall,
	underscore: lodashCall,
	"lodash.get": (js, call) => lookInto(js, call),
	"lodash.merge": (js, call) => together(js, call.positional),
	"lodash.defaults": (js, call) => together(js, call.positional.toReversed()),
	"lodash.defaultsdeep": (js, call) => together(js, call.positional.toReversed()),
	deepmerge,
	"ts-deepmerge": (js, call) => together(js, call.positional),
	"deep-extend": (js, call) => together(js, call.positional),
	"merge-deep": (js, call) => together(js, call.positional),
	"object-assign": (js, call) => together(js, call.positional),
	xtend: (js, call) => together(js, call.positional),
	extend: (js, call) =>
		together(
			js,
			call.positional.filter((one) => one.kind !== "plain"),
		),
	defu: (js, call) => together(js, call.positional.toReversed()),
	defaults: (js, call) => together(js, call.positional.toReversed()),
	// These add a method to a server and return it; express-ws adds one to an application and returns it among others.
	...Object.fromEntries(["stoppable", "http-shutdown", "killable"].map((name) => [name, wrapped] as const)),
	"express-ws": (_, call) => (call.positional[0] ? dictionary(new Map([["app", call.positional[0]]])) : undefined),
};

/** `deepmerge(x, y, options)` and `deepmerge.all([x, y], options)` (README). */
function deepmerge(js: JavaScript, call: Call, callee: Library): Thing | undefined {
	if (!callee.origin.endsWith(".all")) return together(js, call.positional.slice(0, 2));
	const [objects] = call.positional;
	return objects?.kind === "list" && !objects.open ? together(js, objects.items) : undefined;
}

function wrapped(_js: JavaScript, call: Call): Thing | undefined {
	return call.positional[0];
}

function lodashCall(js: JavaScript, call: Call, callee: Library): Thing | undefined {
	const method = /\.(\w+)$/.exec(callee.origin)?.[1] ?? callee.origin.replace(/^.*\//, "");
	const [first = NOTHING] = call.positional;
	switch (method) {
		case "get":
			return lookInto(js, call);
		case "merge":
		case "assign":
		case "extend":
		case "assignIn":
			return into(js, first, together(js, call.positional));
		case "defaults":
		case "defaultsDeep":
			return into(js, first, together(js, call.positional.toReversed()));
		case "toNumber":
		case "toInteger":
		case "parseInt":
			return toNumber(first);
		case "cloneDeep":
		case "clone":
			return first;
		default:
			return undefined;
	}
}

/** These methods change their first argument and return it. */
function into(js: JavaScript, target: Thing, result: Thing): Thing {
	if (target.kind !== "structure" || result.kind !== "structure") return result;
	for (const [name, value] of result.fields) js.run.journal.set(target.fields, name, value);
	if (result.open) target.open = true;
	return target;
}

/** Later objects over earlier ones, object by object. */
function together(_js: JavaScript, parts: readonly Thing[]): Thing {
	return parts.reduce<Thing>((below, over) => merged(below, over, 0), NOTHING);
}

function merged(below: Thing, over: Thing, depth: number): Thing {
	if (over.kind === "nothing") return below;
	if (below.kind === "nothing" || depth > 10) return over;
	if (over.kind === "structure" && below.kind === "structure") {
		const fields = new Map(below.fields);
		for (const [name, value] of over.fields) fields.set(name, merged(fields.get(name) ?? NOTHING, value, depth + 1));
		return { ...below, fields, open: below.open || over.open } satisfies Structure;
	}
	// What is not known may hold any of the other's fields.
	if (depth === 0 && over.kind !== "plain" && over.kind !== "structure") return { ...dictionary(), open: true };
	if (depth === 0 && over.kind === "structure") return { ...over, open: true };
	return over;
}

/** `get(object, "a.b", otherwise)`. */
function lookInto(js: JavaScript, call: Call): Thing | undefined {
	const [object = NOTHING, path, otherwise = NOTHING] = call.positional;
	const keys =
		path?.kind === "list"
			? path.items
			: path?.kind === "plain"
				? String(path.value)
						.split(/[.[\]]+/)
						.filter(Boolean)
				: undefined;
	if (!keys) return unclear(t("a setting that is not known"), call.at);
	let one: Thing = object;
	for (const key of keys) {
		const name = typeof key === "string" ? key : key.kind === "plain" ? String(key.value) : undefined;
		if (name === undefined) return unclear(t("a setting that is not known"), call.at);
		one = one.kind === "nothing" ? NOTHING : member(js, one, name, call.at);
	}
	return one.kind === "nothing" ? otherwise : one;
}
