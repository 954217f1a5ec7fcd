import { t } from "@vscode/l10n";
import type { LanguageClient } from "vscode-languageclient/node";
import { act } from "../containers/act.ts";
import type { Item } from "../containers/row.ts";
import { type CommandArgument, targetContainers } from "../containers/target.ts";
import type { ContainersView } from "../containers/view.ts";

/** Stops running containers. It does not ask: nothing is lost that a start would not bring back. */
export function stopContainer(client: LanguageClient, view: ContainersView) {
	return async (argument?: CommandArgument, selected?: readonly Item[]): Promise<void> => {
		const containers = await targetContainers(view, argument, selected, {
			placeHolder: t("Container to stop"),
			suits: ({ running }) => running,
			none: t("No container is running."),
		});
		await act(client, containers, "stop");
	};
}
