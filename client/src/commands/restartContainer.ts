import { t } from "@vscode/l10n";
import type { LanguageClient } from "vscode-languageclient/node";
import { act } from "../containers/act.ts";
import type { Item } from "../containers/row.ts";
import { type CommandArgument, targetContainers } from "../containers/target.ts";
import type { ContainersView } from "../containers/view.ts";

/** Restarts containers; stopped ones are started. */
export function restartContainer(client: LanguageClient, view: ContainersView) {
	return async (argument?: CommandArgument, selected?: readonly Item[]): Promise<void> => {
		const containers = await targetContainers(view, argument, selected, {
			placeHolder: t("Container to restart"),
			suits: () => true,
			none: t("There is no container to restart."),
		});
		await act(client, containers, "restart");
	};
}
