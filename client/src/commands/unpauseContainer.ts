import { t } from "@vscode/l10n";
import type { LanguageClient } from "vscode-languageclient/node";
import { act } from "../containers/act.ts";
import type { Item } from "../containers/row.ts";
import { type CommandArgument, targetContainers } from "../containers/target.ts";
import type { ContainersView } from "../containers/view.ts";

/** Lets paused containers run on. */
export function unpauseContainer(client: LanguageClient, view: ContainersView) {
	return async (argument?: CommandArgument, selected?: readonly Item[]): Promise<void> => {
		const containers = await targetContainers(view, argument, selected, {
			placeHolder: t("Container to unpause"),
			suits: ({ state }) => state === "paused",
			none: t("No container is paused."),
		});
		await act(client, containers, "unpause");
	};
}
