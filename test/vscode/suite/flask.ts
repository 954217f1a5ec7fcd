import assert from "node:assert/strict";
import * as vscode from "vscode";
import { codes, example, hints, hoverText, lineOf, quickFixes } from "./editor.ts";
import { test, until } from "./harness.ts";

const CMD = 'CMD ["python", "app.py"]';

/** Whether hints tell of running containers too, which may or may not be there. */
async function liveHints(on: boolean | undefined): Promise<void> {
	await vscode.workspace.getConfiguration("portlight").update("hints.live", on, vscode.ConfigurationTarget.Global);
}

async function openFlask() {
	await liveHints(false);
	const document = await vscode.workspace.openTextDocument(example("flask", "Dockerfile"));
	await vscode.window.showTextDocument(document);
	const cmd = (await lineOf(document.uri, CMD)) - 1;
	const listen = await lineOf(example("flask", "app.py"), "app.run(");
	return { document, cmd, listen };
}

test("the CMD line says which port the Flask app listens on, where, and that it is not exposed", async () => {
	const { document, listen } = await openFlask();
	await until(
		"the hint",
		() => hints(document),
		(shown) => shown[CMD] === `⇢ 80/tcp  app.py:${listen}  not exposed`,
	);
	assert.deepEqual(Object.keys(await hints(document)), [CMD]);
});

if (process.env.PORTLIGHT_TEST_ENGINE === "seeded") {
	test("the hint tells of the container that runs this image", async () => {
		const { document, listen } = await openFlask();
		await liveHints(true);
		await until(
			"the container",
			() => hints(document),
			(shown) => shown[CMD] === `⇢ 80/tcp  app.py:${listen}  not exposed  ● live in flask`,
		);
		await liveHints(false);
		await until(
			"no container",
			() => hints(document),
			(shown) => shown[CMD]?.endsWith("not exposed") === true,
		);
	});
}

test("the evidence part of the hint leads to the line in app.py", async () => {
	const { document, listen } = await openFlask();
	const all = new vscode.Range(0, 0, document.lineCount, 0);
	const [hint] = await vscode.commands.executeCommand<vscode.InlayHint[]>("vscode.executeInlayHintProvider", document.uri, all);
	assert.ok(hint && typeof hint.label !== "string");
	const command = hint.label.find(({ value }) => value.includes("app.py"))?.command;
	assert.ok(command);
	await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
	const editor = await until(
		"app.py",
		() => vscode.window.activeTextEditor,
		(active) => active?.document.uri.fsPath === example("flask", "app.py").fsPath,
	);
	assert.equal(editor?.selection.active.line, listen - 1);
});

test("the port that is not exposed is a diagnostic", async () => {
	const { document } = await openFlask();
	assert.deepEqual(
		await until(
			"the diagnostic",
			() => codes(document),
			(found) => found.length > 0,
		),
		["not-exposed"],
	);
});

test("hover on CMD tells the port", async () => {
	const { document, cmd } = await openFlask();
	assert.match(await hoverText(document, new vscode.Position(cmd, 1)), /80\/tcp/);
});

test("Add EXPOSE 80 is preferred, documents the port before CMD, and undo takes it back", async () => {
	const { document, cmd, listen } = await openFlask();
	const before = document.getText();
	await until(
		"the diagnostic",
		() => codes(document),
		(found) => found.includes("not-exposed"),
	);
	const actions = await until(
		"the quick fix",
		() => quickFixes(document, cmd),
		(found) => found.some(({ isPreferred }) => isPreferred),
	);
	const preferred = actions.filter(({ isPreferred }) => isPreferred);
	assert.deepEqual(
		preferred.map(({ title }) => title),
		["Add EXPOSE 80"],
	);

	const edit = preferred[0]?.edit;
	assert.ok(edit);
	assert.ok(await vscode.workspace.applyEdit(edit));
	assert.equal(document.getText(), before.replace(CMD, `EXPOSE 80\n${CMD}`));
	await until(
		"the hint of EXPOSE",
		() => hints(document),
		(shown) => shown["EXPOSE 80"] !== undefined,
	);
	assert.deepEqual(await hints(document), { [CMD]: `⇢ 80/tcp  app.py:${listen}`, "EXPOSE 80": `✓ app.py:${listen}` });
	await until(
		"no diagnostic",
		() => codes(document),
		(found) => found.length === 0,
	);

	await vscode.commands.executeCommand("undo");
	await until(
		"the old text",
		() => document.getText(),
		(text) => text === before,
	);
	await until(
		"the old hint",
		() => hints(document),
		(shown) => shown[CMD]?.endsWith("not exposed") === true,
	);
	await vscode.commands.executeCommand("workbench.action.files.revert");
});

test("an EXPOSE that nothing keeps is a warning, from the text in the editor and not on the disk", async () => {
	const { document, cmd } = await openFlask();
	const edit = new vscode.WorkspaceEdit();
	edit.insert(document.uri, new vscode.Position(cmd, 0), "EXPOSE 8080\n");
	assert.ok(await vscode.workspace.applyEdit(edit));
	const found = await until(
		"both diagnostics",
		() => codes(document),
		(all) => all.length === 2,
	);
	assert.deepEqual(found.sort(), ["not-exposed", "nothing-listens"]);
	assert.equal((await hints(document))["EXPOSE 8080"], "✗ nothing listens");
	await vscode.commands.executeCommand("workbench.action.files.revert");
	await until(
		"one diagnostic",
		() => codes(document),
		(all) => all.length === 1,
	);
});
