import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";
import type { Item } from "../../../client/src/containers/row.ts";
import { example } from "./editor.ts";
import { test, until } from "./harness.ts";
import { shownContainers } from "./shownContainers.ts";

async function docker(...args: string[]): Promise<string> {
	return (await promisify(execFile)("docker", args)).stdout.trim();
}

/** The rows of the tree from top to bottom. */
function allRows(rows: readonly Item[]): Item[] {
	return rows.flatMap((row) => [row, ...allRows(row.children)]);
}

async function containerRow(name: string): Promise<Item> {
	const containers = await shownContainers();
	const row = await until(
		`the row of ${name}`,
		() => allRows(containers().rows).find(({ kind, label }) => kind === "container" && label === name),
		(found) => found !== undefined,
	);
	assert.ok(row);
	return row;
}

async function withSettings(changes: Readonly<Record<string, unknown>>, body: () => Promise<void>): Promise<void> {
	const configuration = vscode.workspace.getConfiguration("portlight.containers");
	for (const [name, value] of Object.entries(changes)) await configuration.update(name, value, vscode.ConfigurationTarget.Global);
	try {
		await body();
	} finally {
		for (const name of Object.keys(changes)) await configuration.update(name, undefined, vscode.ConfigurationTarget.Global);
	}
}

if (process.env.PORTLIGHT_TEST_ENGINE === "seeded") {
	test("Inspect shows the engine's JSON, which cannot be edited", async () => {
		const row = await containerRow("flask");
		await vscode.commands.executeCommand("portlight.inspectContainer", row);
		const editor = await until(
			"the editor",
			() => vscode.window.activeTextEditor,
			(active) => active?.document.uri.scheme === "portlight-inspect",
		);
		assert.equal(editor?.document.languageId, "json");
		assert.equal(JSON.parse(editor?.document.getText() ?? "").Id, row.subject?.container);
		assert.equal(await vscode.workspace.fs.isWritableFileSystem("portlight-inspect"), undefined);
		await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
	});

	test("Stop, Start and Restart do it, and the tree follows", async () => {
		const row = await containerRow("web");
		const containers = await shownContainers();
		await withSettings({ showStopped: true }, async () => {
			await vscode.commands.executeCommand("portlight.stopContainer", row);
			await until(
				"web has stopped",
				() => allRows(containers().rows).find(({ label }) => label === "web"),
				(found) => found?.traits?.includes("stopped") === true,
			);
			await vscode.commands.executeCommand("portlight.startContainer", await containerRow("web"));
			await until(
				"web runs",
				() => allRows(containers().rows).find(({ label }) => label === "web"),
				(found) => found?.traits?.includes("running") === true && found.children.some(({ label }) => label === "80/tcp"),
			);
		});
		const before = await docker("inspect", "--format", "{{.State.StartedAt}}", "web");
		await vscode.commands.executeCommand("portlight.restartContainer", await containerRow("web"));
		assert.notEqual(await docker("inspect", "--format", "{{.State.StartedAt}}", "web"), before);
	});

	test("Copy Container ID and Copy Address and Port", async () => {
		const row = await containerRow("flask");
		await vscode.commands.executeCommand("portlight.copyContainerId", row);
		await until(
			"the ID",
			() => vscode.env.clipboard.readText(),
			(text) => text === row.subject?.container,
		);
		const ip = row.children.find(({ kind }) => kind === "ip");
		await vscode.commands.executeCommand(
			"portlight.copyAddress",
			row.children.find(({ kind }) => kind === "port"),
		);
		await until(
			"the address",
			() => vscode.env.clipboard.readText(),
			(text) => text === `${ip?.address}:80`,
		);
	});

	test("Show Logs opens a terminal that shows them, and Open Shell one inside of the container", async () => {
		const row = await containerRow("web");
		for (const [command, title] of [
			["portlight.showContainerLogs", "Logs: web"],
			["portlight.openShell", "Shell: web"],
		] as const) {
			await vscode.commands.executeCommand(command, row);
			const terminal = await until(
				title,
				() => vscode.window.terminals.find(({ name }) => name === title),
				(found) => found !== undefined,
			);
			assert.ok(terminal);
			if (command === "portlight.openShell") {
				const { shellPath, shellArgs } = terminal.creationOptions as vscode.TerminalOptions;
				assert.deepEqual(
					[shellPath, ...(shellArgs as string[]).slice(2, 6)],
					["docker", "exec", "--interactive", "--tty", row.subject?.container],
				);
			}
			terminal.dispose();
		}
	});

	test("Open Its Dockerfile and Add EXPOSE find the Dockerfile by what the image starts", async () => {
		const row = await containerRow("flask");
		await vscode.commands.executeCommand("portlight.openDockerfile", row);
		const editor = await until(
			"the Dockerfile",
			() => vscode.window.activeTextEditor,
			(active) => active?.document.uri.fsPath === example("flask", "Dockerfile").fsPath,
		);
		const before = editor?.document.getText();
		await vscode.commands.executeCommand("portlight.addLiveExpose", row);
		await until(
			"EXPOSE 80",
			() => editor?.document.getText(),
			(text) => text?.includes("\nEXPOSE 80\nCMD") === true,
		);
		assert.ok(editor?.document.isDirty, "the edit is left to the user to save");
		await vscode.commands.executeCommand("workbench.action.files.revert");
		await until(
			"the old text",
			() => editor?.document.getText(),
			(text) => text === before,
		);
	});

	test("grouping, columns and sort follow the settings at once", async () => {
		const containers = await shownContainers();
		await withSettings({ groupBy: "image", label: "id", description: ["name", "status"] }, async () => {
			const group = await until(
				"the group",
				() => containers().rows.find(({ label }) => label === "webapp:noexpose"),
				(found) => found !== undefined && /^flask · Up /.test(found.children[0]?.description ?? ""),
			);
			assert.match(group?.children[0]?.label ?? "", /^[0-9a-f]{12}$/);
		});
		await until(
			"no groups",
			() => containers().rows.map(({ label }) => label),
			(labels) => labels.includes("flask") && !labels.includes("webapp:noexpose"),
		);
	});

	test("where no way to read ports is allowed they are unknown, and the helper container reads them when it is asked to", async () => {
		const sockets = vscode.workspace.getConfiguration("portlight.sockets");
		const containers = await shownContainers();
		const rowsOfFlask = () =>
			allRows(containers().rows).find(({ kind, label }) => kind === "container" && label === "flask")?.children ?? [];
		await sockets.update("probe", "off", vscode.ConfigurationTarget.Global);
		try {
			const unknown = await until(
				"ports unknown",
				() => rowsOfFlask().find(({ kind }) => kind === "unknown"),
				(row) => row !== undefined,
			);
			assert.deepEqual(unknown?.traits, ["helper"]);
			await vscode.commands.executeCommand("portlight.measureSockets", unknown);
			await until(
				"the port",
				() => rowsOfFlask().map(({ label, description }) => `${label} ${description}`),
				(rows) => rows.some((row) => row.startsWith("80/tcp live · not exposed")),
			);
		} finally {
			await sockets.update("probe", undefined, vscode.ConfigurationTarget.Global);
		}
	});
}
