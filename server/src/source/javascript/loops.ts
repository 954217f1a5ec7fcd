import { t } from "../../model/message.ts";
import { takeBranch } from "../core/branch.ts";
import { type List, list, plain, type Thing, unclear } from "../core/thing.ts";
import type { JavaScript } from "./javascript.ts";

/** Turns of a loop that are followed; programs do not listen on more ports than this one by one. */
export const MOST_TURNS = 64;

/**
 * Calls `turn` for every item; it answers false to end the loop. Answers whether all items were known. Of an unknown
 * sequence one turn is tried, under doubt.
 */
export function iterate(js: JavaScript, sequence: Thing, turn: (item: Thing) => boolean): boolean {
	const items = itemsOf(sequence);
	for (const item of items.items.slice(0, MOST_TURNS)) if (!turn(item)) return true;
	if (!items.open && items.items.length <= MOST_TURNS) return true;
	takeBranch(
		js.run,
		{ kind: "undecided" },
		() => {
			turn(unclear(t("one of several values that are not known")));
			return undefined;
		},
		() => undefined,
	);
	return false;
}

export function itemsOf(sequence: Thing): List {
	if (sequence.kind === "list") return sequence;
	if (sequence.kind === "plain" && typeof sequence.value === "string")
		return list([...sequence.value.slice(0, MOST_TURNS)].map((char) => plain(char, sequence.from)));
	return { ...list([]), open: true };
}

/** What `for … in` yields. */
export function keysOf(thing: Thing): List {
	if (thing.kind === "structure") return { ...list([...thing.fields.keys()].map((key) => plain(key))), open: thing.open };
	if (thing.kind === "list") return { ...list(thing.items.map((_, index) => plain(String(index)))), open: thing.open };
	return { ...list([]), open: true };
}
