import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { addressesOf } from "../containers/containerText.ts";
import { type CommandArgument, targetContainer } from "../containers/target.ts";
import type { ContainersView } from "../containers/view.ts";
import { plain, withoutIcons } from "../containers/words.ts";

/** Copies the address of a row, or of a container; asks when that has several. */
export function copyIpAddress(view: ContainersView) {
	return async (argument?: CommandArgument): Promise<void> => {
		const address = argument && "address" in argument ? argument.address : await choose(view, argument);
		if (address === undefined) return;
		await vscode.env.clipboard.writeText(address);
		vscode.window.setStatusBarMessage(t("Copied {0}", address), 3000);
	};
}

async function choose(view: ContainersView, argument: CommandArgument): Promise<string | undefined> {
	const target = await targetContainer(view, argument, {
		placeHolder: t("Container whose IP address to copy"),
		suits: ({ networks }) => networks.some((network) => addressesOf(network).length > 0),
		none: t("No IP address to copy: Portlight knows no running container with one."),
	});
	const choices = (target?.container.networks ?? []).flatMap((network) =>
		addressesOf(network).map((address) => ({ label: plain(address), description: withoutIcons(network.name) })),
	);
	if (choices.length < 2) return choices[0]?.label;
	return (await vscode.window.showQuickPick(choices, { placeHolder: t("IP address to copy") }))?.label;
}
