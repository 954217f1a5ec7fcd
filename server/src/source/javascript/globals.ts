import { t } from "../../model/message.ts";
import {
	builtin,
	type Call,
	dictionary,
	each,
	type Fields,
	library,
	list,
	NOTHING,
	plain,
	type Structure,
	type Thing,
	unclear,
} from "../core/thing.ts";
import { callThing } from "./calls.ts";
import type { JavaScript } from "./javascript.ts";
import { toNumber, toText } from "./operators.ts";

const first = (change: (one: Thing, call: Call) => Thing): Thing =>
	builtin((call) => {
		const argument = call.positional[0] ?? NOTHING;
		return argument.kind === "unknown" ? argument : each(argument, (one) => change(one, call));
	});

/** `parseInt`: digits at the start count, whatever follows them. */
const parseInteger = first((one, call) => {
	const radix = call.positional[1];
	if (one.kind === "nothing") return plain(Number.NaN);
	if (one.kind !== "plain") return unclear(t("a value that is not a number"), call.at);
	return plain(Number.parseInt(String(one.value), radix?.kind === "plain" ? Number(radix.value) : undefined), one.from);
});

const parseDecimal = first((one, call) => {
	if (one.kind === "nothing") return plain(Number.NaN);
	return one.kind === "plain" ? plain(Number.parseFloat(String(one.value)), one.from) : unclear(t("a value that is not a number"), call.at);
});

const isNotANumber = first((one) => {
	const number = toNumber(one);
	return number.kind === "plain" ? plain(Number.isNaN(number.value)) : unclear(t("an undecided condition"));
});

const test = (holds: (value: number) => boolean): Thing =>
	first((one) => {
		if (one.kind === "nothing") return plain(false);
		return one.kind === "plain" ? plain(typeof one.value === "number" && holds(one.value)) : unclear(t("an undecided condition"));
	});

const arithmetic = (compute: (...values: number[]) => number): Thing =>
	builtin((call) => {
		const values = call.positional.map((one) => (one.kind === "plain" ? Number(one.value) : Number.NaN));
		const from = call.positional.flatMap((one) => (one.kind === "plain" ? one.from : []));
		return values.some(Number.isNaN) ? unclear(t("a sum with an unknown part"), call.at) : plain(compute(...values), from);
	});

function object(members: Readonly<Record<string, Thing>>, itself?: Thing): Thing {
	const fields: Fields = new Map(Object.entries(members));
	return itself?.kind === "callable" ? { ...itself, fields } : { ...dictionary(fields), open: true };
}

const number = object(
	{
		parseInt: parseInteger,
		parseFloat: parseDecimal,
		isNaN: isNotANumber,
		isInteger: test(Number.isInteger),
		isFinite: test(Number.isFinite),
		isSafeInteger: test(Number.isSafeInteger),
	},
	first((one) => toNumber(one)),
);

const objects = object({
	assign: builtin((call) => {
		const [target, ...sources] = call.positional;
		if (target?.kind !== "structure") return target ?? NOTHING;
		for (const source of sources) {
			if (source.kind === "structure") for (const [key, value] of source.fields) target.fields.set(key, value);
			if (source.kind !== "structure" && source.kind !== "nothing") target.open = true;
		}
		return target;
	}),
	freeze: first((one) => one),
	seal: first((one) => one),
	// Transpiled modules mark themselves with it.
	defineProperty: builtin((call) => {
		const [target, name, descriptor] = call.positional;
		if (target?.kind !== "structure" || name?.kind !== "plain" || descriptor?.kind !== "structure") return target ?? NOTHING;
		const [value, get] = [descriptor.fields.get("value"), descriptor.fields.get("get")];
		if (value) target.fields.set(String(name.value), value);
		else if (get?.kind === "callable") target.fields.set(String(name.value), { ...get, property: true });
		return target;
	}),
	keys: first((one, call) =>
		one.kind === "structure"
			? {
					...list(
						[...one.fields.keys()].map((key) => plain(key)),
						call.at,
					),
					open: one.open,
				}
			: { ...list([], call.at), open: true },
	),
	values: first((one, call) =>
		one.kind === "structure" ? { ...list([...one.fields.values()], call.at), open: one.open } : { ...list([], call.at), open: true },
	),
	entries: first((one, call) =>
		one.kind === "structure"
			? {
					...list(
						[...one.fields].map(([key, value]) => list([plain(key), value], call.at)),
						call.at,
					),
					open: one.open,
				}
			: { ...list([], call.at), open: true },
	),
	create: first(() => dictionary()),
});

const settle = first((one) => one);

const CONSTANTS: ReadonlyMap<string, Thing> = new Map([
	["parseInt", parseInteger],
	["parseFloat", parseDecimal],
	["isNaN", isNotANumber],
	["Number", number],
	["String", first((one) => toText(one))],
	[
		"Boolean",
		first((one) =>
			one.kind === "plain"
				? plain(Boolean(one.value), one.from)
				: one.kind === "nothing"
					? plain(false)
					: unclear(t("an undecided condition")),
		),
	],
	["NaN", plain(Number.NaN)],
	["Infinity", plain(Number.POSITIVE_INFINITY)],
	["Object", objects],
	[
		"Array",
		object({
			isArray: first((one) => (one.kind === "library" ? unclear(t("an undecided condition")) : plain(one.kind === "list"))),
			from: first((one) => one),
		}),
	],
	[
		"Math",
		object({
			max: arithmetic(Math.max),
			min: arithmetic(Math.min),
			floor: arithmetic(Math.floor),
			round: arithmetic(Math.round),
			ceil: arithmetic(Math.ceil),
			abs: arithmetic(Math.abs),
			trunc: arithmetic(Math.trunc),
		}),
	],
]);

/** Globals of Node and the language, as far as they take part in making a port or an address. */
export function GLOBALS(js: JavaScript, name: string): Thing | undefined {
	const constant = CONSTANTS.get(name);
	if (constant) return constant;
	if (name === "Promise") return promise(js);
	if (LIBRARIES.has(name)) return libraryGlobal(js, name);
	if (name === "global" || name === "globalThis") return globalObject(js);
	return globalObject(js).fields.get(name);
}

/** What a program puts on the global object is a name in all of its files. */
const GLOBAL_OBJECTS = new WeakMap<JavaScript, Structure>();

function globalObject(js: JavaScript): Structure {
	let made = GLOBAL_OBJECTS.get(js);
	if (!made) {
		const fields: Fields = new Map([...LIBRARIES].map((name) => [name, libraryGlobal(js, name)]));
		made = { ...dictionary(fields), open: true };
		GLOBAL_OBJECTS.set(js, made);
	}
	return made;
}

/** Those whose calls are recorded, or run what they are given. */
const LIBRARIES: ReadonlySet<string> = new Set(
	`process console setTimeout setInterval setImmediate queueMicrotask clearTimeout clearInterval JSON Date RegExp Error TypeError Map Set
	WeakMap Symbol URL URLSearchParams Buffer fetch AbortController structuredClone Deno Bun eval Function Worker WebSocket EventTarget
	defineNuxtConfig defineNitroConfig TextEncoder TextDecoder Intl Reflect Proxy BigInt require`.split(/\s+/),
);

function libraryGlobal(js: JavaScript, name: string): Thing {
	let found = js.libraries.get(name);
	if (!found) {
		found = library(name);
		js.libraries.set(name, found);
	}
	return found;
}

/** A promise is what it resolves to. */
function promise(js: JavaScript): Thing {
	return {
		kind: "structure",
		shape: "class",
		open: true,
		parents: [],
		at: undefined,
		fields: new Map([
			["resolve", settle],
			["reject", builtin(() => NOTHING)],
			["all", settle],
			["allSettled", settle],
			["race", builtin(() => unclear(t("one of several values that are not known")))],
		]),
		construct: (call) => {
			let resolved: Thing = unclear(t("a promise that is not resolved in view"), call.at);
			const resolve = builtin((given) => {
				resolved = given.positional[0] ?? NOTHING;
				return NOTHING;
			});
			const executor = call.positional[0];
			if (executor) callThing(js, executor, { ...call, positional: [{ ...resolve, own: true }, builtin(() => NOTHING)] });
			return resolved;
		},
	};
}
