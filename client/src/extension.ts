import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { copyIpAddress } from "./commands/copyIpAddress.ts";
import { refreshContainers } from "./commands/refreshContainers.ts";
import { restartServer } from "./commands/restartServer.ts";
import { showLog } from "./commands/showLog.ts";
import type { Item } from "./containers/row.ts";
import { createContainersView, type EngineState } from "./containers/view.ts";
import { createLanguageClient } from "./languageClient.ts";

/** What `activate` exports: the state behind the view, which VS Code itself lets nobody read. */
export interface PortlightApi {
	readonly containers: () => { readonly state: EngineState; readonly rows: readonly Item[] };
}

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<PortlightApi> {
	const log = vscode.window.createOutputChannel("Portlight", { log: true });
	client = createLanguageClient(context, log);
	const view = createContainersView(client, log);
	context.subscriptions.push(
		log,
		view,
		vscode.commands.registerCommand("portlight.refreshContainers", refreshContainers(client)),
		vscode.commands.registerCommand("portlight.copyIpAddress", copyIpAddress(view)),
		vscode.commands.registerCommand("portlight.restartServer", restartServer(client)),
		vscode.commands.registerCommand("portlight.showLog", showLog(log)),
	);
	// The client has told the user; the commands stay, to show the log and to try again.
	await client.start().catch((error: unknown) => log.error(String(error)));
	return { containers: () => ({ state: view.state, rows: view.rows }) };
}

export async function deactivate(): Promise<void> {
	// A server that is gone already cannot be stopped, and needs not.
	await client?.dispose().catch(() => {});
}
