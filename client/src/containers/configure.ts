import * as vscode from "vscode";

/** Writes a setting below `portlight.` where it is set already, the innermost first; else for the user. */
export async function configure(name: string, value: unknown): Promise<void> {
	const configuration = vscode.workspace.getConfiguration("portlight");
	const found = configuration.inspect(name);
	const target =
		found?.workspaceFolderValue !== undefined
			? vscode.ConfigurationTarget.WorkspaceFolder
			: found?.workspaceValue !== undefined
				? vscode.ConfigurationTarget.Workspace
				: vscode.ConfigurationTarget.Global;
	await configuration.update(name, value, target);
}
