import { isOpen, type Open, type Thing } from "./thing.ts";

/** Whether a condition holds, as far as it can be told. */
export type Truth =
	| { readonly kind: "known"; readonly value: boolean }
	/** It holds or not by default, and a variable or an argument may turn it. */
	| { readonly kind: "hangs"; readonly on: Pick<Open, "kind" | "name">; readonly byDefault: boolean }
	/** It holds in one process of the program and not in another. */
	| { readonly kind: "both" }
	| { readonly kind: "undecided" };

const UNDECIDED: Truth = { kind: "undecided" };

/** `holds` answers for one definite thing, undefined when it cannot tell. */
export function truthOf(thing: Thing, holds: (one: Thing) => boolean | undefined): Truth {
	if (thing.kind === "unknown") return thing.both ? { kind: "both" } : UNDECIDED;
	if (isOpen(thing)) {
		const inner = truthOf(thing.fallback, holds);
		return inner.kind === "known" ? { kind: "hangs", on: thing, byDefault: inner.value } : inner;
	}
	if (thing.kind === "oneOf") {
		const all = thing.values.map((one) => truthOf(one, holds));
		const first = all[0];
		return first?.kind === "known" && all.every((one) => one.kind === "known" && one.value === first.value) ? first : UNDECIDED;
	}
	const value = holds(thing);
	return value === undefined ? UNDECIDED : { kind: "known", value };
}
