import { allFrom, each, eachPair, plain, type Thing, text, unclear } from "../core/thing.ts";
import { type Truth, truthOf } from "../core/truth.ts";

/** Conditions are booleans. */
export function rustTruth(thing: Thing): Truth {
	return truthOf(thing, (one) => (one.kind === "plain" && typeof one.value === "boolean" ? one.value : undefined));
}

export function negate(thing: Thing): Thing {
	return each(thing, (one) =>
		one.kind === "plain" && typeof one.value === "boolean" ? plain(!one.value) : unclear("an undecided condition"),
	);
}

export function compare(operator: string, a: Thing, b: Thing): Thing {
	return eachPair(a, b, (left, right) => {
		const result = compared(operator, left, right);
		return result === undefined ? unclear("an undecided condition") : plain(result);
	});
}

function compared(operator: string, a: Thing, b: Thing): boolean | undefined {
	if (operator === "!=") {
		const equal = compared("==", a, b);
		return equal === undefined ? undefined : !equal;
	}
	if (a.kind === "structure" && b.kind === "structure" && operator === "==") return a === b ? true : undefined;
	if (a.kind === "nothing" || b.kind === "nothing")
		return operator === "==" && a.kind !== "library" && b.kind !== "library" ? a.kind === b.kind : undefined;
	if (a.kind !== "plain" || b.kind !== "plain" || typeof a.value !== typeof b.value) return undefined;
	switch (operator) {
		case "==":
			return a.value === b.value;
		case "<":
			return a.value < b.value;
		case "<=":
			return a.value <= b.value;
		case ">":
			return a.value > b.value;
		case ">=":
			return a.value >= b.value;
		default:
			return undefined;
	}
}

export function binary(operator: string, a: Thing, b: Thing): Thing {
	if (/^([=!<>]=|[<>])$/.test(operator)) return compare(operator, a, b);
	return eachPair(a, b, (left, right) => {
		if (left.kind !== "plain" || right.kind !== "plain") return unclear("a sum with an unknown part");
		if (operator === "+" && typeof left.value === "string") return joinTexts(left, right);
		if (typeof left.value !== "number" || typeof right.value !== "number") return unclear("a sum without a result");
		const result = arithmetic(operator, left.value, right.value);
		return result === undefined || !Number.isFinite(result) ? unclear("a sum without a result") : plain(result, allFrom(left, right));
	});
}

function arithmetic(operator: string, x: number, y: number): number | undefined {
	switch (operator) {
		case "+":
			return x + y;
		case "-":
			return x - y;
		case "*":
			return x * y;
		case "/":
			return Math.trunc(x / y);
		case "%":
			return x % y;
		default:
			return undefined;
	}
}

/** Two things as they are printed, one after the other. */
export function joinTexts(a: Thing, b: Thing): Thing {
	return eachPair(a, b, (left, right) => {
		if (left.kind !== "plain" || right.kind !== "plain") return unclear("a text with an unknown part");
		return text(String(left.value) + String(right.value), allFrom(left, right));
	});
}
