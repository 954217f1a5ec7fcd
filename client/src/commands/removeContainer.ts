import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { act } from "../containers/act.ts";
import type { Item } from "../containers/row.ts";
import { type CommandArgument, targetContainers } from "../containers/target.ts";
import type { ContainersView } from "../containers/view.ts";
import { withoutLinks } from "../containers/words.ts";

/** Removes containers, running ones too, after asking: what was written into them is lost. */
export function removeContainer(client: LanguageClient, view: ContainersView) {
	return async (argument?: CommandArgument, selected?: readonly Item[]): Promise<void> => {
		const containers = await targetContainers(view, argument, selected, {
			placeHolder: t("Container to remove"),
			none: t("There is no container to remove."),
		});
		const [first, ...others] = containers;
		if (first === undefined) return;
		const running = containers.filter((container) => container.running).length;
		const question = others.length === 0 ? t("Remove the container {0}?", first.name) : t("Remove {0} containers?", containers.length);
		const stops =
			running === 0
				? []
				: others.length === 0
					? [t("It is running and will be stopped.")]
					: [t("{0} of them running: they will be stopped.", running)];
		const detail = [...stops, t("What was written into it is lost; volumes stay.")].join(" ");
		const names = others.length === 0 ? "" : `\n\n${containers.map(({ name }) => withoutLinks(name)).join("\n")}`;
		const remove = t("Remove");
		const answer = await vscode.window.showWarningMessage(withoutLinks(question), { modal: true, detail: detail + names }, remove);
		if (answer === remove) await act(client, containers, "remove");
	};
}
