import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import type { RestartPolicy } from "../restartPolicy.ts";

/** Starts the language server anew, also when it is not running. */
export function restartServer(client: LanguageClient, policy: RestartPolicy): () => Promise<void> {
	return async () => {
		policy.forget();
		if (client.state === State.Running) await client.restart();
		// A client whose first start failed never starts again (vscode-languageclient, `$start`): only a new one would.
		else if (client.state === State.StartFailed) await offerWayOut();
		else await client.start();
	};
}

/** Says that the server is not started again by itself, with the ways on. */
export async function offerRestart(message: string): Promise<void> {
	const restart = t("Restart");
	const showLog = t("Show Log");
	const choice = await vscode.window.showErrorMessage(message, restart, showLog);
	if (choice === restart) await vscode.commands.executeCommand("portlight.restartServer");
	if (choice === showLog) await vscode.commands.executeCommand("portlight.showLog");
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
