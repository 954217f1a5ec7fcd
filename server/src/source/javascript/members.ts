import { t } from "../../model/message.ts";
import type { Evidence } from "../../model/text.ts";
import {
	attributeOf,
	type Callable,
	each,
	eachPair,
	lengthOf,
	library,
	NOTHING,
	plain,
	type Structure,
	type Thing,
	unclear,
} from "../core/thing.ts";
import { commanderProperty } from "./commander.ts";
import type { JavaScript } from "./javascript.ts";
import { LIBRARY_VALUES } from "./libraries.ts";
import { methodOf } from "./methods.ts";
import { configuredProperty } from "./nodeConfig.ts";
import { readVirtual } from "./virtual.ts";
import { yargsProperty } from "./yargs.ts";

/** The process's environment under its names in Node, Bun and Vite's servers. */
const ENVIRONMENTS: ReadonlySet<string> = new Set(["process.env", "Bun.env", "import.meta.env", "std-env.env", "node-process.env"]);

export function isEnvironment(object: Thing): boolean {
	return object.kind === "library" && ENVIRONMENTS.has(object.origin);
}

/** `object.name`; a missing property is undefined, as in the language, unless there may be more than is known. */
export function member(js: JavaScript, object: Thing, name: string, at: Evidence): Thing {
	return each(object, (one) => {
		switch (one.kind) {
			case "library":
				return libraryMember(js, one, name, at);
			case "structure":
				return (
					inStructure(one, name, at) ?? methodOf(js, one, name) ?? (one.open ? unclear(t("{0} is not set in view", name), at) : NOTHING)
				);
			case "callable":
				return one.fields.get(name) ?? (name === "prototype" ? prototypeOf(one) : (methodOf(js, one, name) ?? NOTHING));
			case "list":
				if (name === "length") return lengthOf(one);
				return methodOf(js, one, name) ?? NOTHING;
			case "plain":
				if (name === "length" && typeof one.value === "string") return plain(one.value.length);
				return methodOf(js, one, name) ?? NOTHING;
			default:
				return methodOf(js, one, name) ?? unclear(t("{0} of something that is missing", name), at);
		}
	});
}

function libraryMember(js: JavaScript, object: Thing & { kind: "library" }, name: string, at: Evidence): Thing {
	const set = object.fields.get(name);
	if (set) return set.kind === "callable" && set.property ? set.invoke({ positional: [], keywords: new Map(), self: object, at }) : set;
	if (ENVIRONMENTS.has(object.origin)) return js.run.variable(name, NOTHING, at);
	const found =
		readVirtual(object, name, at) ??
		commanderProperty(js, object, name, at) ??
		yargsProperty(js, object.origin, name) ??
		configuredProperty(js, object, name, at);
	if (found) return found;
	// Transpilers reach a CommonJS module's one export as `default`.
	if (name === "default" && !object.origin.includes("(") && object.origin !== "yargs") return object;
	return LIBRARY_VALUES[`${object.origin}.${name}`]?.(js) ?? attributeOf(object, name);
}

function inStructure(object: Structure, name: string, at: Evidence): Thing | undefined {
	const found = object.fields.get(name) ?? inherited(object.parents, name, object.shape === "instance");
	if (found?.kind === "callable" && found.property) return found.invoke({ positional: [], keywords: new Map(), self: object, at });
	return found;
}

/** Instances find methods on their class's prototype, classes find static members on their base. */
function inherited(parents: readonly Thing[], name: string, instance: boolean, depth = 0): Thing | undefined {
	if (depth > 20) return undefined;
	for (const parent of parents) {
		if (parent.kind === "library") return library(`${parent.origin}${instance ? "()" : ""}.${name}`);
		if (parent.kind !== "structure") continue;
		const fields = instance && parent.shape === "class" ? prototypeFields(parent) : parent.fields;
		const found = fields.get(name) ?? inherited(parent.parents, name, instance, depth + 1);
		if (found) return found;
	}
	return undefined;
}

const PROTOTYPE = "prototype";

export function prototypeFields(type: Structure): Structure["fields"] {
	const prototype = type.fields.get(PROTOTYPE);
	return prototype?.kind === "structure" ? prototype.fields : new Map();
}

/** The object on which a plain function's methods are put. */
export function prototypeOf(type: Callable): Structure {
	const existing = type.fields.get(PROTOTYPE);
	if (existing?.kind === "structure") return existing;
	const made: Structure = { kind: "structure", shape: "dictionary", fields: new Map(), parents: [], open: false, at: undefined };
	type.fields.set(PROTOTYPE, made);
	return made;
}

/** `object[key]`. */
export function element(js: JavaScript, object: Thing, key: Thing, at: Evidence): Thing {
	return eachPair(object, key, (one, index) => {
		if (index.kind !== "plain") return unclear(t("an element that is not known"), at);
		if (one.kind === "list") {
			const position = Number(index.value);
			if (!Number.isInteger(position)) return member(js, one, String(index.value), at);
			return one.items[position] ?? (one.open ? unclear(t("an element that is not known"), at) : NOTHING);
		}
		if (one.kind === "plain" && typeof one.value === "string" && typeof index.value === "number") {
			const char = one.value[index.value];
			return char === undefined ? NOTHING : plain(char, one.from);
		}
		return member(js, one, String(index.value), at);
	});
}

export function setMember(js: JavaScript, object: Thing, name: string, value: Thing): void {
	if (object.kind === "library" && ENVIRONMENTS.has(object.origin)) js.run.journal.set(js.run.ownEnvironment, name, value);
	else if (object.kind === "structure" || object.kind === "library" || object.kind === "callable")
		js.run.journal.set(object.fields, name, value);
	else if (object.kind === "list" && /^[0-9]{1,3}$/.test(name)) object.items[Number(name)] = value;
}
