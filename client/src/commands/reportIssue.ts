import { arch, platform, release } from "node:os";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { ContainersView } from "../containers/view.ts";

/** Opens a report to fill in, with the versions that matter; nothing is sent anywhere. */
export function reportIssue(context: vscode.ExtensionContext, client: LanguageClient, view: ContainersView): () => Promise<void> {
	return async () => {
		const server = client.initializeResult?.serverInfo?.version ?? "not running";
		const content = `# What happens

# What should happen instead

# The Dockerfile or compose file, as far as it matters

\`\`\`dockerfile
\`\`\`

# Versions

| | |
| --- | --- |
| Portlight | ${String(context.extension.packageJSON.version)} |
| Language server | ${server} |
| ${vscode.env.appName} | ${vscode.version} |
| Remote | ${vscode.env.remoteName ?? "no"} |
| System | ${platform()} ${release()} ${arch()} |
| Container engine | ${view.state} |

The log ("Portlight: Show Log") may say more; look through it for what is private before you pass it on.
`;
		await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "markdown", content }));
	};
}
