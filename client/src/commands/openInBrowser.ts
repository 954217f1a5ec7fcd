import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { browserAddresses } from "../containers/browserAddress.ts";
import { type CommandArgument, engineOf, targetContainer } from "../containers/target.ts";
import type { ContainersView } from "../containers/view.ts";
import { withoutLinks } from "../containers/words.ts";

/** Opens a published TCP port; asks which when there are several. VS Code forwards it where the engine is a remote's. */
export function openInBrowser(view: ContainersView) {
	return async (argument?: CommandArgument): Promise<void> => {
		const target = await targetContainer(view, argument, {
			placeHolder: t("Container to open in the browser"),
			suits: (container) => browserAddresses(container, undefined).length > 0,
			none: t("Nothing to open: no running container publishes a TCP port. docker run --publish does."),
		});
		if (!target) return;
		const { container, port } = target;
		const addresses = browserAddresses(container, engineOf(view, container)).filter((one) => port === undefined || one.port === port);
		if (addresses.length === 0) {
			const message =
				port === undefined
					? t("{0} publishes no TCP port: no port of the host leads there.", container.name)
					: t("{0} does not publish {1}: no port of the host leads there.", container.name, `${port.port}/${port.protocol}`);
			void vscode.window.showInformationMessage(withoutLinks(message));
			return;
		}
		const choices = addresses.map(({ url, port: { port: number, protocol } }) => ({ label: url, description: `${number}/${protocol}` }));
		const choice = choices.length === 1 ? choices[0] : await vscode.window.showQuickPick(choices, { placeHolder: t("Port to open") });
		if (choice !== undefined) await vscode.env.openExternal(vscode.Uri.parse(choice.label, true));
	};
}
