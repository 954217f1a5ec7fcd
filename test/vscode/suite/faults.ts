import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import * as vscode from "vscode";
import { hints } from "./editor.ts";
import { test, until } from "./harness.ts";

/** The language server of this extension host, by what Linux tells of its processes. */
async function serverPid(): Promise<number | undefined> {
	for (const name of await readdir("/proc")) {
		if (!/^\d+$/.test(name)) continue;
		const [status, command] = await Promise.all(
			["status", "cmdline"].map((file) => readFile(`/proc/${name}/${file}`, "utf8").catch(() => "")),
		);
		if (command?.includes("dist/server.js") && status?.includes(`PPid:\t${process.pid}\n`)) return Number(name);
	}
	return undefined;
}

async function shownHint(document: vscode.TextDocument, line: string): Promise<string | undefined> {
	return until(
		`the hint of ${line}`,
		async () => (await hints(document))[line],
		(hint) => hint !== undefined,
	);
}

if (process.platform === "linux")
	test("a language server that is killed comes back with its hints", async () => {
		const document = await vscode.workspace.openTextDocument({ language: "dockerfile", content: "FROM redis:7\nEXPOSE 6378\n" });
		await vscode.window.showTextDocument(document);
		await shownHint(document, "EXPOSE 6378");
		for (let i = 0; i < 2; i++) {
			const pid = await until("the server", serverPid, (one) => one !== undefined);
			assert.ok(pid);
			process.kill(pid, "SIGKILL");
			await until("another server", serverPid, (one) => one !== undefined && one !== pid);
			assert.equal(await shownHint(document, "EXPOSE 6378"), "✗ nothing listens");
		}
		await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
	});

test("a workspace without a disk gets the hints that need none", async () => {
	const text = "FROM redis:7\nEXPOSE 6379\nCOPY app.conf /\n";
	const missing = () => {
		throw vscode.FileSystemError.FileNotFound();
	};
	const provider: vscode.FileSystemProvider = {
		onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
		watch: () => new vscode.Disposable(() => {}),
		stat: ({ path }) => (path === "/repo/Dockerfile" ? { type: vscode.FileType.File, ctime: 0, mtime: 0, size: text.length } : missing()),
		readDirectory: () => [["Dockerfile", vscode.FileType.File]],
		readFile: ({ path }) => (path === "/repo/Dockerfile" ? new TextEncoder().encode(text) : missing()),
		createDirectory: missing,
		writeFile: missing,
		delete: missing,
		rename: missing,
	};
	const registered = vscode.workspace.registerFileSystemProvider("portlight-test", provider, { isReadonly: true });
	const document = await vscode.workspace.openTextDocument(vscode.Uri.parse("portlight-test://host/repo/Dockerfile"));
	await vscode.window.showTextDocument(document);
	assert.match((await shownHint(document, "EXPOSE 6379")) ?? "", /^✓/);
	await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
	registered.dispose();
});
