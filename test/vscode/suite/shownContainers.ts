import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { PortlightApi } from "../../../client/src/extension.ts";

/** The Containers view, opened: nobody is asked about containers before somebody looks. */
export async function shownContainers() {
	const extension = vscode.extensions.getExtension<PortlightApi>("portlight.portlight");
	assert.ok(extension, "Portlight is not installed");
	const { containers } = await extension.activate();
	await vscode.commands.executeCommand("portlight.containers.focus");
	return containers;
}
