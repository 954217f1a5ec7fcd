import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { ownDockerfile } from "../containers/ownDockerfile.ts";
import { type CommandArgument, targetContainer } from "../containers/target.ts";
import type { ContainersView } from "../containers/view.ts";

/** Opens the Dockerfile that a container was built from. */
export function openDockerfile(client: LanguageClient, view: ContainersView) {
	return async (argument?: CommandArgument): Promise<void> => {
		const target = await targetContainer(view, argument, {
			placeHolder: t("Container whose Dockerfile to open"),
			none: t("No Dockerfile to open: Portlight knows no container."),
		});
		const uri = target && (await ownDockerfile(client, target.container));
		if (uri) await vscode.window.showTextDocument(uri);
	};
}
