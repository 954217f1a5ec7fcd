import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import {
	CONTAINERS_CHANGED,
	CONTAINERS_REQUEST,
	CONTAINERS_VISIBLE,
	type ContainersReport,
	type ContainersVisibleParams,
	type EngineReport,
} from "../../../server/src/protocol.ts";
import { engineStatus } from "./engineStatus.ts";
import { problems } from "./item.ts";
import { createRefresher } from "./refresh.ts";
import type { Item } from "./row.ts";
import { ContainersTree } from "./tree.ts";
import { plain, plural } from "./words.ts";

/** The manifest's `viewsWelcome` ask for it. `stopped`: the language server is not running. */
export type EngineState = EngineReport["state"] | "stopped";

/** The view as it is shown, for the palette's pickers and for tests. */
export interface ContainersView extends vscode.Disposable {
	readonly state: EngineState;
	readonly rows: readonly Item[];
}

/** Creates the Containers view and keeps it in step with the server. */
export function createContainersView(client: LanguageClient, log: vscode.LogOutputChannel): ContainersView {
	const tree = new ContainersTree();
	const view = vscode.window.createTreeView("portlight.containers", { treeDataProvider: tree, showCollapseAll: true });
	const status = createStatus();
	let state: EngineState | undefined;

	const setState = (next: EngineState, engine?: EngineReport) => {
		if (state === next) return;
		state = next;
		void vscode.commands.executeCommand("setContext", "portlight.engineState", next);
		if (engine?.message) log.info(engineStory(engine));
	};
	const show = (report: ContainersReport | undefined) => {
		tree.show(report);
		const engine = report?.engines[0];
		setState(engine?.state ?? "stopped", engine);
		showStatus(status, engine);
		const count = report === undefined ? 0 : problems(report);
		view.badge = count === 0 ? undefined : { value: count, tooltip: `Portlight: ${plural(count, "problem")} with container ports` };
	};
	const refresher = createRefresher({
		ask: () => client.sendRequest<ContainersReport>(CONTAINERS_REQUEST),
		tellVisible: (visible) => client.sendNotification(CONTAINERS_VISIBLE, { visible, all: false } satisfies ContainersVisibleParams),
		show,
		after: (milliseconds, callback) => {
			const timer = setTimeout(callback, milliseconds);
			return () => clearTimeout(timer);
		},
	});

	setState("connecting");
	refresher.visible(view.visible);
	const parts = vscode.Disposable.from(
		view.onDidChangeVisibility(({ visible }) => refresher.visible(visible)),
		client.onNotification(CONTAINERS_CHANGED, () => refresher.changed()),
		client.onDidChangeState(({ newState }) => {
			if (newState === State.Running) refresher.serverStarted();
			else if (newState === State.Starting) setState("connecting");
			else refresher.serverStopped();
		}),
		refresher,
		view,
		tree,
		status,
	);
	return {
		get state() {
			return state ?? "connecting";
		},
		get rows() {
			return tree.rows;
		},
		dispose: () => void parts.dispose(),
	};
}

/** Hidden until an engine was asked for: who only edits Dockerfiles needs no place in the status bar. */
function createStatus(): vscode.StatusBarItem {
	const status = vscode.window.createStatusBarItem("portlight.engine", vscode.StatusBarAlignment.Left);
	status.name = "Container Engine (Portlight)";
	status.command = "portlight.containers.focus";
	return status;
}

function showStatus(status: vscode.StatusBarItem, engine: EngineReport | undefined): void {
	if (engine === undefined) {
		status.hide();
		return;
	}
	Object.assign(status, engineStatus(engine));
	status.show();
}

/** What the fixed words of a welcome view cannot say: which addresses were tried. */
function engineStory(engine: EngineReport): string {
	const tried = engine.tried.length > 0 ? ` Tried: ${engine.tried.map(plain).join(", ")}.` : "";
	return `Container engine ${plain(engine.name)} (${engine.state}): ${plain(engine.message ?? "")}${tried}`;
}
