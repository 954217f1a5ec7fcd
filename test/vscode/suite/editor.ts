/** What an editor shows of a document, asked of VS Code itself, the way its own widgets ask. */
import path from "node:path";
import * as vscode from "vscode";

/** A file of the copy of examples/ that the tests may change. */
export function example(...segments: string[]): vscode.Uri {
	const folder = process.env.PORTLIGHT_TEST_EXAMPLES;
	if (!folder) throw new Error("PORTLIGHT_TEST_EXAMPLES names no folder");
	return vscode.Uri.file(path.join(folder, ...segments));
}

/** The number of the line that holds the text, counted from 1, as people count. */
export async function lineOf(uri: vscode.Uri, text: string): Promise<number> {
	const document = await vscode.workspace.openTextDocument(uri);
	const line = document
		.getText()
		.split("\n")
		.findIndex((content) => content.includes(text));
	if (line < 0) throw new Error(`${uri.fsPath} has no line with ${text}`);
	return line + 1;
}

/** Each hint's text by the line of the document at whose end it stands, with white space as it is drawn. */
export async function hints(document: vscode.TextDocument): Promise<Record<string, string>> {
	const all = new vscode.Range(0, 0, document.lineCount, 0);
	const found = await vscode.commands.executeCommand<vscode.InlayHint[]>("vscode.executeInlayHintProvider", document.uri, all);
	const byLine: Record<string, string> = {};
	for (const { label, position } of found) {
		const text = typeof label === "string" ? label : label.map(({ value }) => value).join("");
		const line = document.lineAt(position.line).text;
		byLine[line] = [byLine[line], text.trim()].filter(Boolean).join(" ");
	}
	return byLine;
}

/** The codes of Portlight's diagnostics. */
export function codes(document: vscode.TextDocument): string[] {
	return vscode.languages
		.getDiagnostics(document.uri)
		.filter(({ source }) => source === "portlight")
		.map(({ code }) => String(typeof code === "object" ? code.value : code));
}

export async function quickFixes(document: vscode.TextDocument, line: number): Promise<vscode.CodeAction[]> {
	const range = document.lineAt(line).range;
	const kind = vscode.CodeActionKind.QuickFix.value;
	return vscode.commands.executeCommand("vscode.executeCodeActionProvider", document.uri, range, kind);
}

export async function hoverText(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
	const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, position);
	return hovers
		.flatMap(({ contents }) => contents)
		.map((content) => (typeof content === "string" ? content : content.value))
		.join("\n");
}
