import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";

/** Starts the language server anew, also when it is not running. */
export function restartServer(client: LanguageClient): () => Promise<void> {
	return async () => {
		if (client.state === State.Running) await client.restart();
		// A client whose first start failed never starts again (vscode-languageclient, `$start`): only a new one would.
		else if (client.state === State.StartFailed) await offerWayOut();
		else await client.start();
	};
}

async function offerWayOut(): Promise<void> {
	const restart = t("Restart Extensions");
	const showLog = t("Show Log");
	const choice = await vscode.window.showErrorMessage(
		t("The Portlight language server did not start. The log says why; restarting the extensions tries again."),
		restart,
		showLog,
	);
	if (choice === restart) await vscode.commands.executeCommand("workbench.action.restartExtensionHost");
	if (choice === showLog) await vscode.commands.executeCommand("portlight.showLog");
}
