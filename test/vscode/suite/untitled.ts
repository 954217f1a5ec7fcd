import assert from "node:assert/strict";
import * as vscode from "vscode";
import { codes, hints } from "./editor.ts";
import { test, until } from "./harness.ts";

test("the text of an untitled document counts", async () => {
	const document = await vscode.workspace.openTextDocument({ language: "dockerfile", content: "FROM redis:7\nEXPOSE 8080\n" });
	await vscode.window.showTextDocument(document);
	await until(
		"the hint",
		() => hints(document),
		(shown) => shown["EXPOSE 8080"] !== undefined,
	);
	assert.equal((await hints(document))["EXPOSE 8080"], "✗ nothing listens");
	assert.ok(
		(
			await until(
				"the diagnostic",
				() => codes(document),
				(found) => found.length > 0,
			)
		).includes("nothing-listens"),
	);
	await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
});

test("a report of an issue comes with the versions filled in", async () => {
	await vscode.commands.executeCommand("portlight.reportIssue");
	const text = vscode.window.activeTextEditor?.document.getText() ?? "";
	const version = vscode.extensions.getExtension("portlight.portlight")?.packageJSON.version;
	assert.ok(text.includes(`| Portlight | ${version} |\n| Language server | ${version} |\n`), text);
	assert.ok(text.includes(`| ${vscode.version} |`), text);
	await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
});
