/** A window whose display language is German: manifest, client and server speak it. */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { outFolder } from "../../scripts/folders.mjs";
import { launchBrowser } from "../support/vscode/browser.ts";
import { startVscodeServer } from "../support/vscode/server.ts";
import { openWindow } from "../support/vscode/window.ts";
import { copyExamples, temporaryFolder, vsix } from "../support/vscode/workspace.ts";

test("in German", async (context) => {
	const { folder, remove } = await temporaryFolder();
	context.after(remove);
	const pictures = path.join(outFolder, "pictures");
	await mkdir(pictures, { recursive: true });
	const server = await startVscodeServer({
		dataFolder: path.join(folder, "data"),
		extensionsFolder: path.join(folder, "extensions"),
		install: vsix,
		env: { DOCKER_HOST: `unix://${path.join(folder, "no-such-engine.sock")}` },
		settings: {
			"workbench.startupEditor": "none",
			"workbench.secondarySideBar.defaultVisibility": "hidden",
			"editor.minimap.enabled": false,
			"chat.disableAIFeatures": true,
		},
	});
	context.after(() => server.close());
	const browser = await launchBrowser();
	context.after(() => browser.close());
	const window = await openWindow(context, browser, server, await copyExamples(folder), "flask/Dockerfile", { language: "de" });

	await window.lineWithout("CMD", "not exposed").filter({ hasText: "nicht freigegeben" }).waitFor();
	await window.openQuickFixes("CMD");
	await window.quickFix("EXPOSE 80 hinzufügen").waitFor();
	await window.picture(path.join(pictures, "german-fixes.png"));
	await window.press("Escape");

	await window.openContainers();
	await window.welcome("Es wurde keine Container-Engine gefunden.").waitFor();
	await window.welcome("Wiederholen").waitFor();
	await window.engineStatus("Docker: default, keine Container-Engine").waitFor();
	await window.picture(path.join(pictures, "german-containers.png"));
});
