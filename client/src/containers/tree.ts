import * as vscode from "vscode";
import { reconcile } from "./reconcile.ts";
import type { Item } from "./row.ts";

/** Draws the rows of `item.ts`. Stable identifiers let VS Code keep selection and expansion when rows are drawn again. */
export class ContainersTree implements vscode.TreeDataProvider<Item> {
	readonly #changed = new vscode.EventEmitter<Item[] | undefined>();
	readonly onDidChangeTreeData = this.#changed.event;
	#rows: readonly Item[] = [];

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

	getChildren(item?: Item): Item[] {
		return [...(item?.children ?? this.#rows)];
	}

	getTreeItem(item: Item): vscode.TreeItem {
		const drawn = new vscode.TreeItem(item.label, stateOf(item));
		drawn.id = item.id;
		drawn.description = item.description;
		drawn.tooltip = item.tooltip;
		drawn.iconPath = new vscode.ThemeIcon(item.icon.name, item.icon.color ? new vscode.ThemeColor(item.icon.color) : undefined);
		drawn.contextValue = [item.kind, ...(item.traits ?? [])].join(" ");
		drawn.accessibilityInformation = { label: item.spoken };
		return drawn;
	}

	dispose(): void {
		this.#changed.dispose();
	}
}

function stateOf({ children, folded }: Item): vscode.TreeItemCollapsibleState {
	if (children.length === 0) return vscode.TreeItemCollapsibleState.None;
	return folded ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded;
}
