import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { Item } from "../containers/row.ts";
import { type CommandArgument, targetContainers } from "../containers/target.ts";
import type { ContainersView } from "../containers/view.ts";

/** Copies whole identifiers, a line each. */
export function copyContainerId(view: ContainersView) {
	return async (argument?: CommandArgument, selected?: readonly Item[]): Promise<void> => {
		const containers = await targetContainers(view, argument, selected, {
			placeHolder: t("Container whose ID to copy"),
			none: t("No ID to copy: Portlight knows no container."),
		});
		if (containers.length === 0) return;
		await vscode.env.clipboard.writeText(containers.map(({ id }) => id).join("\n"));
		const [first] = containers;
		const many = t("Copied {0} IDs", containers.length);
		const message = containers.length === 1 && first ? t("Copied {0}", first.id.slice(0, 12)) : many;
		vscode.window.setStatusBarMessage(message, 3000);
	};
}
