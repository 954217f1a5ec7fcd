import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { ContainersView } from "../containers/view.ts";

/** Asks for the filter; the tree follows each key. Escape brings back what was. */
export function filterContainers(view: ContainersView): () => Promise<void> {
	return async () => {
		await vscode.commands.executeCommand("portlight.containers.focus");
		const before = view.filter;
		const input = vscode.window.createInputBox();
		input.title = t("Filter Containers");
		input.placeholder = t("Name, image, address or port, such as web or 8080");
		input.prompt = t("Every word must match. Empty shows all containers.");
		input.value = before;
		let accepted = false;
		const closed = new Promise<void>((resolve) => input.onDidHide(() => resolve()));
		input.onDidChangeValue((words) => {
			view.filter = words;
		});
		input.onDidAccept(() => {
			accepted = true;
			input.hide();
		});
		input.show();
		await closed;
		if (!accepted) view.filter = before;
		input.dispose();
	};
}
