/** Hints, fixes and ways between files by keyboard and mouse; pictures light and dark, wide and narrow, in out/pictures. */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { outFolder } from "../../scripts/folders.mjs";
import { launchBrowser } from "../support/vscode/browser.ts";
import { startVscodeServer, type VscodeServer } from "../support/vscode/server.ts";
import { openWindow } from "../support/vscode/window.ts";
import { copyShop, temporaryFolder, vsix } from "../support/vscode/workspace.ts";

const pictures = path.join(outFolder, "pictures");
const cleanUps: (() => Promise<void>)[] = [];
let folder: string;
let browser: Browser;
let server: VscodeServer;

before(async () => {
	const temporary = await temporaryFolder();
	folder = temporary.folder;
	cleanUps.push(temporary.remove);
	await mkdir(pictures, { recursive: true });
	browser = await launchBrowser();
	cleanUps.push(() => browser.close());
	server = await startVscodeServer({
		dataFolder: path.join(folder, "data"),
		extensionsFolder: path.join(folder, "extensions"),
		install: vsix,
		env: { DOCKER_HOST: `unix://${path.join(folder, "no-such-engine.sock")}` },
		settings: {
			"window.autoDetectColorScheme": true,
			"workbench.startupEditor": "none",
			"workbench.secondarySideBar.defaultVisibility": "hidden",
			"editor.minimap.enabled": false,
			"editor.cursorBlinking": "solid",
			"chat.disableAIFeatures": true,
		},
	});
	cleanUps.push(() => server.close());
});

after(async () => {
	for (const cleanUp of cleanUps.reverse()) await cleanUp();
});

test("a Dockerfile, in light and wide", async (context) => {
	const shop = await copyShop(path.join(folder, "wide"));
	const window = await openWindow(context, browser, server, shop, "web/Dockerfile", { width: 1400 });
	await window.line("EXPOSE 8080 9000✗ 8080, 9000 nothing listens").waitFor();

	await context.test("a double click on the hint inserts the EXPOSE", async () => {
		await window.piece("not exposed").dblclick();
		await window.line("EXPOSE 5000✓ app.py:13").waitFor();
		await window.press("Control+z");
		await window.line("not exposed").waitFor();
	});

	await context.test("Ctrl+. offers the fixes of a line", async () => {
		await window.openQuickFixes("EXPOSE 8080");
		await window.quickFix("Replace EXPOSE 8080 with 5000").waitFor();
		await window.picture(path.join(pictures, "fixes-light.png"));
		await window.press("Escape");
	});

	await context.test("the pointer on EXPOSE shows the table", async () => {
		await window.goToTop();
		await window.piece("HEALTHCHECK").hover();
		await window.piece("CMD").hover();
		await window.hover.getByText("Published").first().waitFor();
		await window.pictureWithHover(path.join(pictures, "hover-light.png"));
		await window.press("Escape");
	});

	await context.test("a click on the evidence with Ctrl leads to the line", async () => {
		await window.follow("app.py:13", "app.py");
		await window.line('app.run(host="0.0.0.0", port=5000)').waitFor();
	});
});

test("a compose file, in dark and narrow", async (context) => {
	const shop = await copyShop(path.join(folder, "narrow"));
	const look = { width: 760, height: 560, colorScheme: "dark" } as const;
	const window = await openWindow(context, browser, server, shop, "compose.yaml", look);
	await window.line('- "8080:80"→ web listens on 5000/tcp, not 80').waitFor();
	await window.press("Control+b");
	await window.picture(path.join(pictures, "compose-dark.png"));

	await context.test("F2 renames the port where it is published and where it is listened on", async () => {
		await window.putCursor("5000", 2);
		await window.press("F2");
		await window.renameInput.fill("5001");
		await window.press("Enter");
		await window.line("- target: 5001✓ app.py:13").waitFor();
		await window.line("web:⇢ 5001/tcp app.py:13").waitFor();
		assert.equal(
			(await window.editorText()).some((line) => line.includes("target: 5000")),
			false,
		);
	});
});
