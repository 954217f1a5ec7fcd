import { t } from "../../model/message.ts";
import { arithmetic, decided, inverse, negated, ordered } from "../core/operators.ts";
import { allFrom, eachPair, plain, type Thing, text, unclear } from "../core/thing.ts";
import { type Truth, truthOf } from "../core/truth.ts";

/** Conditions are booleans. */
export function rustTruth(thing: Thing): Truth {
	return truthOf(thing, holds);
}

function holds(one: Thing): boolean | undefined {
	return one.kind === "plain" && typeof one.value === "boolean" ? one.value : undefined;
}

export function negate(thing: Thing): Thing {
	return negated(thing, holds);
}

export function compare(operator: string, a: Thing, b: Thing): Thing {
	return eachPair(a, b, (left, right) => decided(compared(operator, left, right)));
}

function compared(operator: string, a: Thing, b: Thing): boolean | undefined {
	if (operator === "!=") return inverse(compared("==", a, b));
	if (a.kind === "structure" && b.kind === "structure" && operator === "==") return a === b ? true : undefined;
	if (a.kind === "nothing" || b.kind === "nothing")
		return operator === "==" && a.kind !== "library" && b.kind !== "library" ? a.kind === b.kind : undefined;
	if (a.kind !== "plain" || b.kind !== "plain" || typeof a.value !== typeof b.value) return undefined;
	return operator === "==" ? a.value === b.value : ordered(operator, a.value, b.value);
}

export function binary(operator: string, a: Thing, b: Thing): Thing {
	if (/^([=!<>]=|[<>])$/.test(operator)) return compare(operator, a, b);
	return eachPair(a, b, (left, right) => {
		if (left.kind !== "plain" || right.kind !== "plain") return unclear(t("a sum with an unknown part"));
		if (operator === "+" && typeof left.value === "string") return joinTexts(left, right);
		if (typeof left.value !== "number" || typeof right.value !== "number") return unclear(t("a sum without a result"));
		const result = arithmetic(operator, left.value, right.value, "towards zero");
		return result === undefined ? unclear(t("a sum without a result")) : plain(result, allFrom(left, right));
	});
}

/** Two things as they are printed, one after the other. */
export function joinTexts(a: Thing, b: Thing): Thing {
	return eachPair(a, b, (left, right) => {
		if (left.kind !== "plain" || right.kind !== "plain") return unclear(t("a text with an unknown part"));
		return text(String(left.value) + String(right.value), allFrom(left, right));
	});
}
