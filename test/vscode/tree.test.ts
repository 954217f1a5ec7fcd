/** The Containers view by mouse and by keyboard, with containers of every kind; pictures in out/pictures. */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { engineAnswer } from "../../scripts/engineAnswer.mjs";
import { outFolder } from "../../scripts/folders.mjs";
import { lab } from "../support/engine/containers.ts";
import { docker } from "../support/engine/run.ts";
import { launchBrowser } from "../support/vscode/browser.ts";
import { startVscodeServer, type VscodeServer } from "../support/vscode/server.ts";
import { openWindow } from "../support/vscode/window.ts";
import { copyExamples, temporaryFolder, vsix } from "../support/vscode/workspace.ts";

const pictures = path.join(outFolder, "pictures");
const engine = await engineAnswer();
const skip = engine.ok ? false : engine.reason;
const { start, full, network, removeAll } = lab("shop-");
const cleanUps: (() => Promise<void>)[] = [];
let folder: string;
let browser: Browser;
let server: VscodeServer;

const compose = (service: string) => ["--label", "com.docker.compose.project=shop", "--label", `com.docker.compose.service=${service}`];

before(async () => {
	if (skip) return;
	const temporary = await temporaryFolder();
	folder = temporary.folder;
	cleanUps.push(temporary.remove, removeAll);
	await mkdir(pictures, { recursive: true });
	await removeAll();
	await network("net");
	await start("web", "web:exposed", [...compose("web"), "--network", full("net"), "--publish", "127.0.0.1::80"]);
	await start("api", "portlight-test/wrong-expose", compose("api"));
	await start(
		"admin",
		"portlight-test/busybox",
		[...compose("admin"), "--publish", "9000"],
		["httpd", "-f", "-p", "127.0.0.1:9000", "-h", "/www"],
	);
	await start("alone", "portlight-test/scratch", ["--network", "none"]);
	await start(
		"many",
		"portlight-test/busybox",
		[],
		["sh", "-c", "for p in $(seq 8001 8024); do httpd -p $p -h /www; done; exec httpd -f -p 80 -h /www"],
	);
	await start("old", "portlight-test/busybox", [], ["true"]);
	await start("spare", "portlight-test/busybox");
	browser = await launchBrowser();
	cleanUps.push(() => browser.close());
	server = await startVscodeServer({
		dataFolder: path.join(folder, "data"),
		extensionsFolder: path.join(folder, "extensions"),
		install: vsix,
		settings: {
			"workbench.colorTheme": "Default Dark Modern",
			"workbench.startupEditor": "none",
			"workbench.secondarySideBar.defaultVisibility": "hidden",
			"chat.disableAIFeatures": true,
		},
	});
	cleanUps.push(() => server.close());
});

after(async () => {
	for (const cleanUp of cleanUps.reverse()) await cleanUp();
});

test("containers of every kind, narrow and wide; filtered, grouped, stopped; removed after a question", { skip }, async (context) => {
	const window = await openWindow(context, browser, server, await copyExamples(path.join(folder, "mouse")), "flask/Dockerfile");
	await window.openContainers();

	await context.test("the filter follows the keys, from the button above the view", async () => {
		await window.container(full("alone")).waitFor();
		await window.button("Filter Containers").click();
		await window.input.fill("shop- 9000");
		await window.container(full("alone")).waitFor({ state: "detached" });
		await window.row("9000/tcp", "listens on 127.0.0.1 only").waitFor();
		await window.picture(path.join(pictures, "tree-filter-dark.png"));
		// Escape takes back what was typed.
		await window.press("Escape");
		await window.container(full("alone")).waitFor();
		await window.button("Filter Containers").click();
		await window.input.fill("shop-");
		await window.press("Enter");
	});

	await context.test("every row is there", async () => {
		await window.row("8001–8024/tcp", "live · not exposed · 24 ports").waitFor();
		await window.row("9999/udp", "exposed · nothing listens").waitFor();
		await window.row("no network", "has no IP address").waitFor();
		await window.widenSideBar(520);
		await window.picture(path.join(pictures, "tree-wide-dark.png"));
		await window.widenSideBar(200);
		await window.picture(path.join(pictures, "tree-narrow-dark.png"));
		await window.widenSideBar(420);
	});

	await context.test("stopped containers come by the toggle", async () => {
		await window.button("Show Stopped Containers").click();
		await window.container(full("old")).waitFor();
		await window.picture(path.join(pictures, "tree-stopped-dark.png"));
		await window.button("Hide Stopped Containers").click();
		await window.container(full("old")).waitFor({ state: "detached" });
	});

	await context.test("groups by the palette", async () => {
		await window.command("Portlight: Group Containers By");
		await window.entry("Network").click();
		await window.row(full("net"), "network, 1 container").waitFor();
		await window.picture(path.join(pictures, "tree-network-dark.png"));
		await window.command("Portlight: Group Containers By");
		await window.entry("Compose Project").click();
		await window.row("shop", "compose project, 3 containers").waitFor();
	});

	await context.test("what is folded stays folded and what is selected stays selected when containers change", async () => {
		const api = window.container(full("api"));
		await api.click();
		await window.press("ArrowLeft");
		await window.row("9999/udp", "exposed").waitFor({ state: "detached" });
		await docker("restart", full("web"));
		await docker("restart", full("api"));
		await window.row("80/tcp", "exposed · published").waitFor();
		await window.row("9999/udp", "exposed").waitFor({ state: "detached" });
		assert.equal(await api.getAttribute("aria-expanded"), "false");
		await window.selected(full("api")).waitFor();
	});

	await context.test("Remove asks first, and the row leaves", async () => {
		const spare = window.container(full("spare"));
		await window.choose(spare, "Remove Container…");
		const dialog = window.dialog(`Remove the container ${full("spare")}?`);
		await dialog.waitFor();
		await window.picture(path.join(pictures, "tree-remove-dark.png"));
		await dialog.getByRole("button", { name: "Cancel" }).click();
		await spare.waitFor();
		await window.choose(spare, "Remove Container…");
		await dialog.getByRole("button", { name: "Remove" }).click();
		await spare.waitFor({ state: "detached" });
	});
});

test("by keyboard alone: found, folded, its menu, a question before it is removed", { skip }, async (context) => {
	const window = await openWindow(context, browser, server, await copyExamples(path.join(folder, "keyboard")), "flask/Dockerfile");
	await window.command("Portlight: Focus on Containers View");
	const api = window.container(full("api"));
	await api.waitFor();
	// The first time there were no rows yet that could have the focus.
	await window.command("Portlight: Focus on Containers View");

	// VS Code's own search takes the focus to what it finds.
	await window.press("Home", "Control+Alt+KeyF");
	await window.find.waitFor();
	await window.find.fill(full("api"));
	await window.press("Enter", "Escape");
	await window
		.selected(full("api"))
		.or(window.focused(full("api")))
		.waitFor();
	await window.press("ArrowLeft");
	await window.row("9999/udp", "exposed").waitFor({ state: "detached" });
	await window.press("ArrowRight");
	await window.row("9999/udp", "exposed").waitFor();

	await window.press("Enter", "Shift+F10");
	await window.menuItem("Copy Container ID").waitFor();
	await window.picture(path.join(pictures, "tree-menu-dark.png"));
	await window.press("Escape", "Delete");
	const dialog = window.dialog(`Remove the container ${full("api")}?`);
	await dialog.waitFor();
	await window.press("Escape");
	await dialog.waitFor({ state: "detached" });
	await api.waitFor();
});
