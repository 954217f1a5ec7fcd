import * as vscode from "vscode";
import type { ContainerReport, EngineReport, PortReport } from "../../../server/src/protocol.ts";
import { columnText } from "./containerText.ts";
import type { Item, Subject } from "./row.ts";
import { sorted } from "./sort.ts";
import type { ContainersView } from "./view.ts";
import { withoutIcons } from "./words.ts";

/** What a command may be called with: a row and the selected rows by the tree, `{ selection: true }` by a key, nothing by the palette. */
export type CommandArgument = Item | { readonly selection: true } | undefined;

export interface PickOptions {
	/** What the picker asks. */
	readonly placeHolder: string;
	/** Which containers the command makes sense for. */
	readonly suits?: (container: ContainerReport) => boolean;
	/** What is said when there is none. */
	readonly none: string;
}

/** The container that a command is for: the row's, else the one that the user picks. Undefined when there is none. */
export async function targetContainer(
	view: ContainersView,
	argument: CommandArgument,
	options: PickOptions,
): Promise<{ container: ContainerReport; port: PortReport | undefined } | undefined> {
	const subject = subjectsOf(view, argument)[0];
	const container = subject === undefined ? await pickContainer(view, options) : containerOf(view, subject);
	if (container === undefined) return undefined;
	const port = container.ports.find(({ port, protocol }) => port === subject?.port?.port && protocol === subject.port.protocol);
	return { container, port };
}

/** As `targetContainer`, for commands that do the same to every selected row. */
export async function targetContainers(
	view: ContainersView,
	argument: CommandArgument,
	selected: readonly Item[] | undefined,
	options: PickOptions,
): Promise<readonly ContainerReport[]> {
	const subjects = subjectsOf(view, argument, selected);
	if (subjects.length > 0 || argument !== undefined) {
		const found = new Set(subjects.flatMap((subject) => containerOf(view, subject) ?? []));
		return [...found].filter(options.suits ?? (() => true));
	}
	const picked = await pickContainer(view, options);
	return picked === undefined ? [] : [picked];
}

/** The engine of a container. */
export function engineOf(view: ContainersView, container: ContainerReport): EngineReport | undefined {
	return view.report?.engines.find(({ name }) => name === container.engine);
}

function subjectsOf(view: ContainersView, argument: CommandArgument, selected?: readonly Item[]): Subject[] {
	if (argument === undefined) return [];
	// A key in the tree is about the containers that are selected, not about a port below one.
	if ("selection" in argument) return view.selection.flatMap(({ kind, subject }) => (kind === "container" && subject ? [subject] : []));
	const rows = selected !== undefined && selected.length > 0 ? selected : [argument];
	return rows.flatMap(({ subject }) => subject ?? []);
}

/** It may be gone since the row was drawn; one that was made anew has its name. */
function containerOf(view: ContainersView, subject: Subject): ContainerReport | undefined {
	return view.report?.containers.find(({ engine, id }) => engine === subject.engine && id === subject.container);
}

async function pickContainer(
	view: ContainersView,
	{ placeHolder, suits = () => true, none }: PickOptions,
): Promise<ContainerReport | undefined> {
	const report = await view.known();
	const suitable = sorted(report?.containers ?? [], "name").filter(suits);
	if (report === undefined || suitable.length === 0) {
		// The view explains why: no engine, no permission, nothing running.
		await vscode.commands.executeCommand("portlight.containers.focus");
		void vscode.window.showInformationMessage(none);
		return undefined;
	}
	const several = report.engines.length > 1;
	const choice = await vscode.window.showQuickPick(
		suitable.map((container) => ({
			label: withoutIcons(container.name),
			description: [columnText("image", container, report), columnText("ip", container, report), ...(several ? [container.engine] : [])]
				.filter((part) => part !== "")
				.map(withoutIcons)
				.join(" · "),
			container,
		})),
		{ placeHolder, matchOnDescription: true },
	);
	return choice?.container;
}
