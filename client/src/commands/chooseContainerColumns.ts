import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { configure } from "../containers/configure.ts";
import type { ContainersView } from "../containers/view.ts";
import { COLUMNS, type Column } from "../containers/viewSettings.ts";

const words = (): Readonly<Record<Column, string>> => ({
	id: t("ID"),
	image: t("Image"),
	name: t("Name"),
	command: t("Command"),
	status: t("Status"),
	ip: t("IP Address"),
	ports: t("Ports"),
	compose: t("Compose Project and Service"),
});

/** Asks what stands behind a container's label. What was chosen before keeps its order. */
export function chooseContainerColumns(view: ContainersView): () => Promise<void> {
	return async () => {
		const before = view.settings.description;
		const inOrder = [...before, ...COLUMNS.filter((column) => !before.includes(column))];
		const chosen = await vscode.window.showQuickPick(
			inOrder.map((value) => ({ label: words()[value], value, picked: before.includes(value) })),
			{ canPickMany: true, placeHolder: t("What to show behind a container's name") },
		);
		if (chosen === undefined) return;
		await configure(
			"containers.description",
			chosen.map(({ value }) => value),
		);
	};
}
