import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { CONTAINER_INSPECT, type ContainerInspectParams, type ContainerReport } from "../../../server/src/protocol.ts";
import { plain } from "./words.ts";

const SCHEME = "portlight-inspect";

export interface InspectDocuments extends vscode.Disposable {
	/** Where the document is; one that is open already is read again. */
	open(container: ContainerReport): vscode.Uri;
}

/** Documents that nobody can edit, with what the engine says of a container now. */
export function createInspectDocuments(client: LanguageClient): InspectDocuments {
	const changed = new vscode.EventEmitter<vscode.Uri>();
	const registered = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
		onDidChange: changed.event,
		async provideTextDocumentContent(uri) {
			const params: ContainerInspectParams = JSON.parse(uri.query);
			try {
				return await client.sendRequest<string>(CONTAINER_INSPECT, params);
			} catch (error) {
				// In the document's own language, so that it is no mistake of its own.
				return `// ${error instanceof Error ? plain(error.message) : String(error)}\n`;
			}
		},
	});
	return {
		open({ engine, id, name }) {
			// A name with a slash would be a folder; the ending makes it JSON.
			const path = `/${plain(name).replaceAll(/[\\/]/g, "_") || id.slice(0, 12)}.json`;
			const uri = vscode.Uri.from({ scheme: SCHEME, path, query: JSON.stringify({ engine, id } satisfies ContainerInspectParams) });
			changed.fire(uri);
			return uri;
		},
		dispose() {
			registered.dispose();
			changed.dispose();
		},
	};
}
