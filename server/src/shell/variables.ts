import type { Environment, Value } from "../model/value.ts";

/** The variables of a shell: what it sets over what it was given. A copy costs only what was set. */
export interface Variables extends Environment {
	set(name: string, value: Value): void;
	clear(): void;
	copy(): Variables;
	/** Takes over what a copy of this has become. */
	become(other: Variables): void;
}

/** `given` stays as it is. */
export function variablesOver(given: Environment): Variables {
	return given instanceof Layer ? given.copy() : new Layer(given, new Map());
}

class Layer implements Variables {
	#given: Environment;
	#set: Map<string, Value>;

	constructor(given: Environment, set: Map<string, Value>) {
		this.#given = given;
		this.#set = set;
	}

	set(name: string, value: Value): void {
		this.#set.set(name, value);
	}

	clear(): void {
		this.#given = new Map();
		this.#set = new Map();
	}

	copy(): Layer {
		return new Layer(this.#given, new Map(this.#set));
	}

	become(other: Variables): void {
		const own = variablesOver(other) as Layer;
		this.#given = own.#given;
		this.#set = own.#set;
	}

	get(name: string): Value | undefined {
		return this.#set.get(name) ?? this.#given.get(name);
	}

	has(name: string): boolean {
		return this.#set.has(name) || this.#given.has(name);
	}

	get size(): number {
		return [...this.keys()].length;
	}

	*entries(): MapIterator<[string, Value]> {
		for (const [name, value] of this.#given) yield [name, this.#set.get(name) ?? value];
		for (const [name, value] of this.#set) if (!this.#given.has(name)) yield [name, value];
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

	forEach(each: (value: Value, name: string, all: Environment) => void): void {
		for (const [name, value] of this.entries()) each(value, name, this);
	}
}
