import { t } from "../../model/message.ts";
import { compute, decided, inverse, negated, ordered } from "../core/operators.ts";
import { allFrom, each, eachPair, plain, type Thing, text, unclear } from "../core/thing.ts";
import { type Truth, truthOf } from "../core/truth.ts";

export function javaScriptTruth(thing: Thing): Truth {
	return truthOf(thing, holds);
}

function holds(one: Thing): boolean | undefined {
	switch (one.kind) {
		case "plain":
			return Boolean(one.value);
		case "nothing":
			return false;
		case "list":
		case "structure":
		case "callable":
			return true;
		default:
			return undefined;
	}
}

/** `null` or `undefined`, as `??` and `?.` see it. */
export function missing(thing: Thing): Truth {
	return truthOf(thing, (one) => (one.kind === "library" ? undefined : one.kind === "nothing"));
}

export function negate(thing: Thing): Thing {
	return negated(thing, holds);
}

/** `Number(…)`; what is not a number is NaN, which is a value too. */
export function toNumber(thing: Thing): Thing {
	return each(thing, (one) => {
		if (one.kind === "plain") return plain(Number(one.value), one.from);
		return one.kind === "nothing" ? plain(Number.NaN) : unclear(t("a value that is not a number"));
	});
}

export function toText(thing: Thing): Thing {
	return each(thing, (one) => (one.kind === "plain" ? plain(String(one.value), one.from) : unclear(t("a text with an unknown part"))));
}

export function binary(operator: string, a: Thing, b: Thing): Thing {
	return eachPair(a, b, (left, right) => {
		const compared = compare(operator, left, right);
		if (compared !== "no comparison") return decided(compared);
		if (left.kind !== "plain" || right.kind !== "plain") return unclear(t("a sum with an unknown part"));
		const [x, y] = [left.value, right.value];
		const from = allFrom(left, right);
		if (operator === "+" && (typeof x === "string" || typeof y === "string")) return text(String(x) + String(y), from);
		const result = arithmetic(operator, Number(x), Number(y));
		return result === undefined ? unclear(t("a sum without a result")) : plain(result, from);
	});
}

function arithmetic(operator: string, x: number, y: number): number | undefined {
	switch (operator) {
		case "|":
			return x | y;
		case "&":
			return x & y;
		case "^":
			return x ^ y;
		case "<<":
			return x << y;
		case ">>":
			return x >> y;
		case ">>>":
			return x >>> y;
		default:
			return compute(operator, x, y, "fraction");
	}
}

function compare(operator: string, a: Thing, b: Thing): boolean | undefined | "no comparison" {
	switch (operator) {
		case "===":
			return equal(a, b, false);
		case "==":
			return equal(a, b, true);
		case "!==":
			return inverse(equal(a, b, false));
		case "!=":
			return inverse(equal(a, b, true));
		case "<":
		case "<=":
		case ">":
		case ">=":
			return relation(operator, a, b);
		case "in":
			return a.kind === "plain" && b.kind === "structure" ? b.fields.has(String(a.value)) || (b.open ? undefined : false) : undefined;
		case "instanceof":
			return undefined;
		default:
			return "no comparison";
	}
}

function relation(operator: string, a: Thing, b: Thing): boolean | undefined {
	if (a.kind === "nothing" || b.kind === "nothing") return false;
	if (a.kind !== "plain" || b.kind !== "plain") return undefined;
	const texts = typeof a.value === "string" && typeof b.value === "string";
	const [x, y] = texts ? [a.value, b.value] : [Number(a.value), Number(b.value)];
	return ordered(operator, x, y);
}

function equal(a: Thing, b: Thing, loose: boolean): boolean | undefined {
	if (a.kind === "library" || b.kind === "library") return a === b ? true : undefined;
	if (a.kind === "nothing" || b.kind === "nothing") return a.kind === b.kind;
	if (a.kind !== "plain" || b.kind !== "plain") return a === b;
	return a.value === b.value || (loose && typeof a.value !== typeof b.value && Number(a.value) === Number(b.value));
}

/** `typeof`. */
export function typeOf(thing: Thing): Thing {
	if (thing.kind === "unknown") return thing;
	return each(thing, (one) => {
		switch (one.kind) {
			case "plain":
				return plain(typeof one.value);
			case "nothing":
				return plain("undefined");
			case "callable":
				return plain("function");
			case "list":
				return plain("object");
			case "structure":
				return plain(one.shape === "class" ? "function" : "object");
			default:
				return unclear(t("an undecided condition"));
		}
	});
}
