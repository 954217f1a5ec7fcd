import { t } from "../../model/message.ts";
import { own } from "../../model/table.ts";
import { allFrom, append, builtin, type Call, each, list, NOTHING, plain, type Structure, type Thing, unclear } from "../core/thing.ts";
import { changeList, extendList } from "./lists.ts";
import { pythonText } from "./literals.ts";
import type { Python } from "./python.ts";
import { braceFormat, joinTexts } from "./strings.ts";

type Method<T> = (py: Python, self: T, call: Call) => Thing;

/** A method of a built-in type, ready to be called; undefined when it has none of that name. */
export function methodOf(py: Python, self: Thing, name: string): Thing | undefined {
	if (self.kind === "plain" && typeof self.value === "string") {
		const method = own(TEXT, name);
		return method && builtin((call) => method(py, self, call));
	}
	if (self.kind === "structure" && self.shape === "dictionary") {
		const method = own(DICTIONARY, name);
		return method && builtin((call) => method(py, self, call));
	}
	if (self.kind === "list") {
		const method = own(LIST, name);
		return method && builtin((call) => method(py, self, call));
	}
	return undefined;
}

/** Replacing every character of a long text by another long text makes one that fits nowhere. */
function isModest(self: string | number | boolean, args: readonly unknown[]): boolean {
	return args.every((one) => String(one).length * String(self).length <= 1_000_000);
}

/** A method that only needs plain texts. */
function onText(
	change: (self: string, args: readonly (string | number | boolean)[]) => string | number | boolean | undefined,
): Method<Thing> {
	return (_, self, call) =>
		each(self, (one) => {
			if (one.kind !== "plain") return unclear(t("a text that is not known"));
			const args = call.positional.map((argument) => (argument.kind === "plain" ? argument.value : undefined));
			if (args.includes(undefined) || !isModest(one.value, args)) return unclear(t("a text that is not known"));
			const result = change(String(one.value), args as (string | number | boolean)[]);
			return result === undefined ? unclear(t("a text that is not known")) : plain(result, allFrom(one, ...call.positional));
		});
}

const parts =
	(split: (text: string, separator: string | undefined) => string[]): Method<Thing> =>
	(_, self, call) => {
		const separator = call.positional[0];
		if (self.kind !== "plain" || (separator && separator.kind !== "plain" && separator.kind !== "nothing"))
			return unclear(t("a text that is not known"));
		const by = separator?.kind === "plain" ? String(separator.value) : undefined;
		if (by === "") return unclear(t("a text that is not known"));
		return list(
			split(String(self.value), by).map((part) => plain(part, self.from)),
			call.at,
		);
	};

const splitAll = parts((text, by) => (by === undefined ? text.split(/\s+/).filter(Boolean) : text.split(by)));

const TEXT: Readonly<Record<string, Method<Thing>>> = {
	lower: onText((text) => text.toLowerCase()),
	upper: onText((text) => text.toUpperCase()),
	title: onText((text) => text),
	strip: onText((text, [chars]) => trim(text, chars, true, true)),
	lstrip: onText((text, [chars]) => trim(text, chars, true, false)),
	rstrip: onText((text, [chars]) => trim(text, chars, false, true)),
	replace: onText((text, [from, to]) =>
		from === undefined || to === undefined ? undefined : text.replaceAll(String(from), () => String(to)),
	),
	startswith: onText((text, [prefix]) => text.startsWith(String(prefix))),
	endswith: onText((text, [suffix]) => text.endsWith(String(suffix))),
	isdigit: onText((text) => /^[0-9]+$/.test(text)),
	isnumeric: onText((text) => /^[0-9]+$/.test(text)),
	find: onText((text, [part]) => text.indexOf(String(part))),
	removeprefix: onText((text, [prefix]) => (text.startsWith(String(prefix)) ? text.slice(String(prefix).length) : text)),
	zfill: onText((text, [width]) => text.padStart(Math.min(Number(width), 200), "0")),
	encode: (_, self) => self,
	decode: (_, self) => self,
	format: (_, self, call) => (self.kind === "plain" ? braceFormat(String(self.value), call.positional, call.keywords, self) : self),
	split: splitAll,
	rsplit: (py, self, call) => {
		if (call.positional.length < 2 || self.kind !== "plain") return splitAll(py, self, call);
		return partition(self, call, true);
	},
	partition: (_, self, call) => partition(self, call, false),
	rpartition: (_, self, call) => partition(self, call, true),
	join: (_, self, call) => {
		const items = call.positional[0];
		if (items?.kind !== "list" || items.open) return unclear(t("a text with an unknown part"));
		return items.items.reduce<Thing>((joined, item, i) => joinTexts(i ? joinTexts(joined, self) : joined, item), plain(""));
	},
};

function trim(text: string, chars: string | number | boolean | undefined, left: boolean, right: boolean): string {
	const blank = (char: string) => (chars === undefined ? /\s/.test(char) : String(chars).includes(char));
	let [start, end] = [0, text.length];
	while (left && start < end && blank(text.charAt(start))) start++;
	while (right && end > start && blank(text.charAt(end - 1))) end--;
	return text.slice(start, end);
}

/** Around the first or last separator, which `rsplit` leaves out. */
function partition(self: Thing, call: Call, last: boolean): Thing {
	const separator = call.positional[0];
	if (self.kind !== "plain" || separator?.kind !== "plain") return unclear(t("a text that is not known"));
	const [text, by] = [String(self.value), String(separator.value)];
	const at = last ? text.lastIndexOf(by) : text.indexOf(by);
	const pieces = at < 0 ? [text] : [text.slice(0, at), ...(call.positional.length < 2 ? [by] : []), text.slice(at + by.length)];
	return list(
		pieces.map((piece) => plain(piece, self.from)),
		call.at,
	);
}

const DICTIONARY: Readonly<Record<string, Method<Structure>>> = {
	get: (_, self, call) => lookUpIn(self, call) ?? call.positional[1] ?? NOTHING,
	pop: (_, self, call) => lookUpIn(self, call) ?? call.positional[1] ?? unclear(t("a missing element")),
	setdefault: (py, self, call) => {
		const found = lookUpIn(self, call);
		const [key, value] = call.positional;
		if (!found && key?.kind === "plain") py.run.journal.set(self.fields, pythonText(key.value), value ?? NOTHING);
		return found ?? value ?? NOTHING;
	},
	update: (py, self, call) => {
		updateFrom(py, self, call);
		return NOTHING;
	},
	copy: (_, self) => ({ ...self, fields: new Map(self.fields) }),
	keys: (_, self, call) => ({
		...list(
			[...self.fields.keys()].map((key) => plain(key)),
			call.at,
		),
		open: self.open,
	}),
	values: (_, self, call) => ({ ...list([...self.fields.values()], call.at), open: self.open }),
	items: (_, self, call) => ({
		...list(
			[...self.fields].map(([key, value]) => list([plain(key), value], call.at)),
			call.at,
		),
		open: self.open,
	}),
};

function lookUpIn(self: Structure, call: Call): Thing | undefined {
	const key = call.positional[0];
	if (key?.kind !== "plain") return unclear(t("an element that is not known"));
	return self.fields.get(pythonText(key.value)) ?? (self.open ? unclear(t("{0} is not set in view", pythonText(key.value))) : undefined);
}

/** `update({...}, key=value)`, as dictionaries and configurations have it. */
export function updateFrom(py: Python, self: Structure | (Thing & { kind: "library" }), call: Call): void {
	const other = call.positional[0];
	if (other?.kind === "structure") for (const [key, value] of other.fields) py.run.journal.set(self.fields, key, value);
	if (self.kind === "structure" && other && (other.kind !== "structure" || other.open)) self.open = true;
	for (const [key, value] of call.keywords) py.run.journal.set(self.fields, key, value);
}

const LIST: Readonly<Record<string, Method<Thing & { kind: "list" }>>> = {
	append: (py, self, call) => {
		changeList(py, self, (items) => append({ ...self, items }, call.positional));
		return NOTHING;
	},
	extend: (py, self, call) => {
		extendList(py, self, call.positional[0] ?? NOTHING);
		return NOTHING;
	},
	insert: (py, self, call) => {
		const [index, item] = call.positional;
		if (index?.kind === "plain" && item) changeList(py, self, (items) => void items.splice(Number(index.value), 0, item));
		return NOTHING;
	},
	copy: (_, self) => ({ ...self, items: [...self.items] }),
	clear: (py, self) => {
		changeList(py, self, (items) => void items.splice(0));
		return NOTHING;
	},
	pop: (py, self, call) => {
		const index = call.positional[0];
		const position = index?.kind === "plain" ? Number(index.value) : -1;
		const popped = self.items.at(position) ?? unclear(t("an element that is not known"));
		changeList(py, self, (items) => void items.splice(position, 1));
		return popped;
	},
};
