import { t } from "../../../model/message.ts";
import { type Call, each, isOpen, type Library, list, NOTHING, plain, type Structure, type Thing, unclear } from "../../core/thing.ts";
import { pointee } from "../assign.ts";
import type { Go } from "../go.ts";
import { isWhole } from "../operators.ts";

/** What a call of a library returns; undefined for one that is recorded like any other. */
export type Model = (go: Go, call: Call, callee: Library) => Thing | undefined;

/** Models by callee. */
export type Models = Readonly<Record<string, Model>>;

/** An `error` that is there. */
export function failure(call: Call): Structure {
	const made: Structure = { kind: "structure", shape: "instance", fields: new Map(), parents: [], open: true, at: call.at };
	FAILURES.add(made);
	return made;
}

const FAILURES = new WeakSet<Thing>();

/** Whether what a function returns says that it failed, or that it does while nobody sets a variable. */
export function hasFailed(result: Thing): boolean {
	if (isOpen(result)) return hasFailed(result.fallback);
	if (result.kind === "oneOf") return result.values.some(hasFailed);
	return FAILURES.has(result) || (result.kind === "list" && result.items.some(hasFailed));
}

/** A value and no error. */
export function succeeded(value: Thing): Thing {
	return list([value, NOTHING]);
}

/** Applies `change` to every combination of plain arguments; a text with an unknown part is unknown to it. */
export function onPlain(
	change: (values: readonly (string | number | boolean)[], from: Extract<Thing, { kind: "plain" }>["from"]) => Thing,
): Model {
	return (go, call) => combine(go, call.positional, change);
}

function combine(
	go: Go,
	things: readonly Thing[],
	change: (values: readonly (string | number | boolean)[], from: Extract<Thing, { kind: "plain" }>["from"]) => Thing,
): Thing {
	const step = (index: number, values: readonly (string | number | boolean)[], from: Extract<Thing, { kind: "plain" }>["from"]): Thing => {
		const thing = things[index];
		if (!thing) return change(values, from);
		return each(pointee(go, thing), (one) =>
			one.kind === "plain" && isWhole(one)
				? step(index + 1, [...values, one.value], [...from, ...one.from])
				: unclear(t("a text with an unknown part")),
		);
	};
	return step(0, [], []);
}

/** The text of a plain thing. */
export function textOf(thing: Thing | undefined): string | undefined {
	return thing?.kind === "plain" ? String(thing.value) : undefined;
}

/** A text that was read from outside, as the type that a program asked for: `Int` makes a number of it. */
export function converted(type: string, thing: Thing): Thing {
	if (/^(U?[Ii]nt|Float|Port|uint|float)/.test(type))
		return each(thing, (one) => {
			if (one.kind !== "plain") return one;
			const number = Number(one.value);
			return one.value === "" || Number.isNaN(number) ? unclear(t("a value that is not a number")) : plain(number, one.from);
		});
	if (/^[Bb]ool/.test(type))
		return each(thing, (one) => (one.kind === "plain" ? plain(/^(1|t|true|y|yes|on)$/i.test(String(one.value)), one.from) : one));
	if (/^(Strings|StringSlice|StringArray|StringList|\[\]string)/.test(type))
		return each(thing, (one) => (one.kind === "plain" && one.value !== "" ? list([one], one.from[0]) : one));
	return thing;
}
