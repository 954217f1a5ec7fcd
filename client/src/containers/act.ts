import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { CONTAINER_ACTION, type ContainerAction, type ContainerActionParams, type ContainerReport } from "../../../server/src/protocol.ts";
import { withoutLinks } from "./words.ts";

/** Does the same to all, at once, with the view's progress bar; says which could not be done and why. */
export async function act(client: LanguageClient, containers: readonly ContainerReport[], action: ContainerAction): Promise<void> {
	await vscode.window.withProgress({ location: { viewId: "portlight.containers" } }, () =>
		Promise.all(
			containers.map(({ engine, id, name }) =>
				client.sendRequest(CONTAINER_ACTION, { engine, id, action } satisfies ContainerActionParams).catch((error: unknown) => {
					const why = error instanceof Error ? error.message : String(error);
					void vscode.window.showErrorMessage(withoutLinks(failed(action, name, why)));
				}),
			),
		),
	);
}

function failed(action: ContainerAction, name: string, why: string): string {
	switch (action) {
		case "start":
			return t("Cannot start {0}: {1}", name, why);
		case "stop":
			return t("Cannot stop {0}: {1}", name, why);
		case "restart":
			return t("Cannot restart {0}: {1}", name, why);
		case "pause":
			return t("Cannot pause {0}: {1}", name, why);
		case "unpause":
			return t("Cannot unpause {0}: {1}", name, why);
		case "remove":
			return t("Cannot remove {0}: {1}", name, why);
	}
}
