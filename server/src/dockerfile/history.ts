import type { Environment, Value } from "../model/value.ts";

/** Variables that are set one after another. Each state of them stays readable, and none is copied. */
export interface History {
	set(name: string, value: Value): void;
	/** What holds now; later calls of `set` do not change it. */
	now(): Environment;
}

/** Goes on from an environment. The end of another history is continued in place, so that a long chain of stages is cheap. */
export function historyFrom(start: Environment): History {
	return historyOf(start instanceof State && start.isLast() ? start : copyOf(start));
}

/** Starts with what an environment holds, apart from it. */
export function separateHistory(start: Environment): History {
	return historyOf(copyOf(start));
}

function historyOf(first: State): History {
	let state = first;
	return {
		set(name, value) {
			state = state.after(name, value);
		},
		now: () => state,
	};
}

function copyOf(environment: Environment): State {
	let state = new State({ values: new Map(), length: 0 }, 0);
	for (const [name, value] of environment) state = state.after(name, value);
	return state;
}

/** Every value that each name has had, and when it got it. Names stand in the order in which they were first set. */
interface Log {
	readonly values: Map<string, { readonly at: number; readonly value: Value }[]>;
	/** How often a name was set. */
	length: number;
}

/** What a log held when it was of a certain length. */
class State implements ReadonlyMap<string, Value> {
	readonly #log: Log;
	readonly #length: number;

	constructor(log: Log, length: number) {
		this.#log = log;
		this.#length = length;
	}

	isLast(): boolean {
		return this.#log.length === this.#length;
	}

	after(name: string, value: Value): State {
		const values = this.#log.values.get(name);
		const entry = { at: this.#log.length++, value };
		if (values) values.push(entry);
		else this.#log.values.set(name, [entry]);
		return new State(this.#log, this.#log.length);
	}

	get(name: string): Value | undefined {
		return this.#log.values.get(name)?.findLast(({ at }) => at < this.#length)?.value;
	}

	has(name: string): boolean {
		return this.get(name) !== undefined;
	}

	get size(): number {
		return [...this.keys()].length;
	}

	*entries(): MapIterator<[string, Value]> {
		for (const [name, values] of this.#log.values) {
			// The names after this one are younger still.
			if ((values[0]?.at ?? 0) >= this.#length) return;
			const value = values.findLast(({ at }) => at < this.#length)?.value;
			if (value) yield [name, value];
		}
	}

	*keys(): MapIterator<string> {
		for (const [name] of this.entries()) yield name;
	}

	*values(): MapIterator<Value> {
		for (const [, value] of this.entries()) yield value;
	}

	[Symbol.iterator](): MapIterator<[string, Value]> {
		return this.entries();
	}

	forEach(each: (value: Value, name: string, all: ReadonlyMap<string, Value>) => void): void {
		for (const [name, value] of this.entries()) each(value, name, this);
	}
}
