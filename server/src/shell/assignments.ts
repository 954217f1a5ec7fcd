import type { Assignment, Command, Word } from "unbash";
import { concat, known, likelyText, mapText, type Value } from "../model/value.ts";
import type { Asking } from "./asking.ts";
import { emptyIfUnset } from "./parameters.ts";
import type { ShellState } from "./state.ts";
import { expandWhole, expandWord } from "./words.ts";

/** Arrays with more elements are data. */
const MAX_ELEMENTS = 500;

/** Builtins whose words assign variables (bash, "Bash Builtin Commands"). */
export function isSetter(name: string | undefined): boolean {
	return name !== undefined && ["export", "readonly", "declare", "local", "typeset"].includes(name);
}

/** `NAME=value`, `NAME+=value`, `NAME=(a b)`, `NAME[1]=value`; plain values go into `variables`. */
export function* assign(
	{ name, value, append, index }: Assignment,
	state: ShellState,
	variables: { set(name: string, value: Value): void },
): Asking<void> {
	if (value.type === "ArrayValue") {
		const items: Value[] = append ? [...(state.arrays.get(name) ?? [])] : [];
		for (const element of value.elements) {
			const named = /^\[([^\]]+)\]=/.exec(element.value);
			const words = yield* expandWord(element, state);
			if (named?.[1] !== undefined && words[0]) setElement(name, named[1], cut(words[0], named[0].length), state);
			else items.push(...words);
		}
		state.arrays.set(name, items.slice(0, MAX_ELEMENTS));
		return;
	}
	const whole = yield* expandWhole(value, state);
	if (index) return setElement(name, likelyText(yield* expandWhole(index, state)) ?? "", whole, state);
	const before = append ? state.environment.get(name) : undefined;
	variables.set(name, before ? concat([before, whole].map(emptyIfUnset)) : whole);
}

function setElement(name: string, index: string, value: Value, state: ShellState): void {
	const at = /^\d+$/.test(index) ? Number(index) : undefined;
	if (at === undefined) state.environment.set(`${name}[${index}]`, value);
	else if (at < MAX_ELEMENTS) {
		const items = [...(state.arrays.get(name) ?? [])];
		while (items.length < at) items.push(known(""));
		items[at] = value;
		state.arrays.set(name, items);
	}
}

/** A word of `export $(cat .env | xargs)`: it assigns when an expansion says so. */
export function assignWord(word: Value, state: ShellState): void {
	const named = /^([A-Za-z_]\w*)=/.exec(likelyText(word) ?? "");
	if (named?.[1] !== undefined) state.environment.set(named[1], cut(word, named[0].length));
}

/** `-DPORT=80` and other words with an equals sign that assign nothing. */
export function wordOf(argument: Command["args"][number]): Word {
	return argument.type === "Word"
		? argument
		: { type: "Word", pos: argument.pos, end: argument.end, text: argument.text, value: argument.text };
}

function cut(value: Value, length: number): Value {
	return mapText(value, (text, from) => known(text.slice(length), ...from));
}
