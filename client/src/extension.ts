import { config } from "@vscode/l10n";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { addLiveExpose } from "./commands/addLiveExpose.ts";
import { chooseContainerColumns } from "./commands/chooseContainerColumns.ts";
import { chooseEngine } from "./commands/chooseEngine.ts";
import { clearContainersFilter } from "./commands/clearContainersFilter.ts";
import { copyAddress } from "./commands/copyAddress.ts";
import { copyContainerId } from "./commands/copyContainerId.ts";
import { copyIpAddress } from "./commands/copyIpAddress.ts";
import { filterContainers } from "./commands/filterContainers.ts";
import { groupContainers } from "./commands/groupContainers.ts";
import { hideStoppedContainers } from "./commands/hideStoppedContainers.ts";
import { inspectContainer } from "./commands/inspectContainer.ts";
import { measureSockets } from "./commands/measureSockets.ts";
import { openDockerfile } from "./commands/openDockerfile.ts";
import { openInBrowser } from "./commands/openInBrowser.ts";
import { openShell } from "./commands/openShell.ts";
import { pauseContainer } from "./commands/pauseContainer.ts";
import { refreshContainers } from "./commands/refreshContainers.ts";
import { removeContainer } from "./commands/removeContainer.ts";
import { reportIssue } from "./commands/reportIssue.ts";
import { restartContainer } from "./commands/restartContainer.ts";
import { offerRestart, restartServer } from "./commands/restartServer.ts";
import { showContainerLogs } from "./commands/showContainerLogs.ts";
import { showEngine } from "./commands/showEngine.ts";
import { showLog } from "./commands/showLog.ts";
import { showPlaces } from "./commands/showPlaces.ts";
import { showStoppedContainers } from "./commands/showStoppedContainers.ts";
import { sortContainers } from "./commands/sortContainers.ts";
import { startContainer } from "./commands/startContainer.ts";
import { stopContainer } from "./commands/stopContainer.ts";
import { unpauseContainer } from "./commands/unpauseContainer.ts";
import { createInspectDocuments } from "./containers/inspectDocuments.ts";
import type { Item } from "./containers/row.ts";
import { createContainersView, type EngineState } from "./containers/view.ts";
import { errorHandler } from "./errorHandler.ts";
import { createLanguageClient } from "./languageClient.ts";
import { withoutSecretsIn } from "./maskedTrace.ts";
import { restartPolicy } from "./restartPolicy.ts";

/** What `activate` exports: the state behind the view, which VS Code itself lets nobody read. */
export interface PortlightApi {
	readonly containers: () => { readonly state: EngineState; readonly rows: readonly Item[]; readonly filter: string };
}

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<PortlightApi> {
	// Before anything says something; the server finds the same messages by the locale that it is told.
	config({ contents: vscode.l10n.bundle ?? {} });
	const log = vscode.window.createOutputChannel("Portlight", { log: true });
	const trace = vscode.window.createOutputChannel("Portlight Trace", { log: true });
	const policy = restartPolicy(Date.now);
	client = createLanguageClient(
		context,
		log,
		withoutSecretsIn(trace),
		errorHandler(policy, (message) => void offerRestart(message)),
	);
	const view = createContainersView(client, log);
	const inspected = createInspectDocuments(client);
	const commands = {
		addLiveExpose: addLiveExpose(client, view),
		chooseContainerColumns: chooseContainerColumns(view),
		chooseEngine: chooseEngine(client),
		clearContainersFilter: clearContainersFilter(view),
		copyAddress: copyAddress(view),
		copyContainerId: copyContainerId(view),
		copyIpAddress: copyIpAddress(view),
		filterContainers: filterContainers(view),
		groupContainers: groupContainers(view),
		hideStoppedContainers: hideStoppedContainers(),
		inspectContainer: inspectContainer(view, inspected),
		measureSockets: measureSockets(client, view),
		openDockerfile: openDockerfile(client, view),
		openInBrowser: openInBrowser(view),
		openShell: openShell(view),
		pauseContainer: pauseContainer(client, view),
		refreshContainers: refreshContainers(client, policy),
		removeContainer: removeContainer(client, view),
		reportIssue: reportIssue(context, client, view),
		restartContainer: restartContainer(client, view),
		restartServer: restartServer(client, policy),
		showContainerLogs: showContainerLogs(view),
		showEngine: showEngine(view),
		showLog: showLog(log),
		showPlaces: showPlaces(client),
		showStoppedContainers: showStoppedContainers(),
		sortContainers: sortContainers(view),
		startContainer: startContainer(client, view),
		stopContainer: stopContainer(client, view),
		unpauseContainer: unpauseContainer(client, view),
	};
	context.subscriptions.push(
		log,
		trace,
		view,
		inspected,
		...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`portlight.${name}`, run)),
	);
	// The client has told the user; the commands stay, to show the log and to try again.
	await client.start().catch((error: unknown) => log.error(String(error)));
	return { containers: () => ({ state: view.state, rows: view.rows, filter: view.filter }) };
}

export async function deactivate(): Promise<void> {
	// A server that is gone already cannot be stopped, and needs not.
	await client?.dispose().catch(() => {});
}
