import { t } from "../../model/message.ts";
import type { Evidence } from "../../model/text.ts";
import type { Environment, Value } from "../../model/value.ts";

/**
 * A value while a program is being evaluated: what `Value` says of plain ones, and the containers, functions and
 * library objects that stand between a literal and the call that uses it.
 */
export type Thing = Plain | Nothing | Open | OneOf | Unknown | Structure | List | Callable | Library;

export interface Plain {
	readonly kind: "plain";
	readonly value: string | number | boolean;
	/** Python: a number with a fraction, though that may be zero: `160 / 2` is 80.0, which is no port. */
	readonly float?: true;
	/** Where it was decided: the place that uses it first, the literal last. */
	readonly from: readonly Evidence[];
}

/** None, undefined, null. */
export interface Nothing {
	readonly kind: "nothing";
}

/** An environment variable that the image does not set, or an argument that the command does not give. */
export interface Open {
	readonly kind: "variable" | "argument";
	readonly name: string;
	/** What it is while nobody sets it; `unknown` when the program does not survive that. */
	readonly fallback: Thing;
	readonly from: readonly Evidence[];
}

export interface OneOf {
	readonly kind: "oneOf";
	readonly values: readonly Thing[];
}

export interface Unknown {
	readonly kind: "unknown";
	readonly reason: string;
	readonly at?: Evidence;
	/** As a condition it holds in one process of the program and not in another, so both branches happen. */
	readonly both?: boolean;
}

/** Named things. Every write goes through a journal, so that undecided branches can be merged. */
export type Fields = Map<string, Thing>;

/** Counts fields that were made and branches that were begun, over all programs. */
let clock = 0;

/** The moment at which something is made or begun: later ones are greater. */
export function moment(): number {
	return ++clock;
}

class LocalNames extends Map<string, Thing> {
	readonly born = moment();
}

/** The names of a function's body or a block: nobody outside of the branch that makes them sees them. */
export function localNames(): Fields {
	return new LocalNames();
}

/** When these were made; before everything else when nobody knows. */
export function bornAt(fields: Fields): number {
	return fields instanceof LocalNames ? fields.born : 0;
}

export interface Structure {
	readonly kind: "structure";
	readonly shape: "dictionary" | "instance" | "class" | "module";
	readonly fields: Fields;
	/** Where an attribute is looked up when `fields` lacks it: an instance's class, a class's bases, in order. */
	readonly parents: readonly Thing[];
	/** It may hold more than is known: a dictionary with a spread of something unknown. */
	open: boolean;
	readonly at: Evidence | undefined;
	/** Classes: makes an instance. */
	readonly construct?: (call: Call) => Thing;
}

export interface List {
	readonly kind: "list";
	readonly items: Thing[];
	/** It may hold more than is known. */
	open: boolean;
	/** The command's arguments: how many are given. */
	readonly given?: number;
	/** What was added or left out under a condition that is not decided: the items from `from` on may be others, or none. */
	doubt?: Doubt;
	readonly at: Evidence | undefined;
}

export interface Doubt {
	/** The items are those of the default while this is not set; undefined when nobody can tell which branch is taken. */
	readonly on: Pick<Open, "kind" | "name"> | undefined;
	readonly from: number;
}

export interface Callable {
	readonly kind: "callable";
	readonly fields: Fields;
	readonly invoke: (call: Call) => Thing;
	/** A method takes what it is looked up on as `self`. */
	readonly binds: boolean;
	/** Written in the program itself, so it has a body that can be run. */
	readonly own: boolean;
	/** JavaScript: `new` on a plain function. */
	readonly construct?: (call: Call) => Thing;
	/** JavaScript: the names of its parameters, empty for a pattern. */
	readonly parameters?: readonly string[];
	/** Python: its parameters by name, with what stands behind `=` or nothing. */
	readonly defaults?: ReadonlyMap<string, Thing | undefined>;
	/** Python: it takes the class as its first argument. */
	readonly classMethod?: boolean;
	/** Python: reading it as an attribute calls it. */
	readonly property?: boolean;
}

/** Something of a library, by the path from its module: `flask.Flask()`, `process.env`. */
export interface Library {
	readonly kind: "library";
	readonly origin: string;
	/** What it is an attribute of. */
	readonly of: Library | undefined;
	/** What the program has set on it. */
	readonly fields: Fields;
	/** Its attributes, made on first use: an identity, not a state, so no journal keeps them. */
	readonly attributes: Map<string, Library>;
}

export interface Call {
	readonly positional: readonly Thing[];
	readonly keywords: ReadonlyMap<string, Thing>;
	readonly self: Thing | undefined;
	readonly at: Evidence;
}

export const NOTHING: Nothing = { kind: "nothing" };

export function plain(value: string | number | boolean, from: readonly Evidence[] = []): Plain {
	return { kind: "plain", value, from };
}

export function unclear(reason: string, at?: Evidence): Unknown {
	return at ? { kind: "unknown", reason, at } : { kind: "unknown", reason };
}

export function library(origin: string, of?: Library): Library {
	return { kind: "library", origin, of, fields: new Map(), attributes: new Map() };
}

/** An attribute of a library's object: what the program set, else the library's own, the same one each time. */
export function attributeOf(object: Library, name: string): Thing {
	const set = object.fields.get(name);
	if (set) return set;
	let attribute = object.attributes.get(name);
	if (!attribute) {
		attribute = library(`${object.origin}.${name}`, object);
		object.attributes.set(name, attribute);
	}
	return attribute;
}

/** Longer texts and lists do not make ports; without an end to them, a loop of thirty turns would fill the memory. */
const LONGEST_TEXT = 100_000;
const MOST_ITEMS = 2_000;

/** A text that was put together. */
export function text(value: string, from: readonly Evidence[] = []): Thing {
	return value.length > LONGEST_TEXT ? unclear(t("a text that is too long")) : plain(value, from);
}

export function list(items: readonly Thing[], at?: Evidence): List {
	return { kind: "list", items: items.slice(0, MOST_ITEMS), open: items.length > MOST_ITEMS, at };
}

/** How many items a list has; of the command's arguments, as many as are given unless whoever starts it gives more. */
export function lengthOf(of: List): Thing {
	if (!of.open) return plain(of.items.length);
	const last = of.items.at(-1);
	if (last?.kind !== "argument") return unclear(t("a length that is not known"));
	const known = plain(of.items.length - 1);
	return of.given ? known : { ...last, fallback: known };
}

/** Appends to a list. */
export function append(to: List, items: readonly Thing[]): void {
	const room = MOST_ITEMS - to.items.length;
	if (items.length > room) to.open = true;
	to.items.push(...items.slice(0, Math.max(0, room)));
}

export function dictionary(fields: Fields = new Map(), at?: Evidence): Structure {
	return { kind: "structure", shape: "dictionary", fields, parents: [], open: false, at };
}

/** A function that the evaluator itself provides. */
export function builtin(invoke: (call: Call) => Thing): Callable {
	return { kind: "callable", fields: new Map(), invoke, binds: false, own: false };
}

/** More possibilities than this help nobody. */
const MOST = 12;

/** One of several; duplicates fall together. */
export function oneOf(values: readonly Thing[]): Thing {
	const flat: Thing[] = [];
	for (const value of values)
		for (const one of value.kind === "oneOf" ? value.values : [value]) if (!flat.some((other) => same(other, one))) flat.push(one);
	if (flat.length > MOST) flat.splice(MOST, flat.length, unclear(t("too many possibilities")));
	return flat.length === 1 && flat[0] ? flat[0] : bounded({ kind: "oneOf", values: flat });
}

/** Possibilities inside each other: each turn of a loop may double them, and every step is taken for all of them. */
const MOST_NESTED = 64;

function bounded(thing: Thing): Thing {
	return countOf(thing, MOST_NESTED) > 0 ? thing : unclear(t("too many possibilities"));
}

/** What is left of `room` after counting a value's possibilities; no further than it goes. */
function countOf(thing: Thing, room: number): number {
	if (room <= 0) return 0;
	if (isOpen(thing)) return countOf(thing.fallback, room - 1);
	return thing.kind === "oneOf" ? thing.values.reduce((left, one) => countOf(one, left), room - 1) : room - 1;
}

function same(a: Thing, b: Thing): boolean {
	if (a === b) return true;
	if (a.kind === "plain" && b.kind === "plain") return a.value === b.value;
	if (a.kind === "nothing" && b.kind === "nothing") return true;
	return a.kind === "unknown" && b.kind === "unknown" && a.reason === b.reason;
}

/** A value that hangs on a variable: what it is by default, and what it is once the variable is set. */
export function hanging(kind: "variable" | "argument", name: string, byDefault: Thing, otherwise: Thing): Thing {
	if (same(byDefault, otherwise)) return byDefault;
	if (isOpen(otherwise) && otherwise.name === name) return { ...otherwise, fallback: withoutOpen(byDefault, name) };
	if (isOpen(byDefault) && byDefault.name === name) return byDefault;
	return bounded({ kind, name, fallback: byDefault, from: [] });
}

function withoutOpen(thing: Thing, name: string): Thing {
	return isOpen(thing) && thing.name === name ? thing.fallback : thing;
}

export function isOpen(thing: Thing): thing is Open {
	return thing.kind === "variable" || thing.kind === "argument";
}

/** Applies `change` to every definite outcome; what is open stays open around it. */
export function each(thing: Thing, change: (one: Thing) => Thing): Thing {
	switch (thing.kind) {
		case "variable":
		case "argument": {
			if (thing.fallback.kind === "unknown") return thing;
			const fallback = each(thing.fallback, change);
			// `int(None)` fails because the variable is missing, and that is what the user wants to hear.
			if (thing.fallback.kind === "nothing" && fallback.kind === "unknown")
				return { ...thing, fallback: unclear(notSet(thing), fallback.at) };
			return { ...thing, fallback };
		}
		case "oneOf":
			return oneOf(thing.values.map((one) => each(one, change)));
		case "unknown":
			return thing;
		default:
			return change(thing);
	}
}

/** `each` over every combination of two. */
export function eachPair(a: Thing, b: Thing, change: (a: Thing, b: Thing) => Thing): Thing {
	return bounded(each(a, (one) => each(b, (other) => change(one, other))));
}

export function notSet(open: Pick<Open, "kind" | "name">): string {
	return open.kind === "variable" ? t("{0} is not set", open.name) : t("{0} is not given", open.name);
}

/** The evidence of several values that became one, in order. */
export function allFrom(...things: Thing[]): Evidence[] {
	return [...new Set(things.flatMap((thing) => (thing.kind === "plain" ? thing.from : [])))];
}

/** What an environment variable is to the program; `missing` is what it gets when nobody sets it. */
export function environmentVariable(environment: Environment, name: string, missing: Thing, at: Evidence): Thing {
	const value = environment.get(name);
	return value ? fromValue(value, missing, [at]) : { kind: "variable", name, fallback: missing, from: [at] };
}

/** A `Value` of the shell's world as a program sees it: text. */
export function fromValue(value: Value, missing: Thing, before: readonly Evidence[] = []): Thing {
	switch (value.kind) {
		case "known":
			return plain(value.text, [...before, ...value.from]);
		case "variable":
		case "argument": {
			const fallback = value.fallback ? fromValue(value.fallback, missing) : missing;
			return { kind: value.kind, name: value.name, fallback, from: [...before, ...value.from] };
		}
		case "oneOf":
			return oneOf(value.values.map((one) => fromValue(one, missing, before)));
		case "unknown":
			return value;
	}
}
