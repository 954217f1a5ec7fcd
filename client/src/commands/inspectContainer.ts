import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { InspectDocuments } from "../containers/inspectDocuments.ts";
import { type CommandArgument, targetContainer } from "../containers/target.ts";
import type { ContainersView } from "../containers/view.ts";

/** Shows everything that the engine says of a container, as JSON that cannot be edited. */
export function inspectContainer(view: ContainersView, documents: InspectDocuments) {
	return async (argument?: CommandArgument): Promise<void> => {
		const target = await targetContainer(view, argument, {
			placeHolder: t("Container to inspect"),
			none: t("Nothing to inspect: Portlight knows no container."),
		});
		if (!target) return;
		const document = await vscode.workspace.openTextDocument(documents.open(target.container));
		await vscode.window.showTextDocument(document, { preview: true });
	};
}
