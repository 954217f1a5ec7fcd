import { t } from "../../model/message.ts";
import { arithmetic, decided, inverse, negated, ordered } from "../core/operators.ts";
import { allFrom, eachPair, plain, type Thing, text, unclear } from "../core/thing.ts";
import { type Truth, truthOf } from "../core/truth.ts";

/**
 * Stands in a text for a part that is not known, so that the port of `host + ":8080"` can be read whatever the host is.
 * No address that a program writes has this character.
 */
export const HOLE = "\u0000";

/** A hole with the reason why nothing is known of the part; one that is cut off by a colon would be half an address. */
export function hole(reason: string): string {
	return `${HOLE}${reason.replaceAll(":", " ")}${HOLE}`;
}

export function goTruth(thing: Thing): Truth {
	return truthOf(thing, holds);
}

function holds(one: Thing): boolean | undefined {
	return one.kind === "plain" && typeof one.value === "boolean" ? one.value : undefined;
}

export function negate(thing: Thing): Thing {
	return negated(thing, holds);
}

/** Two texts after one another; a part that is not known leaves a hole when the other is a text. */
export function joined(a: Thing, b: Thing): Thing {
	const [left, right] = [holed(a, b), holed(b, a)];
	return eachPair(left, right, (one, other) =>
		one.kind === "plain" && other.kind === "plain"
			? text(String(one.value) + String(other.value), allFrom(one, other))
			: unclear(t("a text with an unknown part")),
	);
}

function holed(part: Thing, beside: Thing): Thing {
	if (!hasText(beside)) return part;
	if (part.kind === "unknown") return plain(hole(part.reason));
	return part.kind === "library" ? plain(hole(t("a part of the address is not known"))) : part;
}

function hasText(thing: Thing): boolean {
	if (thing.kind === "variable" || thing.kind === "argument") return hasText(thing.fallback);
	return thing.kind === "plain" && typeof thing.value === "string";
}

/** Whether a text has no hole. */
export function isWhole(thing: Thing): boolean {
	return !(thing.kind === "plain" && typeof thing.value === "string" && thing.value.includes(HOLE));
}

export function binary(operator: string, a: Thing, b: Thing): Thing {
	if (operator === "+" && (hasText(a) || hasText(b))) return joined(a, b);
	return eachPair(a, b, (left, right) => {
		const answer = compared(operator, left, right);
		if (answer !== "no comparison") return decided(answer);
		if (left.kind !== "plain" || right.kind !== "plain") return unclear(t("a sum with an unknown part"));
		const result = arithmetic(operator, Number(left.value), Number(right.value), "towards zero");
		return result === undefined ? unclear(t("a sum without a result")) : plain(result, allFrom(left, right));
	});
}

function compared(operator: string, a: Thing, b: Thing): boolean | undefined | "no comparison" {
	switch (operator) {
		case "==":
			return equal(a, b);
		case "!=":
			return inverse(equal(a, b));
		case "<":
		case "<=":
		case ">":
		case ">=":
			return a.kind === "plain" && b.kind === "plain" && isWhole(a) && isWhole(b) ? ordered(operator, a.value, b.value) : undefined;
		default:
			return "no comparison";
	}
}

/** Whether two things are the same; undefined when that cannot be told. */
export function equal(a: Thing, b: Thing): boolean | undefined {
	if (a.kind === "nothing" || b.kind === "nothing") {
		const other = a.kind === "nothing" ? b : a;
		if (other.kind === "nothing") return true;
		if (other.kind === "list") return other.items.length > 0 ? false : other.open ? undefined : true;
		// What a call made is there; an attribute that nobody set may be nil.
		if (other.kind === "library") return /[)}\]]$/.test(other.origin) ? false : undefined;
		return other.kind === "structure" || other.kind === "callable" || other.kind === "plain" ? false : undefined;
	}
	if (a.kind === "plain" && b.kind === "plain") return isWhole(a) && isWhole(b) ? a.value === b.value : undefined;
	if (a === b) return true;
	return a.kind === "library" && b.kind === "library" && areConstants(a.origin, b.origin) ? false : undefined;
}

/** Two names of one package, as `zerolog.InfoLevel` and `zerolog.FatalLevel`, are not the same thing. */
function areConstants(a: string, b: string): boolean {
	const [packageA, packageB] = [a, b].map((one) => one.slice(0, one.lastIndexOf(".")));
	return packageA === packageB && a !== b && !/[()[\]{}]/.test(a + b);
}
