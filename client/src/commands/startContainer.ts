import { t } from "@vscode/l10n";
import type { LanguageClient } from "vscode-languageclient/node";
import { act } from "../containers/act.ts";
import type { Item } from "../containers/row.ts";
import { type CommandArgument, targetContainers } from "../containers/target.ts";
import type { ContainersView } from "../containers/view.ts";

/** Starts stopped containers. */
export function startContainer(client: LanguageClient, view: ContainersView) {
	return async (argument?: CommandArgument, selected?: readonly Item[]): Promise<void> => {
		const containers = await targetContainers(view, argument, selected, {
			placeHolder: t("Container to start"),
			suits: ({ running }) => !running,
			none: t("There is no stopped container that Portlight knows of. Show Stopped Containers lists them."),
		});
		await act(client, containers, "start");
	};
}
