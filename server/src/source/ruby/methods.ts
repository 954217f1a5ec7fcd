import { t } from "../../model/message.ts";
import { own } from "../../model/table.ts";
import { allFrom, type Call, dictionary, eachPair, type Fields, list, NOTHING, plain, type Thing, text, unclear } from "../core/thing.ts";
import { binary, negate } from "./operators.ts";
import type { Ruby } from "./ruby.ts";

type Method = (rb: Ruby, self: Thing, call: Call) => Thing | undefined;

/** A method of a built-in object (String, Integer, Hash, Array, nil); undefined when it is not one that matters here. */
export function callBuiltIn(rb: Ruby, self: Thing, name: string, call: Call): Thing | undefined {
	const anything = own(ANYTHING, name)?.(rb, self, call);
	if (anything) return anything;
	if (self.kind === "plain" || self.kind === "nothing") {
		const found = own(TEXT, name)?.(rb, self, call);
		if (found) return found;
		// Rails.env.production?: a text that is asked whether it is this word (Active Support, StringInquirer).
		if (self.kind === "plain" && typeof self.value === "string" && /^[a-z_]+\?$/.test(name)) return plain(self.value === name.slice(0, -1));
		return undefined;
	}
	if (self.kind === "structure" && self.shape === "dictionary") return own(HASH, name)?.(rb, self, call);
	if (self.kind === "list") return own(LIST, name)?.(rb, self, call);
	return undefined;
}

/** Runs the block that a call was given. */
export function yieldTo(call: Call, ...args: readonly Thing[]): Thing | undefined {
	const block = call.keywords.get("&");
	return block?.kind === "callable" ? block.invoke({ positional: args, keywords: new Map(), self: undefined, at: call.at }) : undefined;
}

const self: Method = (_, one) => one;

const ANYTHING: Readonly<Record<string, Method>> = {
	freeze: self,
	dup: self,
	clone: self,
	itself: self,
	"!": (_, one) => negate(one),
	"nil?": (_, one) => plain(one.kind === "nothing"),
	"blank?": (_, one) => filled(one, (yes) => plain(!yes)),
	"present?": (_, one) => filled(one, (yes) => plain(yes)),
	presence: (_, one) => filled(one, (yes) => (yes ? one : NOTHING)),
	tap: (_, one, call) => {
		yieldTo(call, one);
		return one;
	},
	yield_self: (_, one, call) => yieldTo(call, one),
};

function filled(one: Thing, answer: (yes: boolean) => Thing): Thing | undefined {
	if (one.kind === "nothing") return answer(false);
	if (one.kind === "plain") return answer(typeof one.value === "string" ? one.value.trim() !== "" : one.value !== false);
	return undefined;
}

/** On texts and numbers; nil answers `to_i`, `to_s` and `to_a`. */
const TEXT: Readonly<Record<string, Method>> = {
	to_i: (_, one) => (one.kind === "plain" ? plain(leadingInteger(one.value), one.from) : plain(0)),
	to_f: (_, one) => (one.kind === "plain" ? plain(Number.parseFloat(String(one.value)) || 0, one.from) : plain(0)),
	to_s: (_, one) => (one.kind === "plain" ? plain(String(one.value), one.from) : plain("")),
	to_str: (_, one) => (one.kind === "plain" ? plain(String(one.value), one.from) : undefined),
	to_sym: self,
	to_a: (_, one, call) => (one.kind === "nothing" ? list([], call.at) : undefined),
	strip: onText((one) => one.trim()),
	chomp: onText((one, end = "\n") => (one.endsWith(end) ? one.slice(0, one.length - end.length) : one)),
	downcase: onText((one) => one.toLowerCase()),
	upcase: onText((one) => one.toUpperCase()),
	"empty?": onText((one) => one === ""),
	"start_with?": onText((one, start) => (start === undefined ? undefined : one.startsWith(start))),
	"end_with?": onText((one, end) => (end === undefined ? undefined : one.endsWith(end))),
	"include?": onText((one, part) => (part === undefined ? undefined : one.includes(part))),
	delete_prefix: onText((one, start) => (start !== undefined && one.startsWith(start) ? one.slice(start.length) : one)),
	"zero?": (_, one) => (one.kind === "plain" && typeof one.value === "number" ? plain(one.value === 0) : undefined),
	"positive?": (_, one) => (one.kind === "plain" && typeof one.value === "number" ? plain(one.value > 0) : undefined),
	split: (_, one, call) => {
		const by = call.positional[0];
		if (one.kind !== "plain" || (by && (by.kind !== "plain" || by.value === ""))) return undefined;
		const parts = by ? String(one.value).split(String(by.value)) : String(one.value).split(/\s+/).filter(Boolean);
		return list(
			parts.map((part) => plain(part, one.from)),
			call.at,
		);
	},
};

function onText(change: (self: string, argument: string | undefined) => string | boolean | undefined): Method {
	return (_, one, call) => {
		const [argument] = call.positional;
		if (one.kind !== "plain" || typeof one.value !== "string" || (argument && argument.kind !== "plain")) return undefined;
		const result = change(one.value, argument && String(argument.value));
		return result === undefined ? undefined : plain(result, allFrom(one));
	};
}

function leadingInteger(value: string | number | boolean): number {
	return typeof value === "number" ? Math.trunc(value) : Number(/^\s*[-+]?[0-9]+/.exec(String(value).replaceAll("_", ""))?.[0] ?? 0);
}

const HASH: Readonly<Record<string, Method>> = {
	"[]": (_, one, call) => element(one, call.positional[0], NOTHING),
	fetch: (rb, one, call) => {
		const [key, byDefault] = call.positional;
		return element(one, key, byDefault ?? yieldTo(call, key ?? NOTHING) ?? raise(rb));
	},
	dig: (_, one, call) => call.positional.reduce<Thing>((inner, key) => element(inner, key, NOTHING), one),
	merge: (_, one, call) => {
		const fields: Fields = new Map(one.kind === "structure" ? one.fields : []);
		const other = call.positional[0];
		for (const [key, value] of [...(other?.kind === "structure" ? other.fields : []), ...call.keywords])
			if (key !== "&") fields.set(key, value);
		const open = one.kind === "structure" && one.open;
		return { ...dictionary(fields, call.at), open: open || (other !== undefined && (other.kind !== "structure" || other.open)) };
	},
	"key?": (_, one, call) => has(one, call),
	"has_key?": (_, one, call) => has(one, call),
	"include?": (_, one, call) => has(one, call),
	to_h: self,
	with_indifferent_access: self,
	symbolize_keys: self,
	deep_symbolize_keys: self,
};

function has(one: Thing, call: Call): Thing | undefined {
	const key = call.positional[0];
	if (one.kind !== "structure" || key?.kind !== "plain") return undefined;
	return one.fields.has(String(key.value)) ? plain(true) : one.open ? undefined : plain(false);
}

function raise(rb: Ruby): Thing {
	rb.run.raise();
	return unclear(t("a key that is not there"));
}

/** `hash[key]`, `list[0]`. */
export function element(of: Thing, key: Thing | undefined, missing: Thing): Thing {
	if (!key) return unclear(t("an element that is not known"));
	return eachPair(of, key, (one, at) => {
		if (at.kind !== "plain") return unclear(t("an element that is not known"));
		if (one.kind === "nothing") return NOTHING;
		if (one.kind === "structure")
			return one.fields.get(String(at.value)) ?? (one.open ? unclear(t("an element that is not known")) : missing);
		if (one.kind === "list" && typeof at.value === "number") {
			const found = one.items.at(at.value);
			return found && !(one.open && at.value < 0) ? found : one.open ? (one.items.at(-1) ?? missing) : missing;
		}
		return unclear(t("an element that is not known"));
	});
}

const LIST: Readonly<Record<string, Method>> = {
	"[]": (_, one, call) => element(one, call.positional[0], NOTHING),
	first: (_, one) => element(one, plain(0), NOTHING),
	last: (_, one) => element(one, plain(-1), NOTHING),
	shift: (_, one) => element(one, plain(0), NOTHING),
	"empty?": (_, one) => (one.kind === "list" && !one.open ? plain(one.items.length === 0) : undefined),
	"any?": (_, one) => (one.kind === "list" && !one.open ? plain(one.items.length > 0) : undefined),
	join: (_, one, call) => {
		if (one.kind !== "list" || one.open) return undefined;
		const by = call.positional[0] ?? plain("");
		return one.items.reduce<Thing>((left, item, i) => (i === 0 ? item : binary("+", binary("+", left, by), item)), text(""));
	},
	each: (_, one, call) => {
		if (one.kind === "list") for (const item of one.items) yieldTo(call, item);
		return one;
	},
	map: (_, one, call) =>
		one.kind === "list"
			? {
					...list(
						one.items.map((item) => yieldTo(call, item) ?? item),
						call.at,
					),
					open: one.open,
				}
			: undefined,
};
