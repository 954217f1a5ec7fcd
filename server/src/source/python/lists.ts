import { t } from "../../model/message.ts";
import { append, type Doubt, isOpen, type List, list, type Thing, unclear } from "../core/thing.ts";
import { itemsOf } from "./loops.ts";
import type { Python } from "./python.ts";

/** Changes a list where it stands, so that an undecided branch can be taken back and merged with the other one. */
export function changeList(py: Python, of: List, change: (items: Thing[]) => void, more?: Pick<List, "open" | "doubt">): void {
	const next = copy(of);
	change(next.items);
	if (more?.open) next.open = true;
	if (more?.doubt && !next.doubt) next.doubt = more.doubt;
	py.run.journal.set(contentsOf(of), ITEMS, next);
}

/** `extend`, `+=`. */
export function extendList(py: Python, of: List, by: Thing): void {
	const added = itemsOf(by);
	const doubt = added.doubt && { ...added.doubt, from: of.items.length + added.doubt.from };
	changeList(py, of, (items) => append({ ...of, items }, added.items), { open: added.open, ...(doubt ? { doubt } : {}) });
}

const ITEMS = "items";

/** A list as the journal sees it: fields with one key, under which all items are read and written. */
class Contents extends Map<string, Thing> {
	readonly #list: List;

	constructor(of: List) {
		super();
		this.#list = of;
	}

	override get(): Thing {
		return copy(this.#list);
	}

	override has(): boolean {
		return true;
	}

	override set(_: string, value: Thing): this {
		const { items, open, doubt } = settled(value);
		this.#list.items.splice(0, this.#list.items.length, ...items);
		this.#list.open = open;
		if (doubt) this.#list.doubt = doubt;
		else delete this.#list.doubt;
		return this;
	}
}

const CONTENTS = new WeakMap<List, Contents>();

function contentsOf(of: List): Contents {
	const kept = CONTENTS.get(of) ?? new Contents(of);
	CONTENTS.set(of, kept);
	return kept;
}

/** Without a place, as no source wrote it: branches that leave equally many items are merged item by item. */
function copy(of: List): List {
	return { ...list(of.items), open: of.open, ...(of.doubt ? { doubt: of.doubt } : {}) };
}

/** The list that branches leave behind together. */
function settled(value: Thing): List {
	if (value.kind === "list") return value;
	if (isOpen(value)) {
		const byDefault = settled(value.fallback);
		return byDefault.doubt ? byDefault : { ...byDefault, doubt: { on: value, from: byDefault.items.length } };
	}
	if (value.kind !== "oneOf") return { ...list([]), open: true };
	const all = value.values.map(settled).sort((a, b) => b.items.length - a.items.length);
	const [longest] = all;
	if (!longest) return { ...list([]), open: true };
	const differs = longest.items.findIndex((item, i) => !all.every((one) => one.items[i] === item));
	const from = differs < 0 ? longest.items.length : differs;
	const open = all.some((one) => one.open);
	const doubt: Doubt = { on: undefined, from };
	// One branch only added to what the other one has.
	if (all.every((one) => one === longest || one.items.length === from)) return { ...longest, open, doubt };
	return { ...list([...longest.items.slice(0, from), unclear(t("one of several values that are not known"))]), open: true, doubt };
}
