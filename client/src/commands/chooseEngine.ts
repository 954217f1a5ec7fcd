import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { CONTEXTS_REQUEST, type ContextReport, type ContextsParams } from "../../../server/src/protocol.ts";
import { configure } from "../containers/configure.ts";
import { engineWords } from "../containers/engineStatus.ts";
import { plain, withoutIcons } from "../containers/words.ts";

/** Asks which engines to show: every Docker context and every known socket, with its state. None: the one that docker would use. */
export function chooseEngine(client: LanguageClient): () => Promise<void> {
	return async () => {
		const chosen = await pick((soon) =>
			client.sendRequest<readonly ContextReport[]>(CONTEXTS_REQUEST, { soon } satisfies ContextsParams).then((all) => all.map(choiceOf)),
		);
		if (chosen === undefined) return;
		const names = chosen.map(({ name }) => name);
		// The current context alone is what is shown without the setting, and follows docker context use.
		const follows = chosen.length === 1 && chosen[0]?.current === true;
		await configure("engine.contexts", follows ? [] : names);
	};
}

type Choice = ReturnType<typeof choiceOf>;

/** Shows at once what is known, and what engines say later when they say it. Undefined: nothing was chosen. */
async function pick(ask: (soon: boolean) => Promise<readonly Choice[]>): Promise<readonly Choice[] | undefined> {
	const list = vscode.window.createQuickPick<Choice>();
	list.canSelectMany = true;
	list.placeholder = t("Engines to show; none for the one that the docker command uses");
	list.matchOnDescription = true;
	list.matchOnDetail = true;
	list.busy = true;
	list.show();
	let open = true;
	let listed: ReadonlySet<string> = new Set();
	const fill = (choices: readonly Choice[]) => {
		if (!open) return;
		const ticked = new Set(list.selectedItems.map(({ name }) => name));
		list.items = choices;
		// What somebody has ticked meanwhile stays so.
		list.selectedItems = choices.filter(({ name, picked }) => (listed.has(name) ? ticked.has(name) : picked));
		listed = new Set(choices.map(({ name }) => name));
	};
	const chosen = new Promise<readonly Choice[] | undefined>((resolve) => {
		list.onDidAccept(() => {
			// Before the first answer there is nothing to choose from.
			if (listed.size > 0) resolve([...list.selectedItems]);
		});
		list.onDidHide(() => resolve(undefined));
	});
	const filled = (async () => {
		fill(await ask(true));
		fill(await ask(false));
		if (open) list.busy = false;
	})();
	try {
		return await Promise.race([chosen, filled.then(() => chosen)]);
	} finally {
		open = false;
		list.dispose();
	}
}

function choiceOf({ name, endpoint, description, shown, current, state, message }: ContextReport) {
	const words = [
		engineWords(state),
		...(current ? [t("current context")] : []),
		...(description === "" ? [] : [withoutIcons(description)]),
	];
	return {
		label: `$(${state === "connected" ? "server" : "debug-disconnect"}) ${withoutIcons(name)}`,
		description: words.join(" · "),
		detail: plain([...(endpoint === null || endpoint === name ? [] : [endpoint]), ...(message === null ? [] : [message])].join(" · ")),
		picked: shown,
		name,
		current,
	};
}
