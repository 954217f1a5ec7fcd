import * as vscode from "vscode";
import { problemUri } from "./problemBadges.ts";
import { reconcile } from "./reconcile.ts";
import type { Item } from "./row.ts";

/** Draws the rows of `item.ts`. Stable identifiers let VS Code keep selection and expansion when rows are drawn again. */
export class ContainersTree implements vscode.TreeDataProvider<Item> {
	readonly #changed = new vscode.EventEmitter<Item[] | undefined>();
	readonly onDidChangeTreeData = this.#changed.event;
	#rows: readonly Item[] = [];

	/** What the user opened and closed, by row: a container that restarts leaves the tree for a moment. */
	readonly #open = new Map<string, boolean>();

	/** The rows on the top level. */
	get rows(): readonly Item[] {
		return this.#rows;
	}

	show(next: readonly Item[]): void {
		const { rows, changed } = reconcile(this.#rows, next);
		this.#rows = rows;
		// Sockets are re-read often and seldom differ: an equal tree need not be drawn again.
		if (changed === "all") this.#changed.fire(undefined);
		else if (changed.length > 0) this.#changed.fire([...changed]);
	}

	/** The user opened or closed a row. */
	toggled(item: Item, open: boolean): void {
		this.#open.set(item.id, open);
	}

	find(id: string): Item | undefined {
		return pathTo(this.#rows, id).at(-1);
	}

	getParent(item: Item): Item | undefined {
		return pathTo(this.#rows, item.id).at(-2);
	}

	getChildren(item?: Item): Item[] {
		return [...(item?.children ?? this.#rows)];
	}

	getTreeItem(item: Item): vscode.TreeItem {
		const drawn = new vscode.TreeItem(item.label, stateOf(item, this.#open.get(item.id)));
		drawn.id = item.id;
		drawn.description = item.description;
		drawn.tooltip = item.tooltip;
		drawn.iconPath = new vscode.ThemeIcon(item.icon.name, item.icon.color ? new vscode.ThemeColor(item.icon.color) : undefined);
		if (item.problems) drawn.resourceUri = problemUri(item.problems);
		drawn.contextValue = [item.kind, ...(item.traits ?? [])].join(" ");
		drawn.accessibilityInformation = { label: item.spoken };
		return drawn;
	}

	dispose(): void {
		this.#changed.dispose();
	}
}

function stateOf({ children, folded = false }: Item, open = !folded): vscode.TreeItemCollapsibleState {
	if (children.length === 0) return vscode.TreeItemCollapsibleState.None;
	return open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

/** From the top level down to the row; empty when there is none. */
function pathTo(rows: readonly Item[], id: string): readonly Item[] {
	for (const row of rows) {
		if (row.id === id) return [row];
		const below = pathTo(row.children, id);
		if (below.length > 0) return [row, ...below];
	}
	return [];
}
