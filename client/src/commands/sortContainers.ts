import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { configure } from "../containers/configure.ts";
import type { ContainersView } from "../containers/view.ts";
import { SORTS, type SortBy } from "../containers/viewSettings.ts";

const words = (): Readonly<Record<SortBy, string>> => ({
	name: t("Name"),
	status: t("Status, Running First"),
	created: t("Created, Newest First"),
	image: t("Image"),
	problems: t("Problems, Most First"),
});

/** Asks by what containers are sorted. */
export function sortContainers(view: ContainersView): () => Promise<void> {
	return async () => {
		const current = view.settings.sortBy;
		const choices = SORTS.map((value) => ({ label: words()[value], value, ...(value === current ? { description: t("current") } : {}) }));
		const choice = await vscode.window.showQuickPick(choices, { placeHolder: t("Sort containers by") });
		if (choice !== undefined) await configure("containers.sortBy", choice.value);
	};
}
