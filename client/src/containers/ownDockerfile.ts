import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
	CONTAINER_DOCKERFILE,
	type ContainerDockerfileParams,
	type ContainerDockerfileReport,
	type ContainerReport,
} from "../../../server/src/protocol.ts";
import { withoutLinks } from "./words.ts";

const DOCKERFILES = "**/{Dockerfile,Dockerfile.*,*.dockerfile,*.Dockerfile,Containerfile,Containerfile.*}";
/** More than these are not compared with an image. */
const MOST = 500;

/** The Dockerfile of a container. Where Portlight cannot tell, it says so and the user picks one; undefined when nobody knows. */
export async function ownDockerfile(client: LanguageClient, container: ContainerReport): Promise<vscode.Uri | undefined> {
	const found = await vscode.workspace.findFiles(DOCKERFILES, "**/{node_modules,.git}/**", MOST);
	const params: ContainerDockerfileParams = {
		engine: container.engine,
		id: container.id,
		candidates: found.map((uri) => client.code2ProtocolConverter.asUri(uri)),
	};
	const { dockerfiles } = await client.sendRequest<ContainerDockerfileReport>(CONTAINER_DOCKERFILE, params);
	const uris = dockerfiles.map((uri) => client.protocol2CodeConverter.asUri(uri));
	if (uris.length === 1) return uris[0];
	if (uris.length > 1) return choose(uris, t("Several Dockerfiles start what {0} starts", container.name));
	if (found.length > 0) return choose(found, t("Portlight cannot tell which Dockerfile {0} was built from", container.name));
	void vscode.window.showInformationMessage(
		withoutLinks(
			t(
				"The Dockerfile of {0} is not known: no compose file names it, and no Dockerfile of this workspace starts what the image {1} starts.",
				container.name,
				container.image,
			),
		),
	);
	return undefined;
}

async function choose(uris: readonly vscode.Uri[], placeHolder: string): Promise<vscode.Uri | undefined> {
	const choices = uris.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri })).sort((a, b) => (a.label < b.label ? -1 : 1));
	return (await vscode.window.showQuickPick(choices, { placeHolder }))?.uri;
}
