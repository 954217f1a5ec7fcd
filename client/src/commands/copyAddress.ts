import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { portAddresses } from "../containers/portAddresses.ts";
import { type CommandArgument, targetContainer } from "../containers/target.ts";
import type { ContainersView } from "../containers/view.ts";
import { withoutIcons } from "../containers/words.ts";

/** Copies `address:port`, of the container and, where it is published, of the host; asks when there are several. */
export function copyAddress(view: ContainersView) {
	return async (argument?: CommandArgument): Promise<void> => {
		const target = await targetContainer(view, argument, {
			placeHolder: t("Container whose address and port to copy"),
			suits: (container) => portAddresses(container).length > 0,
			none: t("No address to copy: Portlight knows no running container with an address and a port."),
		});
		if (!target) return;
		const choices = portAddresses(target.container, target.port).map(({ text, words }) => ({
			label: text,
			description: withoutIcons(words),
		}));
		if (choices.length === 0) {
			void vscode.window.showInformationMessage(t("No address to copy: this container has no address of its own, and publishes nothing."));
			return;
		}
		const choice =
			choices.length === 1
				? choices[0]
				: await vscode.window.showQuickPick(choices, { placeHolder: t("Address to copy"), matchOnDescription: true });
		if (choice === undefined) return;
		await vscode.env.clipboard.writeText(choice.label);
		vscode.window.setStatusBarMessage(t("Copied {0}", choice.label), 3000);
	};
}
