import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

type Wire = Parameters<LanguageClient["protocol2CodeConverter"]["asLocation"]>[0];

/** Peeks at the places that decide a port, as the code lens above a stage names them. */
export function showPlaces(client: LanguageClient): (uri: string, position: vscode.Position, places: readonly Wire[]) => Promise<void> {
	return async (uri, { line, character }, places) => {
		const { protocol2CodeConverter: convert } = client;
		const locations = places.map((place) => convert.asLocation(place));
		const at = new vscode.Position(line, character);
		await vscode.commands.executeCommand("editor.action.showReferences", convert.asUri(uri), at, locations);
	};
}
