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
		if (sameOrder(known.children, item.children) && own(known) === own(item)) changed.push(...below);
		// What is drawn again takes along what is below it.
		else changed.push(known);
		for (const key of Object.keys(known)) if (!(key in item)) delete (known as unknown as Record<string, unknown>)[key];
		return Object.assign(known, item, { children });
	});
}

function sameOrder(shown: readonly Item[], next: readonly Item[]): boolean {
	return shown.length === next.length && shown.every(({ id }, index) => next[index]?.id === id);
}

function own({ children, ...item }: Item): string {
	return JSON.stringify([item, children.length > 0]);
}
