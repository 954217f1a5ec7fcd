import * as vscode from "vscode";
import { browserAddresses } from "../containers/browserAddress.ts";
import { type CommandArgument, engineOf, targetContainer } from "../containers/target.ts";
import type { ContainersView } from "../containers/view.ts";
import { withoutLinks } from "../containers/words.ts";

/** Opens a published TCP port; asks which when there are several. VS Code forwards it where the engine is a remote's. */
export function openInBrowser(view: ContainersView) {
	return async (argument?: CommandArgument): Promise<void> => {
		const target = await targetContainer(view, argument, {
			placeHolder: "Container to open in the browser",
			suits: (container) => browserAddresses(container, undefined).length > 0,
			none: "Nothing to open: no running container publishes a TCP port. docker run --publish does.",
		});
		if (!target) return;
		const { container, port } = target;
		const addresses = browserAddresses(container, engineOf(view, container)).filter((one) => port === undefined || one.port === port);
		if (addresses.length === 0) {
			const what = port === undefined ? "no TCP port" : `not ${port.port}/${port.protocol}`;
			void vscode.window.showInformationMessage(withoutLinks(`${container.name} publishes ${what}: no port of the host leads there.`));
			return;
		}
		const choices = addresses.map(({ url, port: { port: number, protocol } }) => ({ label: url, description: `${number}/${protocol}` }));
		const choice = choices.length === 1 ? choices[0] : await vscode.window.showQuickPick(choices, { placeHolder: "Port to open" });
		if (choice !== undefined) await vscode.env.openExternal(vscode.Uri.parse(choice.label, true));
	};
}
