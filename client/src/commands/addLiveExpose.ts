import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { LanguageClient, TextEdit } from "vscode-languageclient/node";
import { EXPOSE_LIVE, type ExposeLiveParams } from "../../../server/src/protocol.ts";
import { ownDockerfile } from "../containers/ownDockerfile.ts";
import { type CommandArgument, targetContainer } from "../containers/target.ts";
import type { ContainersView } from "../containers/view.ts";
import { withoutLinks } from "../containers/words.ts";

/** Documents live ports that are not exposed in the container's Dockerfile, which is opened and left unsaved. */
export function addLiveExpose(client: LanguageClient, view: ContainersView) {
	return async (argument?: CommandArgument): Promise<void> => {
		const target = await targetContainer(view, argument, {
			placeHolder: t("Container whose live ports to expose in its Dockerfile"),
			suits: ({ ports }) => ports.some(({ verdict }) => verdict === "not-exposed"),
			none: t("Nothing to add: every live port of the running containers is exposed."),
		});
		if (!target) return;
		const { container, port } = target;
		const live = port === undefined ? container.ports.filter(({ verdict }) => verdict === "not-exposed") : [port];
		const uri = await ownDockerfile(client, container);
		if (uri === undefined) return;
		const document = await vscode.workspace.openTextDocument(uri);
		const editor = await vscode.window.showTextDocument(document);
		const params: ExposeLiveParams = {
			uri: client.code2ProtocolConverter.asUri(document.uri),
			ports: live.map(({ port: number, protocol }) => ({ port: number, protocol })),
		};
		const edits = await client.protocol2CodeConverter.asTextEdits(await client.sendRequest<TextEdit[]>(EXPOSE_LIVE, params));
		const [first] = edits;
		if (first === undefined) {
			const ports = live.map(({ port: number, protocol }) => `${number}/${protocol}`).join(", ");
			void vscode.window.showInformationMessage(
				withoutLinks(
					t(
						"{0} exposes {1} already. The container runs an image that was built before, or with other files.",
						vscode.workspace.asRelativePath(document.uri),
						ports,
					),
				),
			);
			return;
		}
		const edit = new vscode.WorkspaceEdit();
		edit.set(document.uri, edits);
		await vscode.workspace.applyEdit(edit);
		editor.revealRange(first.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
	};
}
