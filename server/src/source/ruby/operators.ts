import { t } from "../../model/message.ts";
import { arithmetic, decided, inverse, negated, ordered } from "../core/operators.ts";
import { allFrom, eachPair, list, plain, type Thing, text, unclear } from "../core/thing.ts";
import { type Truth, truthOf } from "../core/truth.ts";

/** Ruby's truth: only nil and false are false. */
export function rubyTruth(thing: Thing): Truth {
	return truthOf(thing, holds);
}

function holds(one: Thing): boolean | undefined {
	if (one.kind === "nothing") return false;
	if (one.kind === "plain") return one.value !== false;
	return one.kind === "library" ? undefined : true;
}

export function negate(thing: Thing): Thing {
	return negated(thing, holds);
}

export function binary(operator: string, a: Thing, b: Thing): Thing {
	return eachPair(a, b, (left, right) => {
		if (operator === "==" || operator === "===" || operator === "!=" || operator === "eql?") {
			const equal = same(left, right);
			return decided(operator === "!=" ? inverse(equal) : equal);
		}
		if (left.kind === "list" && right.kind === "list" && operator === "+")
			return { ...list([...left.items, ...right.items], left.at ?? right.at), open: left.open || right.open };
		if (left.kind !== "plain" || right.kind !== "plain") return unclear(t("a sum with an unknown part"));
		const result = compute(operator, left.value, right.value);
		if (result === undefined) return unclear(t("a sum without a result"));
		return typeof result === "string" ? text(result, allFrom(left, right)) : plain(result, allFrom(left, right));
	});
}

function same(a: Thing, b: Thing): boolean | undefined {
	if (a.kind === "plain" && b.kind === "plain") return a.value === b.value;
	if (a.kind === "nothing" || b.kind === "nothing") return a.kind === "library" || b.kind === "library" ? undefined : a.kind === b.kind;
	return a === b ? true : undefined;
}

function compute(operator: string, x: string | number | boolean, y: string | number | boolean): string | number | boolean | undefined {
	if (typeof x === "string" && typeof y === "string" && operator === "+") return x + y;
	if (typeof x === "string" && typeof y === "number" && operator === "*")
		return y * x.length < 10_000 ? x.repeat(Math.max(0, y)) : undefined;
	if (typeof x !== typeof y || typeof x === "boolean") return undefined;
	const order = ordered(operator, x, y);
	if (order !== undefined) return order;
	return typeof x === "number" && typeof y === "number" ? arithmetic(operator, x, y, "downwards") : undefined;
}
