import * as vscode from "vscode";
import type { ContainersReport } from "../../../server/src/protocol.ts";
import { items } from "./item.ts";
import type { Item } from "./row.ts";

/** Draws the rows of `item.ts`. Stable identifiers let VS Code keep selection and expansion when all rows are new. */
export class ContainersTree implements vscode.TreeDataProvider<Item> {
	readonly #changed = new vscode.EventEmitter<undefined>();
	readonly onDidChangeTreeData = this.#changed.event;
	#rows: readonly Item[] = [];

	/** The rows on the top level. */
	get rows(): readonly Item[] {
		return this.#rows;
	}

	/** Undefined: nothing is known, nothing is shown. */
	show(report: ContainersReport | undefined): void {
		const rows = report === undefined ? [] : items(report);
		// Sockets are re-read often and seldom differ: an equal tree need not be drawn again.
		if (JSON.stringify(rows) === JSON.stringify(this.#rows)) return;
		this.#rows = rows;
		this.#changed.fire(undefined);
	}

	getChildren(item?: Item): Item[] {
		return [...(item?.children ?? this.#rows)];
	}

	getTreeItem(item: Item): vscode.TreeItem {
		const state = item.children.length > 0 ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None;
		const drawn = new vscode.TreeItem(item.label, state);
		drawn.id = item.id;
		drawn.description = item.description;
		drawn.tooltip = item.tooltip;
		drawn.iconPath = new vscode.ThemeIcon(item.icon.name, item.icon.color ? new vscode.ThemeColor(item.icon.color) : undefined);
		drawn.contextValue = item.kind;
		drawn.accessibilityInformation = { label: item.spoken };
		return drawn;
	}

	dispose(): void {
		this.#changed.dispose();
	}
}
