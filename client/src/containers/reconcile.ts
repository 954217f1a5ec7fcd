import type { Item } from "./row.ts";

export interface Reconciled {
	/** The rows to show: the same objects as before for what was shown before, because VS Code knows rows by identity. */
	readonly rows: readonly Item[];
	/** Rows to draw again, with all below them. `all`: the top level is another one. */
	readonly changed: readonly Item[] | "all";
}

/** Brings the rows that are shown up to date, and tells the few that differ: of a thousand containers mostly one changes. */
export function reconcile(shown: readonly Item[], next: readonly Item[]): Reconciled {
	const changed: Item[] = [];
	const rows = merged(shown, next, changed);
	return { rows, changed: sameOrder(shown, next) ? changed : "all" };
}

function merged(shown: readonly Item[], next: readonly Item[], changed: Item[]): readonly Item[] {
	const byId = new Map(shown.map((item) => [item.id, item]));
	return next.map((item) => {
		const known = byId.get(item.id);
		if (known === undefined) return item;
		const below: Item[] = [];
		const children = merged(known.children, item.children, below);
		if (sameOrder(known.children, item.children) && alike(known, item)) {
			changed.push(...below);
			return Object.assign(known, { children });
		}
		// What is drawn again takes along what is below it.
		changed.push(known);
		for (const key of Object.keys(known)) if (!(key in item)) delete (known as unknown as Record<string, unknown>)[key];
		return Object.assign(known, item, { children });
	});
}

function sameOrder(shown: readonly Item[], next: readonly Item[]): boolean {
	return shown.length === next.length && shown.every(({ id }, index) => next[index]?.id === id);
}

/** Whether two rows are drawn and act alike, whatever is below them. */
function alike(a: Item, b: Item): boolean {
	return CHECKS.every((same) => same(a, b)) && a.children.length > 0 === b.children.length > 0;
}

/** Every part of a row but what identifies it; a new part does not compile without its line. */
const SAME: { readonly [Part in Exclude<keyof Item, "id" | "children">]-?: (a: Item, b: Item) => boolean } = {
	kind: (a, b) => a.kind === b.kind,
	label: (a, b) => a.label === b.label,
	description: (a, b) => a.description === b.description,
	tooltip: (a, b) => a.tooltip === b.tooltip,
	icon: (a, b) => a.icon.name === b.icon.name && a.icon.color === b.icon.color,
	spoken: (a, b) => a.spoken === b.spoken,
	traits: (a, b) => a.traits?.join(" ") === b.traits?.join(" "),
	subject: (a, b) => a.subject?.engine === b.subject?.engine && a.subject?.container === b.subject?.container && samePort(a, b),
	address: (a, b) => a.address === b.address,
	problems: (a, b) => a.problems === b.problems,
	folded: (a, b) => a.folded === b.folded,
};
const CHECKS = Object.values(SAME);

function samePort({ subject: a }: Item, { subject: b }: Item): boolean {
	return a?.port?.port === b?.port?.port && a?.port?.protocol === b?.port?.protocol;
}
