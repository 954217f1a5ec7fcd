import * as vscode from "vscode";
import { type Address, addresses } from "../containers/addresses.ts";
import type { Item } from "../containers/row.ts";
import type { ContainersView } from "../containers/view.ts";
import { withoutIcons } from "../containers/words.ts";

/** Copies the address of a row of the tree; from the palette, of the container that the user picks. */
export function copyIpAddress(view: ContainersView): (item?: Item) => Promise<void> {
	return async (item) => {
		const address = item?.address ?? (await pick(addresses(view.rows)));
		if (address === undefined) return;
		await vscode.env.clipboard.writeText(address);
		vscode.window.setStatusBarMessage(`Copied ${address}`, 3000);
	};
}

async function pick(known: readonly Address[]): Promise<string | undefined> {
	if (known.length === 0) {
		// The view explains why: no engine, no permission, nothing running.
		await vscode.commands.executeCommand("portlight.containers.focus");
		vscode.window.showInformationMessage("No IP address to copy: Portlight knows no running container with one.");
		return undefined;
	}
	const choices = known.map(({ address, container, network }) => ({
		label: address,
		description: `${withoutIcons(container)} · ${withoutIcons(network)}`,
		address,
	}));
	const choice = await vscode.window.showQuickPick(choices, { placeHolder: "IP address to copy", matchOnDescription: true });
	return choice?.address;
}
