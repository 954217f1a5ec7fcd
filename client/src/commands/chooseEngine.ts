import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { CONTEXTS_REQUEST, type ContextReport } from "../../../server/src/protocol.ts";
import { configure } from "../containers/configure.ts";
import { engineWords } from "../containers/engineStatus.ts";
import { plain, withoutIcons } from "../containers/words.ts";

/** Asks which engines to show: every Docker context and every known socket, with its state. None: the one that docker would use. */
export function chooseEngine(client: LanguageClient): () => Promise<void> {
	return async () => {
		const contexts = client.sendRequest<readonly ContextReport[]>(CONTEXTS_REQUEST).then((all) => all.map(choiceOf));
		const chosen = await vscode.window.showQuickPick(contexts, {
			canPickMany: true,
			placeHolder: "Engines to show; none for the one that the docker command uses",
			matchOnDescription: true,
			matchOnDetail: true,
		});
		if (chosen === undefined) return;
		const names = chosen.map(({ name }) => name);
		// The current context alone is what is shown without the setting, and follows docker context use.
		const follows = chosen.length === 1 && chosen[0]?.current === true;
		await configure("engine.contexts", follows ? [] : names);
	};
}

function choiceOf({ name, endpoint, description, shown, current, state, message }: ContextReport) {
	const words = [engineWords[state], ...(current ? ["current context"] : []), ...(description === "" ? [] : [withoutIcons(description)])];
	return {
		label: `$(${state === "connected" ? "server" : "debug-disconnect"}) ${withoutIcons(name)}`,
		description: words.join(" · "),
		detail: plain([...(endpoint === null || endpoint === name ? [] : [endpoint]), ...(message === null ? [] : [message])].join(" · ")),
		picked: shown,
		name,
		current,
	};
}
