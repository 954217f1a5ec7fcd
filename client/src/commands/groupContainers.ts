import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { configure } from "../containers/configure.ts";
import type { ContainersView } from "../containers/view.ts";
import { GROUPS, type GroupBy } from "../containers/viewSettings.ts";

const words = (): Readonly<Record<GroupBy, string>> => ({
	compose: t("Compose Project"),
	network: t("Network"),
	image: t("Image"),
	none: t("No Groups"),
});

/** Asks by what containers are grouped. */
export function groupContainers(view: ContainersView): () => Promise<void> {
	return async () => {
		const current = view.settings.groupBy;
		const choices = GROUPS.map((value) => ({ label: words()[value], value, ...(value === current ? { description: t("current") } : {}) }));
		const choice = await vscode.window.showQuickPick(choices, { placeHolder: t("Group containers by") });
		if (choice !== undefined) await configure("containers.groupBy", choice.value);
	};
}
