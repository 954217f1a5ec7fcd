import { knownText, type Value } from "../../model/value.ts";
import type { Truth } from "../core/truth.ts";

/** A value, or undefined for null. */
export type Found = Value | undefined;

/** The value when the condition holds, or the other one. */
export function joined(truth: Truth, yes: Found, no: Found): Found {
	if (truth.kind === "known") return truth.value ? yes : no;
	if (truth.kind === "hangs") {
		const [byDefault, set] = truth.byDefault ? [yes, no] : [no, yes];
		const { kind, name } = truth.on;
		if (set && (set.kind === "variable" || set.kind === "argument") && set.name === name) return withFallback(set, byDefault);
		return byDefault && { kind, name, fallback: byDefault, from: [] };
	}
	if (yes === undefined) return no;
	if (no === undefined) return yes;
	const [x, y] = [knownText(yes), knownText(no)];
	if (x !== undefined && x === y) return yes;
	// `try { port = parse(variable) } catch { port = 80 }`: the default is what holds while nobody sets the variable.
	if (isBare(yes)) return withFallback(yes, no);
	if (isBare(no)) return withFallback(no, yes);
	return { kind: "oneOf", values: [yes, no] };
}

function isBare(value: Value): boolean {
	return (value.kind === "variable" || value.kind === "argument") && (value.fallback === undefined || isBare(value.fallback));
}

/** `value ?? otherwise()`, for what is null as long as nobody sets it. */
export function orElse(value: Found, otherwise: () => Found): Found {
	if (value === undefined) return otherwise();
	return isBare(value) ? withFallback(value, otherwise()) : value;
}

function withFallback(value: Value, fallback: Found): Value {
	if ((value.kind !== "variable" && value.kind !== "argument") || fallback === undefined) return value;
	if (value.fallback) return isBare(value.fallback) ? { ...value, fallback: withFallback(value.fallback, fallback) } : value;
	return { ...value, fallback };
}

export function isEmpty(value: Found): Truth {
	if (value === undefined) return { kind: "known", value: true };
	if (value.kind === "known") return { kind: "known", value: value.text === "" };
	if (value.kind === "variable" || value.kind === "argument")
		return value.fallback ? isEmpty(value.fallback) : { kind: "hangs", on: value, byDefault: true };
	return { kind: "undecided" };
}

export function holds(value: Found): Truth {
	if (value?.kind === "known" && /^(true|false)$/i.test(value.text)) return { kind: "known", value: /^true$/i.test(value.text) };
	if ((value?.kind === "variable" || value?.kind === "argument") && value.fallback) {
		const inner = holds(value.fallback);
		return inner.kind === "known" ? { kind: "hangs", on: value, byDefault: inner.value } : inner;
	}
	return { kind: "undecided" };
}

export function opposite(truth: Truth): Truth {
	if (truth.kind === "known") return { kind: "known", value: !truth.value };
	return truth.kind === "hangs" ? { ...truth, byDefault: !truth.byDefault } : truth;
}

export function together(both: boolean, a: Truth, b: Truth): Truth {
	for (const [one, other] of [
		[a, b],
		[b, a],
	] as const)
		if (one.kind === "known") return one.value === both ? other : one;
	if (a.kind === "hangs" && b.kind === "hangs" && a.on.name === b.on.name) return a;
	return { kind: "undecided" };
}
