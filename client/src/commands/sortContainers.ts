import * as vscode from "vscode";
import { configure } from "../containers/configure.ts";
import type { ContainersView } from "../containers/view.ts";
import { SORTS, type SortBy } from "../containers/viewSettings.ts";

const WORDS: Readonly<Record<SortBy, string>> = {
	name: "Name",
	status: "Status, Running First",
	created: "Created, Newest First",
	image: "Image",
	problems: "Problems, Most First",
};

/** Asks by what containers are sorted. */
export function sortContainers(view: ContainersView): () => Promise<void> {
	return async () => {
		const current = view.settings.sortBy;
		const choices = SORTS.map((value) => ({ label: WORDS[value], value, ...(value === current ? { description: "current" } : {}) }));
		const choice = await vscode.window.showQuickPick(choices, { placeHolder: "Sort containers by" });
		if (choice !== undefined) await configure("containers.sortBy", choice.value);
	};
}
