import { t } from "../../model/message.ts";
import { allFrom, builtin, type Call, each, lengthOf, library, list, NOTHING, plain, type Thing, unclear } from "../core/thing.ts";
import { pythonInt, textOf } from "./literals.ts";
import { itemsOf } from "./loops.ts";
import { pathText } from "./pathlib.ts";

const first = (change: (one: Thing, call: Call) => Thing): Thing =>
	builtin((call) => {
		const argument = call.positional[0];
		return argument ? each(argument, (one) => change(one, call)) : unclear(t("a call without arguments"), call.at);
	});

const notANumber = (call: Call): Thing => unclear(t("a value that is not a number"), call.at);

/** Python's built-in functions, as far as they take part in making a port or an address. Others are unknown. */
export const BUILTINS: Readonly<Record<string, Thing>> = {
	int: first((one, call) => {
		if (one.kind !== "plain") return notANumber(call);
		if (typeof one.value !== "string") return plain(Math.trunc(Number(one.value)), one.from);
		const base = call.positional[1] ?? call.keywords.get("base");
		const number = pythonInt(one.value, base?.kind === "plain" ? Number(base.value) : 10);
		return number === undefined ? notANumber(call) : plain(number, one.from);
	}),
	float: first((one, call) => {
		const number = one.kind === "plain" && one.value !== "" ? Number(one.value) : Number.NaN;
		return one.kind === "plain" && Number.isFinite(number) ? { ...plain(number, one.from), float: true } : notANumber(call);
	}),
	str: first((one) => (one.kind === "plain" ? plain(textOf(one), one.from) : one.kind === "nothing" ? plain("None") : textOfPath(one))),
	bool: first((one) => {
		if (one.kind === "nothing") return plain(false);
		return one.kind === "plain" ? plain(Boolean(one.value), one.from) : unclear(t("an undecided condition"));
	}),
	len: first((one) => {
		if (one.kind === "plain" && typeof one.value === "string") return plain(one.value.length);
		return lengthOf(itemsOf(one));
	}),
	dict: builtin((call) => {
		const source = call.positional[0];
		const fields = new Map([...(source?.kind === "structure" ? source.fields : []), ...call.keywords]);
		const open = source !== undefined && (source.kind !== "structure" || source.open);
		return { kind: "structure", shape: "dictionary", fields, parents: [], open, at: call.at };
	}),
	list: copied(),
	tuple: copied(),
	set: copied(),
	sorted: copied(),
	reversed: copied(),
	range: builtin((call) => {
		const numbers = call.positional.map((one) => (one.kind === "plain" ? Number(one.value) : Number.NaN));
		const [start, stop, step] = numbers.length > 1 ? [numbers[0], numbers[1], numbers[2] ?? 1] : [0, numbers[0], 1];
		if (start === undefined || stop === undefined || !step || numbers.some(Number.isNaN)) return { ...list([], call.at), open: true };
		const items: Thing[] = [];
		for (let n = start; (step > 0 ? n < stop : n > stop) && items.length < 100; n += step)
			items.push(plain(n, allFrom(...call.positional)));
		return list(items, call.at);
	}),
	enumerate: first((one, call) => {
		const items = itemsOf(one);
		return {
			...list(
				items.items.map((item, i) => list([plain(i), item], call.at)),
				call.at,
			),
			open: items.open,
		};
	}),
	zip: builtin((call) => {
		const all = call.positional.map(itemsOf);
		const length = Math.min(...all.map((one) => one.items.length));
		const rows = Array.from({ length: all.length > 0 ? length : 0 }, (_, i) =>
			list(
				all.flatMap((one) => one.items[i] ?? []),
				call.at,
			),
		);
		return { ...list(rows, call.at), open: all.some((one) => one.open) };
	}),
	min: extreme((a, b) => a < b),
	max: extreme((a, b) => a > b),
	abs: first((one, call) => (one.kind === "plain" ? plain(Math.abs(Number(one.value)), one.from) : notANumber(call))),
	round: first((one, call) => (one.kind === "plain" ? plain(Math.round(Number(one.value)), one.from) : notANumber(call))),
	isinstance: builtin(() => unclear(t("an undecided condition"))),
	hasattr: builtin(() => unclear(t("an undecided condition"))),
	callable: builtin(() => unclear(t("an undecided condition"))),
	input: builtin(() => unclear(t("what somebody types"))),
	print: builtin(() => NOTHING),
	object: library("object"),
	open: library("open"),
	exec: library("exec"),
	execfile: library("execfile"),
	compile: library("compile"),
	eval: library("eval"),
	__import__: library("__import__"),
	exit: library("sys.exit"),
	quit: library("sys.exit"),
	getattr: library("getattr"),
	setattr: library("setattr"),
	map: library("map"),
	property: library("property"),
	staticmethod: library("staticmethod"),
	classmethod: library("classmethod"),
	type: library("type"),
	unicode: first((one) => one),
	raw_input: builtin(() => unclear(t("what somebody types"))),
	// Only compared and raised; their absence would read as a missing name.
	...Object.fromEntries(
		["Exception", "KeyError", "ValueError", "TypeError", "OSError", "IOError", "RuntimeError", "SystemExit", "NotImplementedError"].map(
			(name) => [name, library(name)],
		),
	),
};

function textOfPath(one: Thing): Thing {
	const text = pathText(one);
	return text === undefined ? unclear(t("a text that is not known")) : plain(text);
}

function copied(): Thing {
	return builtin((call) => {
		const source = call.positional[0];
		const items = source ? itemsOf(source) : list([]);
		return { ...list(items.items, call.at), open: items.open };
	});
}

function extreme(better: (a: number, b: number) => boolean): Thing {
	return builtin((call) => {
		const all = call.positional.length === 1 && call.positional[0] ? itemsOf(call.positional[0]) : list(call.positional);
		if (all.open || all.items.length === 0) return unclear(t("one of several values that are not known"));
		return all.items.reduce((a, b) =>
			each(a, (x) =>
				each(b, (y) => {
					if (x.kind !== "plain" || y.kind !== "plain") return unclear(t("one of several values that are not known"));
					return better(Number(y.value), Number(x.value)) ? y : x;
				}),
			),
		);
	});
}
