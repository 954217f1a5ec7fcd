import * as vscode from "vscode";
import { configure } from "../containers/configure.ts";
import type { ContainersView } from "../containers/view.ts";
import { COLUMNS, type Column } from "../containers/viewSettings.ts";

const WORDS: Readonly<Record<Column, string>> = {
	id: "ID",
	image: "Image",
	name: "Name",
	command: "Command",
	status: "Status",
	ip: "IP Address",
	ports: "Ports",
	compose: "Compose Project and Service",
};

/** Asks what stands behind a container's label. What was chosen before keeps its order. */
export function chooseContainerColumns(view: ContainersView): () => Promise<void> {
	return async () => {
		const before = view.settings.description;
		const inOrder = [...before, ...COLUMNS.filter((column) => !before.includes(column))];
		const chosen = await vscode.window.showQuickPick(
			inOrder.map((value) => ({ label: WORDS[value], value, picked: before.includes(value) })),
			{ canPickMany: true, placeHolder: "What to show behind a container's name" },
		);
		if (chosen === undefined) return;
		await configure(
			"containers.description",
			chosen.map(({ value }) => value),
		);
	};
}
