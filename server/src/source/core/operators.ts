import { t } from "../../model/message.ts";
import { each, plain, type Thing, unclear } from "./thing.ts";

/** The opposite of a condition, by what a language takes for true. */
export function negated(thing: Thing, holds: (one: Thing) => boolean | undefined): Thing {
	return each(thing, (one) => decided(inverse(holds(one))));
}

/** The answer of a comparison as a value. */
export function decided(answer: boolean | undefined): Thing {
	return answer === undefined ? unclear(t("an undecided condition")) : plain(answer);
}

export function inverse(answer: boolean | undefined): boolean | undefined {
	return answer === undefined ? undefined : !answer;
}

/** `<`, `<=`, `>` and `>=` of two values of one type; undefined for other types and operators. */
export function ordered<Value extends string | number | boolean>(operator: string, x: Value, y: Value): boolean | undefined {
	if (typeof x !== typeof y) return undefined;
	switch (operator) {
		case "<":
			return x < y;
		case "<=":
			return x <= y;
		case ">":
			return x > y;
		case ">=":
			return x >= y;
		default:
			return undefined;
	}
}

/** How a language divides: to a fraction, towards zero, or downwards (with the remainder that goes with it). */
export type Division = "fraction" | "towards zero" | "downwards";

/**
 * What languages agree on of a sum of two numbers; undefined for operators that are not arithmetic and for results that are
 * no number. Bits are those of whole numbers of 32 bits: beyond them languages differ.
 */
export function arithmetic(operator: string, x: number, y: number, division: Division): number | undefined {
	const result = compute(operator, x, y, division);
	return result !== undefined && Number.isFinite(result) ? result : undefined;
}

/** As `arithmetic`, with what is no number as IEEE 754 has it, for languages in which that is a value. */
export function compute(operator: string, x: number, y: number, division: Division): number | undefined {
	switch (operator) {
		case "+":
			return x + y;
		case "-":
			return x - y;
		case "*":
			return x * y;
		case "/":
			return divide(x, y, division);
		case "%":
			return division === "downwards" ? x - y * Math.floor(x / y) : x % y;
		case "**":
			return x ** y;
		case "<<":
			return x * 2 ** y;
		case ">>":
			return Math.floor(x / 2 ** y);
		case "|":
			return haveBits(x, y) ? x | y : undefined;
		case "&":
			return haveBits(x, y) ? x & y : undefined;
		case "^":
			return haveBits(x, y) ? x ^ y : undefined;
		default:
			return undefined;
	}
}

function divide(x: number, y: number, division: Division): number {
	const whole = division !== "fraction" && Number.isInteger(x) && Number.isInteger(y);
	if (!whole) return x / y;
	return division === "downwards" ? Math.floor(x / y) : Math.trunc(x / y);
}

function haveBits(...numbers: number[]): boolean {
	return numbers.every((one) => (one | 0) === one);
}
