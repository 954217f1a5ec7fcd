import { t } from "../../model/message.ts";
import { runBody } from "../core/branch.ts";
import {
	allFrom,
	append,
	builtin,
	type Call,
	type List,
	list,
	NOTHING,
	plain,
	type Structure,
	type Thing,
	text,
	unclear,
} from "../core/thing.ts";
import { callThing } from "./calls.ts";
import type { JavaScript } from "./javascript.ts";
import { iterate } from "./loops.ts";
import { javaScriptTruth } from "./operators.ts";

type Method<T> = (js: JavaScript, self: T, call: Call) => Thing;

/** A method of a built-in type, ready to be called; undefined when it has none of that name. */
export function methodOf(js: JavaScript, self: Thing, name: string): Thing | undefined {
	const table = tableFor(self);
	const method = (Object.hasOwn(table, name) ? table[name] : undefined) ?? (Object.hasOwn(PROMISE, name) ? PROMISE[name] : undefined);
	return method && builtin((call) => method(js, self as never, call));
}

function tableFor(self: Thing): Readonly<Record<string, Method<never>>> {
	if (self.kind === "plain") return typeof self.value === "string" ? TEXT : NUMBER;
	if (self.kind === "list") return LIST;
	if (self.kind === "callable") return FUNCTION;
	return self.kind === "structure" ? OBJECT : {};
}

/** A promise is what it resolves to: the evaluation waits for nothing. */
const PROMISE: Readonly<Record<string, Method<Thing>>> = {
	// biome-ignore lint/suspicious/noThenProperty: a table of method names, not a thenable.
	then: (js, self, call) => {
		const next = call.positional[0];
		return next ? callThing(js, next, { ...call, positional: [self], self: undefined }) : self;
	},
	catch: (_, self) => self,
	finally: (js, self, call) => {
		const last = call.positional[0];
		if (last) callThing(js, last, { ...call, positional: [], self: undefined });
		return self;
	},
};

function onText(
	change: (self: string, args: readonly (string | number | boolean)[]) => string | number | boolean | undefined,
): Method<Thing> {
	return (_, self, call) => {
		if (self.kind !== "plain") return unclear(t("a text that is not known"));
		const args = call.positional.map((one) => (one.kind === "plain" ? one.value : undefined));
		const modest = args.every((one) => String(one).length * String(self.value).length <= 1_000_000);
		const result = args.includes(undefined) || !modest ? undefined : change(String(self.value), args as (string | number | boolean)[]);
		return result === undefined ? unclear(t("a text that is not known")) : plain(result, allFrom(self, ...call.positional));
	};
}

const itself: Method<Thing> = (_, self) => self;

/** `String(…)` of a number; other bases than ten do not make ports. */
const decimal: Method<Thing> = (_, self, call) => {
	const base = call.positional[0];
	if (self.kind !== "plain" || (base && (base.kind !== "plain" || base.value !== 10))) return unclear(t("a text that is not known"));
	return plain(String(self.value), self.from);
};

const TEXT: Readonly<Record<string, Method<Thing>>> = {
	toString: itself,
	valueOf: itself,
	trim: onText((text) => text.trim()),
	trimStart: onText((text) => text.trimStart()),
	trimEnd: onText((text) => text.trimEnd()),
	toLowerCase: onText((text) => text.toLowerCase()),
	toUpperCase: onText((text) => text.toUpperCase()),
	startsWith: onText((text, [part]) => text.startsWith(String(part))),
	endsWith: onText((text, [part]) => text.endsWith(String(part))),
	includes: onText((text, [part]) => text.includes(String(part))),
	indexOf: onText((text, [part]) => text.indexOf(String(part))),
	lastIndexOf: onText((text, [part]) => text.lastIndexOf(String(part))),
	charAt: onText((text, [index]) => text.charAt(Number(index))),
	slice: onText((text, [start, end]) => text.slice(Number(start ?? 0), end === undefined ? undefined : Number(end))),
	substring: onText((text, [start, end]) => text.substring(Number(start ?? 0), end === undefined ? undefined : Number(end))),
	padStart: onText((text, [width, fill]) => text.padStart(Math.min(Number(width), 200), fill === undefined ? " " : String(fill))),
	repeat: onText((text, [times]) => (Number(times) * text.length < 10_000 ? text.repeat(Math.max(0, Number(times))) : undefined)),
	concat: onText((text, args) => text + args.join("")),
	replace: onText((text, [from, to]) =>
		from === undefined || to === undefined ? undefined : text.replace(String(from), () => String(to)),
	),
	replaceAll: onText((text, [from, to]) =>
		from === undefined || to === undefined ? undefined : text.replaceAll(String(from), () => String(to)),
	),
	split: (_, self, call) => {
		const by = call.positional[0];
		if (self.kind !== "plain" || (by && by.kind !== "plain")) return { ...list([], call.at), open: true };
		const pieces = by ? String(self.value).split(String(by.value)) : [String(self.value)];
		return list(
			pieces.slice(0, 200).map((piece) => plain(piece, self.from)),
			call.at,
		);
	},
};

const NUMBER: Readonly<Record<string, Method<Thing>>> = {
	toString: decimal,
	valueOf: itself,
	toFixed: (_, self) => (self.kind === "plain" ? plain(Number(self.value).toFixed(0), self.from) : self),
};

const FUNCTION: Readonly<Record<string, Method<Thing>>> = {
	call: (js, self, { positional: [receiver, ...positional], ...call }) => callThing(js, self, { ...call, positional, self: receiver }),
	apply: (js, self, { positional: [receiver, args], ...call }) =>
		callThing(js, self, { ...call, positional: args?.kind === "list" ? args.items : [], self: receiver }),
	bind: (js, self, { positional: [receiver, ...before] }) => {
		const bound = builtin((later) => callThing(js, self, { ...later, positional: [...before, ...later.positional], self: receiver }));
		return { ...bound, own: self.kind === "callable" && self.own };
	},
};

const hasField: Method<Structure> = (_, self, call) => {
	const name = call.positional[0];
	return name?.kind === "plain" && !self.open ? plain(self.fields.has(String(name.value))) : unclear(t("an undecided condition"));
};

const OBJECT: Readonly<Record<string, Method<Structure>>> = {
	hasOwnProperty: hasField,
};

/** Calls a function with an item and its position, as array methods do. */
function onItem(js: JavaScript, call: Call, item: Thing, index: number): Thing {
	const visit = call.positional[0];
	return visit ? callThing(js, visit, { ...call, positional: [item, plain(index)], self: undefined }) : NOTHING;
}

/** Visits every item; one turn under doubt when there may be more. */
function visitAll(js: JavaScript, self: List, visit: (item: Thing, index: number) => void): boolean {
	let index = 0;
	let whole = true;
	runBody(js.run, () => {
		whole = iterate(js, self, (item) => {
			visit(item, index++);
			return true;
		});
		return undefined;
	});
	return whole;
}

const LIST: Readonly<Record<string, Method<List>>> = {
	push: (_, self, call) => {
		append(self, call.positional);
		return plain(self.items.length);
	},
	unshift: (_, self, call) => {
		self.items.unshift(...call.positional);
		return plain(self.items.length);
	},
	pop: (_, self) => self.items.pop() ?? NOTHING,
	shift: (_, self) => self.items.shift() ?? NOTHING,
	forEach: (js, self, call) => {
		visitAll(js, self, (item, index) => onItem(js, call, item, index));
		return NOTHING;
	},
	map: (js, self, call) => {
		const result = list([], call.at);
		if (!visitAll(js, self, (item, index) => result.items.push(onItem(js, call, item, index)))) result.open = true;
		return result;
	},
	filter: (js, self, call) => {
		const result = list([], call.at);
		const whole = visitAll(js, self, (item, index) => {
			const truth = javaScriptTruth(onItem(js, call, item, index));
			if (truth.kind !== "known") result.open = true;
			else if (truth.value) result.items.push(item);
		});
		if (!whole) result.open = true;
		return result;
	},
	find: (js, self, call) => {
		let found: Thing | undefined;
		const whole = visitAll(js, self, (item, index) => {
			if (found) return;
			const truth = javaScriptTruth(onItem(js, call, item, index));
			if (truth.kind !== "known") found = unclear(t("one of several values that are not known"));
			else if (truth.value) found = item;
		});
		return found ?? (whole ? NOTHING : unclear(t("one of several values that are not known")));
	},
	includes: (_, self, call) => {
		const one = call.positional[0];
		if (one?.kind !== "plain") return unclear(t("an undecided condition"));
		const found = self.items.some((item) => item.kind === "plain" && item.value === one.value);
		return found || !(self.open || self.items.some((item) => item.kind !== "plain")) ? plain(found) : unclear(t("an undecided condition"));
	},
	indexOf: (_, self, call) => {
		const one = call.positional[0];
		if (one?.kind !== "plain" || self.open || self.items.some((item) => item.kind !== "plain"))
			return unclear(t("a position that is not known"));
		return plain(self.items.findIndex((item) => item.kind === "plain" && item.value === one.value));
	},
	join: (_, self, call) => {
		const by = call.positional[0];
		if (self.open || self.items.some((item) => item.kind !== "plain")) return unclear(t("a text with an unknown part"));
		const texts = self.items.map((item) => (item.kind === "plain" ? String(item.value) : ""));
		return text(texts.join(by?.kind === "plain" ? String(by.value) : ","), allFrom(...self.items));
	},
	concat: (_, self, call) => {
		const result = list(self.items, call.at);
		for (const one of call.positional) append(result, one.kind === "list" ? one.items : [one]);
		return result;
	},
	slice: (_, self, call) => {
		const [start, end] = call.positional.map((one) => (one.kind === "plain" ? Number(one.value) : 0));
		return { ...list(self.items.slice(start ?? 0, end), call.at), open: self.open };
	},
};
