import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { act } from "../containers/act.ts";
import type { Item } from "../containers/row.ts";
import { type CommandArgument, targetContainers } from "../containers/target.ts";
import type { ContainersView } from "../containers/view.ts";
import { plural, withoutLinks } from "../containers/words.ts";

/** Removes containers, running ones too, after asking: what was written into them is lost. */
export function removeContainer(client: LanguageClient, view: ContainersView) {
	return async (argument?: CommandArgument, selected?: readonly Item[]): Promise<void> => {
		const containers = await targetContainers(view, argument, selected, {
			placeHolder: "Container to remove",
			none: "There is no container to remove.",
		});
		const [first, ...others] = containers;
		if (first === undefined) return;
		const running = containers.filter((container) => container.running).length;
		const which = others.length === 0 ? `the container ${first.name}` : plural(containers.length, "container");
		const stops =
			running === 0
				? ""
				: others.length === 0
					? "It is running and will be stopped. "
					: `${running} of them running: they will be stopped. `;
		const names = others.length === 0 ? "" : `\n\n${containers.map(({ name }) => withoutLinks(name)).join("\n")}`;
		const remove = "Remove";
		const answer = await vscode.window.showWarningMessage(
			withoutLinks(`Remove ${which}?`),
			{ modal: true, detail: `${stops}What was written into it is lost; volumes stay.${names}` },
			remove,
		);
		if (answer === remove) await act(client, containers, "remove");
	};
}
