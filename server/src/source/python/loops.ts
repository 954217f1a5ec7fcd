import { t } from "../../model/message.ts";
import { takeBranch } from "../core/branch.ts";
import { append, type Doubt, isOpen, type List, list, plain, type Thing, unclear } from "../core/thing.ts";
import type { Python } from "./python.ts";

/** Turns of a loop that are followed; programs do not listen on more ports than this one by one. */
const MOST_TURNS = 64;

/**
 * Calls `turn` for every item; it answers false to end the loop. Answers whether all items were known. Of an unknown
 * sequence one turn is tried, under doubt.
 */
export function iterate(py: Python, sequence: Thing, turn: (item: Thing) => boolean): boolean {
	const items = itemsOf(sequence);
	const { doubt } = items;
	for (const [i, item] of items.items.slice(0, MOST_TURNS).entries())
		if (!(doubt && i >= doubt.from ? turnInDoubt(py, doubt, () => turn(item)) : turn(item))) return true;
	if (!items.open && items.items.length <= MOST_TURNS) return true;
	takeBranch(
		py.run,
		{ kind: "undecided" },
		() => {
			turn(unclear(t("one of several values that are not known")));
			return undefined;
		},
		() => undefined,
	);
	return false;
}

/** An item that may not be there. */
function turnInDoubt(py: Python, { on }: Doubt, turn: () => boolean): boolean {
	let goesOn = true;
	takeBranch(
		py.run,
		on ? { kind: "hangs", on, byDefault: true } : { kind: "undecided" },
		() => {
			goesOn = turn();
			return undefined;
		},
		() => undefined,
	);
	return goesOn;
}

/** What iterating over something yields, as far as it is known. */
export function itemsOf(sequence: Thing): List {
	if (sequence.kind === "list") return sequence;
	if (isOpen(sequence) && sequence.fallback.kind === "list") return { ...sequence.fallback, doubt: { on: sequence, from: 0 } };
	if (sequence.kind === "structure" && sequence.shape === "dictionary")
		return { ...list([...sequence.fields.keys()].map((key) => plain(key))), open: sequence.open };
	if (sequence.kind === "plain" && typeof sequence.value === "string")
		return list([...sequence.value.slice(0, MOST_TURNS)].map((char) => plain(char, sequence.from)));
	return { ...list([]), open: true };
}

/** Appends what a sequence yields to a list. */
export function takeItems(to: List, sequence: Thing): List {
	const items = itemsOf(sequence);
	if (items.doubt && !to.doubt) to.doubt = { ...items.doubt, from: to.items.length + items.doubt.from };
	append(to, items.items);
	if (items.open) to.open = true;
	return to;
}
