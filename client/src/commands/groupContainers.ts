import * as vscode from "vscode";
import { configure } from "../containers/configure.ts";
import type { ContainersView } from "../containers/view.ts";
import { GROUPS, type GroupBy } from "../containers/viewSettings.ts";

const WORDS: Readonly<Record<GroupBy, string>> = { compose: "Compose Project", network: "Network", image: "Image", none: "No Groups" };

/** Asks by what containers are grouped. */
export function groupContainers(view: ContainersView): () => Promise<void> {
	return async () => {
		const current = view.settings.groupBy;
		const choices = GROUPS.map((value) => ({ label: WORDS[value], value, ...(value === current ? { description: "current" } : {}) }));
		const choice = await vscode.window.showQuickPick(choices, { placeHolder: "Group containers by" });
		if (choice !== undefined) await configure("containers.groupBy", choice.value);
	};
}
