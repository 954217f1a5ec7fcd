import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { engineStory } from "../containers/engineStatus.ts";
import type { Item } from "../containers/row.ts";
import type { ContainersView } from "../containers/view.ts";
import { withoutLinks } from "../containers/words.ts";

/** Tells how the engines are, where they were looked for, and what to do. */
export function showEngine(view: ContainersView) {
	return async (item?: Item): Promise<void> => {
		const report = await view.known();
		const one =
			report?.engines.filter(({ name }) => item === undefined || item.id === `engine:${name}` || item.id === `engine:${name}/nothing`) ??
			[];
		const broken = one.some(({ state }) => state !== "connected");
		const detail = one.length === 0 ? t("The Portlight language server is not running.") : one.map(engineStory).join("\n\n");
		const choose = t("Choose Engine…");
		const retry = t("Retry");
		const safe = detail.split("\n").map(withoutLinks).join("\n");
		const show = broken ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
		const answer = await show(t("Container Engine"), { modal: true, detail: safe }, choose, ...(broken ? [retry] : []));
		if (answer === choose) await vscode.commands.executeCommand("portlight.chooseEngine");
		if (answer === retry) await vscode.commands.executeCommand("portlight.refreshContainers");
	};
}
