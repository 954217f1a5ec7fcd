import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { CONTAINER_MEASURE, type ContainerMeasureParams } from "../../../server/src/protocol.ts";
import { type CommandArgument, targetContainer } from "../containers/target.ts";
import type { ContainersView } from "../containers/view.ts";
import { withoutLinks } from "../containers/words.ts";

/** Reads the live ports of a container by the helper container, whatever the setting says: the click is the consent. */
export function measureSockets(client: LanguageClient, view: ContainersView) {
	return async (argument?: CommandArgument): Promise<void> => {
		const target = await targetContainer(view, argument, {
			placeHolder: t("Container whose live ports to read with a helper container"),
			suits: ({ running, sockets }) => running && !sockets.known,
			none: t("The live ports of every running container are known."),
		});
		if (!target) return;
		const { engine, id, name } = target.container;
		await vscode.window.withProgress({ location: { viewId: "portlight.containers" } }, () =>
			client.sendRequest(CONTAINER_MEASURE, { engine, id } satisfies ContainerMeasureParams).catch((error: unknown) => {
				const why = error instanceof Error ? error.message : String(error);
				void vscode.window.showErrorMessage(withoutLinks(t("Cannot read the ports of {0}: {1}", name, why)));
			}),
		);
	};
}
