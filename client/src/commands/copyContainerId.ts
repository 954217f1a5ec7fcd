import * as vscode from "vscode";
import type { Item } from "../containers/row.ts";
import { type CommandArgument, targetContainers } from "../containers/target.ts";
import type { ContainersView } from "../containers/view.ts";
import { plural } from "../containers/words.ts";

/** Copies whole identifiers, a line each. */
export function copyContainerId(view: ContainersView) {
	return async (argument?: CommandArgument, selected?: readonly Item[]): Promise<void> => {
		const containers = await targetContainers(view, argument, selected, {
			placeHolder: "Container whose ID to copy",
			none: "No ID to copy: Portlight knows no container.",
		});
		if (containers.length === 0) return;
		await vscode.env.clipboard.writeText(containers.map(({ id }) => id).join("\n"));
		const [first] = containers;
		const what = containers.length === 1 && first ? first.id.slice(0, 12) : plural(containers.length, "ID");
		vscode.window.setStatusBarMessage(`Copied ${what}`, 3000);
	};
}
