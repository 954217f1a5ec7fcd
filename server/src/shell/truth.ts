import type { Value } from "../model/value.ts";
import { NO_DOUBT } from "./state.ts";

/** Whether a command succeeds. */
export interface Truth {
	/** Undefined when that cannot be said. */
	readonly value: boolean | undefined;
	/** The variables of the container that decide it; what is said here holds as long as nobody sets them otherwise. */
	readonly variables: readonly string[];
	/** A program that nobody has looked into: it is taken to succeed, but no decision is made on it. */
	readonly presumed?: boolean;
}

export const TRUE: Truth = { value: true, variables: NO_DOUBT.variables };
export const FALSE: Truth = { value: false, variables: NO_DOUBT.variables };
export const OPEN: Truth = { value: undefined, variables: NO_DOUBT.variables };
export const PRESUMED: Truth = { value: true, variables: NO_DOUBT.variables, presumed: true };

export function truth(value: boolean, variables: readonly string[] = []): Truth {
	return { value, variables };
}

export function not(a: Truth): Truth {
	return { ...a, value: a.value === undefined ? undefined : !a.value };
}

export function and(a: Truth, b: Truth): Truth {
	const falses = [a, b].filter((one) => one.value === false);
	// One that is false whatever the variables are decides alone.
	const [surest] = falses.sort((left, right) => left.variables.length - right.variables.length);
	if (surest) return surest;
	if (a.value === undefined || b.value === undefined) return OPEN;
	const presumed = a.presumed || b.presumed;
	return { value: true, variables: [...new Set([...a.variables, ...b.variables])], ...(presumed ? { presumed } : {}) };
}

export function or(a: Truth, b: Truth): Truth {
	return not(and(not(a), not(b)));
}

/** A text that a value may have, and the variables that it hangs on. */
export interface Possibility {
	readonly text: string;
	readonly variables: readonly string[];
}

/** Every text that a value may have, a variable that nobody sets being empty; undefined when some of it is open. */
export function possibilities(value: Value): readonly Possibility[] | undefined {
	switch (value.kind) {
		case "known":
			return [{ text: value.text, variables: [] }];
		case "variable":
		case "argument": {
			const inner = value.fallback ? possibilities(value.fallback) : [{ text: "", variables: [] }];
			return inner?.map((one) => ({ text: one.text, variables: [value.name, ...one.variables] }));
		}
		case "oneOf": {
			const all = value.values.map(possibilities);
			return all.every((one) => one !== undefined) ? all.flat() : undefined;
		}
		case "unknown":
			return undefined;
	}
}

/** What a test says of values, when it says the same for every text that they may have. */
export function decide(values: readonly Value[], test: (...texts: string[]) => boolean | undefined): Truth {
	let combined: { texts: string[]; variables: string[] }[] = [{ texts: [], variables: [] }];
	for (const value of values) {
		const possible = possibilities(value);
		if (!possible || combined.length * possible.length > 32) return OPEN;
		combined = combined.flatMap((left) =>
			possible.map((right) => ({ texts: [...left.texts, right.text], variables: [...left.variables, ...right.variables] })),
		);
	}
	const answers = new Set(combined.map((one) => test(...one.texts)));
	const [answer] = answers;
	if (answers.size !== 1 || answer === undefined) return OPEN;
	return truth(answer, [...new Set(combined.flatMap((one) => one.variables))]);
}
