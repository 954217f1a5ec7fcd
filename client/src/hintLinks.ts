import { t } from "@vscode/l10n";
import * as vscode from "vscode";

/**
 * Lets the parts of a hint that name a place lead there. VS Code takes a part's location for that of a symbol, and goes to
 * where this symbol is defined: from `app.run(port=80)` to the definition of `app`, or nowhere without a provider.
 */
export function leadToPlaces(hints: vscode.InlayHint[] | null | undefined): vscode.InlayHint[] | null | undefined {
	for (const { label } of hints ?? []) {
		if (typeof label === "string") continue;
		for (const part of label) {
			if (!part.location) continue;
			const { uri, range } = part.location;
			const options: vscode.TextDocumentShowOptions = { selection: new vscode.Range(range.start, range.start) };
			part.command = { title: t("Open {0}", part.value), command: "vscode.open", arguments: [uri, options] };
			part.location = undefined;
		}
	}
	return hints;
}
