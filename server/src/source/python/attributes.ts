import { t } from "../../model/message.ts";
import type { Evidence } from "../../model/text.ts";
import {
	attributeOf,
	type Call,
	type Callable,
	each,
	eachPair,
	isOpen,
	type Library,
	library,
	plain,
	type Thing,
	unclear,
} from "../core/thing.ts";
import { LIBRARY_VALUES } from "./libraries.ts";
import { changeList } from "./lists.ts";
import { pythonText } from "./literals.ts";
import { methodOf } from "./methods.ts";
import { pathAttribute } from "./pathlib.ts";
import type { Python } from "./python.ts";

/** `object.name`. */
export function attribute(py: Python, object: Thing, name: string, at: Evidence): Thing {
	return each(object, (one) => {
		switch (one.kind) {
			case "library": {
				const part = pathAttribute(py, one, name);
				if (part) return part;
				const modelled = one.fields.has(name) ? undefined : LIBRARY_VALUES[`${one.origin}.${name}`];
				return modelled ? modelled(py) : attributeOf(one, name);
			}
			case "structure":
				return member(one, name, at) ?? methodOf(py, one, name) ?? unclear(t("{0} is not set in view", name), at);
			case "callable":
				return one.fields.get(name) ?? unclear(t("{0} is not set in view", name), at);
			default:
				// A member of an Enum is evaluated as its value.
				if (name === "value" && one.kind === "plain") return one;
				return methodOf(py, one, name) ?? unclear(t("{0} is not set in view", name), at);
		}
	});
}

/** What an instance, a class or a module has by this name, its parents included. */
function member(object: Thing & { kind: "structure" }, name: string, at: Evidence): Thing | undefined {
	const own = object.fields.get(name);
	if (own) return own.kind === "callable" && own.classMethod ? bind(own, object) : own;
	if (object.shape === "dictionary") return undefined;
	for (const found of inherited(object, object.parents, name)) {
		if (found.kind !== "callable") return found;
		if (found.classMethod) return bind(found, object.shape === "instance" ? (object.parents[0] ?? object) : object);
		if (object.shape !== "instance") return found;
		if (found.property) return found.invoke({ positional: [], keywords: new Map(), self: object, at });
		return found.binds ? bind(found, object) : found;
	}
	if (object.shape === "class" && name === "__name__") return plain("a class");
	return undefined;
}

/** The first of them counts. Depth-first is close enough to Python's order for what configures a port. */
function* inherited(object: Thing & { kind: "structure" }, parents: readonly Thing[], name: string, depth = 0): Generator<Thing> {
	if (depth > 20) return;
	for (const parent of parents) {
		if (parent.kind === "structure") {
			const found = parent.fields.get(name);
			if (found) yield found;
			yield* inherited(object, parent.parents, name, depth + 1);
		} else if (parent.kind === "library" && parent.origin !== "object" && parent.origin !== "abc.ABC") {
			// The library's method sees what the program has set on the instance.
			const self: Library | undefined =
				object.shape === "instance" ? { ...library(`${parent.origin}()`), fields: object.fields } : undefined;
			yield library(`${self?.origin ?? parent.origin}.${name}`, self);
		}
	}
}

function bind(method: Callable, self: Thing): Callable {
	return { ...method, binds: false, invoke: (call: Call) => method.invoke({ ...call, self }) };
}

/** `object[key]`. A missing environment variable raises, and the `except` around it then counts. */
export function subscript(py: Python, object: Thing, key: Thing, at: Evidence): Thing {
	return eachPair(object, key, (one, index) => {
		if (index.kind !== "plain") return unclear(t("an element that is not known"), at);
		const name = pythonText(index.value);
		switch (one.kind) {
			case "library": {
				if (one.origin === "os.environ") return requiredVariable(py, name, at);
				return one.fields.get(name) ?? library(`${one.origin}[]`);
			}
			case "structure": {
				const found = one.fields.get(name);
				if (!found && !one.open && one.shape === "dictionary") py.run.raise();
				return found ?? unclear(t("{0} is not set in view", name), at);
			}
			case "list": {
				const position = typeof index.value === "number" ? index.value : Number.NaN;
				const found = one.items.at(position);
				if (found && !(one.open && position < 0)) {
					if (isOpen(found) && found.fallback.kind === "unknown") py.run.raise(found);
					return found;
				}
				if (!one.open) py.run.raise();
				return unclear(t("an element that is not known"), at);
			}
			case "plain": {
				const char = typeof one.value === "string" && typeof index.value === "number" ? one.value.at(index.value) : undefined;
				return char === undefined ? unclear(t("an element that is not known"), at) : plain(char, one.from);
			}
			default:
				return unclear(t("an element that is not known"), at);
		}
	});
}

/** `os.environ["NAME"]`. */
export function requiredVariable(py: Python, name: string, at: Evidence): Thing {
	const value = py.run.variable(name, unclear(t("{0} is not set", name), at), at);
	if (isOpen(value) && value.fallback.kind === "unknown") py.run.raise(value);
	return value;
}

export function setSubscript(py: Python, object: Thing, key: Thing, value: Thing): void {
	if (object.kind === "library" && object.origin === "os.environ") {
		if (key.kind === "plain") py.run.journal.set(py.run.ownEnvironment, pythonText(key.value), value);
	} else if (object.kind === "list" && key.kind === "plain" && typeof key.value === "number") {
		const index = key.value;
		if (index >= 0 && index < object.items.length) changeList(py, object, (items) => void items.splice(index, 1, value));
	} else if (object.kind === "structure" || object.kind === "library") {
		if (key.kind === "plain") py.run.journal.set(object.fields, pythonText(key.value), value);
		else if (object.kind === "structure") object.open = true;
	}
}
