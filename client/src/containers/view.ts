import { t } from "@vscode/l10n";
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
import { engineStatus, engineStory } from "./engineStatus.ts";
import { items, problems } from "./item.ts";
import { registerProblemBadges } from "./problemBadges.ts";
import { createRefresher } from "./refresh.ts";
import type { Item } from "./row.ts";
import { ContainersTree } from "./tree.ts";
import { parseViewSettings, type ViewSettings } from "./viewSettings.ts";
import { plain } from "./words.ts";

/**
 * The manifest's `viewsWelcome` ask for it. `stopped`: the language server is not running. `filtered`: there are containers, but
 * none matches. `unreachable`: the engine is on another machine, where the advice for one on this machine would be wrong.
 */
export type EngineState = EngineReport["state"] | "stopped" | "filtered" | "unreachable";

/** The view as it is shown, for commands and for tests. */
export interface ContainersView extends vscode.Disposable {
	readonly state: EngineState;
	readonly rows: readonly Item[];
	/** What the user selected in the tree. */
	readonly selection: readonly Item[];
	readonly settings: ViewSettings;
	/** What the server said last; undefined when it is not there, or was not asked yet. */
	readonly report: ContainersReport | undefined;
	/** As `report`, but asks when nobody looked until now. Never rejects. */
	known(): Promise<ContainersReport | undefined>;
	/** Words that a container must have to be shown; empty shows all. */
	filter: string;
}

/** Creates the Containers view and keeps it in step with the server. */
export function createContainersView(client: LanguageClient, log: vscode.LogOutputChannel): ContainersView {
	const tree = new ContainersTree();
	const view = vscode.window.createTreeView("portlight.containers", {
		treeDataProvider: tree,
		showCollapseAll: true,
		canSelectMany: true,
	});
	const status = createStatus();
	let state: EngineState | undefined;
	let report: ContainersReport | undefined;
	let settings = readSettings();
	let filter = "";

	let selected: string | undefined;
	/** The row that was selected when it left: it is selected again when it comes back, as after a restart of its container. */
	let lost: string | undefined;
	const selectAgain = () => {
		const back = lost === undefined ? undefined : tree.find(lost);
		if (back === undefined || !view.visible) return;
		lost = undefined;
		void view.reveal(back, { select: true, focus: false, expand: false });
	};

	const setState = (next: EngineState) => {
		if (state === next) return;
		state = next;
		void vscode.commands.executeCommand("setContext", "portlight.engineState", next);
	};
	const draw = () => {
		tree.show(report === undefined ? [] : items(report, settings, filter));
		if (selected !== undefined && tree.find(selected) === undefined) lost = selected;
		selectAgain();
		setState(stateOf(report, filter !== "" && tree.rows.length === 0 && report !== undefined && items(report, settings).length > 0));
		view.description = filter === "" ? undefined : t("filter: {0}", plain(filter));
		// A view that is alone in its container shows no description. Without rows the welcome says it, which a message would hide.
		view.message = filter === "" || tree.rows.length === 0 ? undefined : t("Filter: {0}", plain(filter));
		showStatus(status, report);
		const count = report === undefined ? 0 : problems(report);
		view.badge =
			count === 0
				? undefined
				: {
						value: count,
						tooltip:
							count === 1 ? t("Portlight: 1 problem with container ports") : t("Portlight: {0} problems with container ports", count),
					};
	};
	const stories = new Map<string, string>();
	const tell = (engine: EngineReport) => {
		const story = engineStory(engine).replaceAll("\n", ". ");
		if (engine.message !== null && stories.get(engine.name) !== story) log.info(story);
		stories.set(engine.name, story);
	};
	const show = (next: ContainersReport | undefined) => {
		report = next;
		for (const engine of report?.engines ?? []) tell(engine);
		draw();
	};
	const ask = () => client.sendRequest<ContainersReport>(CONTAINERS_REQUEST);
	const tellVisible = (visible: boolean) =>
		client.sendNotification(CONTAINERS_VISIBLE, { visible, all: settings.showStopped } satisfies ContainersVisibleParams);
	const refresher = createRefresher({
		ask,
		tellVisible,
		show,
		after: (milliseconds, callback) => {
			const timer = setTimeout(callback, milliseconds);
			return () => clearTimeout(timer);
		},
	});

	setState("connecting");
	refresher.visible(view.visible);
	const parts = vscode.Disposable.from(
		registerProblemBadges(),
		view.onDidChangeSelection(({ selection }) => {
			selected = selection[0]?.id;
			if (selected !== undefined) lost = undefined;
		}),
		view.onDidCollapseElement(({ element }) => tree.toggled(element, false)),
		view.onDidExpandElement(({ element }) => tree.toggled(element, true)),
		view.onDidChangeVisibility(({ visible }) => refresher.visible(visible)),
		client.onNotification(CONTAINERS_CHANGED, () => refresher.changed()),
		client.onDidChangeState(({ newState }) => {
			if (newState === State.Running) refresher.serverStarted();
			else if (newState === State.Starting) setState("connecting");
			else refresher.serverStopped();
		}),
		vscode.workspace.onDidChangeConfiguration((change) => {
			if (!change.affectsConfiguration("portlight.containers")) return;
			const all = settings.showStopped;
			settings = readSettings();
			if (settings.showStopped !== all) refresher.otherWish();
			draw();
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
		get selection() {
			return view.selection;
		},
		get settings() {
			return settings;
		},
		get report() {
			return report;
		},
		async known() {
			if (report === undefined && client.isRunning()) {
				try {
					await tellVisible(view.visible);
					show(await ask());
				} catch {
					// The server ended: the view says so.
				}
			}
			return report;
		},
		get filter() {
			return filter;
		},
		set filter(words: string) {
			filter = words.trim();
			void vscode.commands.executeCommand("setContext", "portlight.containersFiltered", filter !== "");
			draw();
		},
		dispose: () => void parts.dispose(),
	};
}

function readSettings(): ViewSettings {
	const configured = vscode.workspace.getConfiguration("portlight.containers");
	return parseViewSettings((name) => configured.get(name));
}

/** With several engines each has a row that says how it is, and there is no welcome. */
function stateOf(report: ContainersReport | undefined, filtered: boolean): EngineState {
	if (report === undefined) return "stopped";
	const [engine] = report.engines;
	if (filtered || !engine) return filtered ? "filtered" : "absent";
	return engine.local || engine.state === "connected" || engine.state === "connecting" ? engine.state : "unreachable";
}

/** Hidden until an engine was asked for: who only edits Dockerfiles needs no place in the status bar. */
function createStatus(): vscode.StatusBarItem {
	const status = vscode.window.createStatusBarItem("portlight.engine", vscode.StatusBarAlignment.Left);
	status.name = t("Container Engine (Portlight)");
	return status;
}

function showStatus(status: vscode.StatusBarItem, report: ContainersReport | undefined): void {
	if (report === undefined) {
		status.hide();
		return;
	}
	const { text, tooltip, spoken } = engineStatus(report.engines);
	const connected = report.engines.every((engine) => engine.state === "connected");
	status.text = text;
	status.tooltip = tooltip;
	status.accessibilityInformation = { label: spoken, role: "button" };
	status.command = connected ? "portlight.containers.focus" : "portlight.showEngine";
	status.show();
}
