import { t } from "../../model/message.ts";
import { arithmetic, decided, inverse, negated, ordered } from "../core/operators.ts";
import { allFrom, each, eachPair, type List, list, plain, type Thing, unclear } from "../core/thing.ts";
import { type Truth, truthOf } from "../core/truth.ts";
import { joinPaths } from "./pathlib.ts";
import { joinTexts, percentFormat } from "./strings.ts";

/** Python's truth: empty and zero things are false. */
export function pythonTruth(thing: Thing): Truth {
	return truthOf(thing, holds);
}

function holds(one: Thing): boolean | undefined {
	switch (one.kind) {
		case "plain":
			return Boolean(one.value);
		case "nothing":
			return false;
		case "list":
			return holdsItems(one);
		case "structure":
			return one.shape !== "dictionary" || one.fields.size > 0 || (one.open ? undefined : false);
		case "callable":
			return true;
		default:
			return undefined;
	}
}

/** Arguments that somebody may append do not count as there. */
function holdsItems(one: List): boolean | undefined {
	const given = one.open && one.items.at(-1)?.kind === "argument" ? one.items.length - 1 : one.items.length;
	return given > 0 || (one.open ? undefined : false);
}

export function negate(thing: Thing): Thing {
	return negated(thing, holds);
}

export function binary(operator: string, a: Thing, b: Thing): Thing {
	if (operator === "%" && isText(a)) return percentFormat(a, b);
	return eachPair(a, b, (left, right) => {
		if (left.kind === "list" && right.kind === "list" && operator === "+") return concatenation(left, right);
		const path = operator === "/" ? joinPaths(left, right) : undefined;
		if (path) return path;
		if (left.kind !== "plain" || right.kind !== "plain") return unclear(t("a sum with an unknown part"));
		const [x, y] = [left.value, right.value];
		if (typeof x === "string" || typeof y === "string") {
			if (operator === "+" && typeof x === typeof y) return joinTexts(left, right);
			if (operator === "*" && typeof x === "string" && typeof y === "number" && y * x.length < 10_000)
				return plain(x.repeat(Math.max(0, y)), allFrom(left, right));
			return unclear(t("a number and a text in one sum"));
		}
		const division = operator === "/" ? "fraction" : "downwards";
		const result = arithmetic(operator === "//" ? "/" : operator, Number(x), Number(y), division);
		if (result === undefined) return unclear(t("a sum without a result"));
		const sum = plain(result, allFrom(left, right));
		return operator === "/" || left.float || right.float ? { ...sum, float: true } : sum;
	});
}

function concatenation(left: List, right: List): List {
	const later = right.doubt && { ...right.doubt, from: left.items.length + right.doubt.from };
	const doubt = left.doubt ?? later;
	return {
		...list([...left.items, ...right.items], left.at ?? right.at),
		open: left.open || right.open,
		...(doubt ? { doubt } : {}),
	};
}

function isText(thing: Thing): boolean {
	return thing.kind === "plain" && typeof thing.value === "string";
}

export function unary(operator: string, thing: Thing): Thing {
	return each(thing, (one) => {
		if (one.kind !== "plain" || typeof one.value === "string") return unclear(t("a sum with an unknown part"));
		const number = Number(one.value);
		return { ...one, value: operator === "-" ? -number : operator === "~" ? ~number : number };
	});
}

export function compare(operator: string, a: Thing, b: Thing): Thing {
	return eachPair(a, b, (left, right) => decided(compared(operator, left, right)));
}

function compared(operator: string, a: Thing, b: Thing): boolean | undefined {
	switch (operator) {
		case "==":
		case "is":
			return equal(a, b);
		case "!=":
		case "<>":
		case "is not":
			return inverse(equal(a, b));
		case "in":
			return contains(b, a);
		case "not in":
			return inverse(contains(b, a));
		default:
			return a.kind === "plain" && b.kind === "plain" ? ordered(operator, a.value, b.value) : undefined;
	}
}

function equal(a: Thing, b: Thing): boolean | undefined {
	if (a.kind === "nothing" || b.kind === "nothing") {
		if (a.kind === b.kind) return true;
		return a.kind === "library" || b.kind === "library" ? undefined : false;
	}
	if (a.kind === "plain" && b.kind === "plain") return a.value === b.value;
	if (a.kind === "structure" && a === b) return true;
	return undefined;
}

function contains(container: Thing, one: Thing): boolean | undefined {
	if (container.kind === "list") {
		const answers = container.items.map((item) => equal(item, one));
		if (answers.includes(true)) return true;
		return container.open || answers.includes(undefined) ? undefined : false;
	}
	if (one.kind !== "plain") return undefined;
	if (container.kind === "plain" && typeof container.value === "string") return container.value.includes(String(one.value));
	if (container.kind === "structure" && container.shape === "dictionary")
		return container.fields.has(String(one.value)) || (container.open ? undefined : false);
	return undefined;
}
