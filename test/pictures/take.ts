/**
 * `npm run pictures`: takes the pictures of README and docs, light and dark, into docs/pictures, and draws the icon. They
 * show the packaged extension in a real VS Code and containers of a real engine. Needs what the tests of VS Code need, and
 * the engine. `npm run pictures -- editor` takes only some: editor, containers, icon.
 */
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import type { Browser } from "playwright-core";
import { outFolder, root } from "../../scripts/folders.mjs";
import { capture } from "../../scripts/processes.mjs";
import { lab } from "../support/engine/containers.ts";
import { launchBrowser } from "../support/vscode/browser.ts";
import { startVscodeServer } from "../support/vscode/server.ts";
import { type Look, openWindow } from "../support/vscode/window.ts";
import { copyExamples, copyShop, temporaryFolder, vsix } from "../support/vscode/workspace.ts";

/** Two pixels for each of the picture: README shows it at half its size, sharp on every screen. */
const SHARP = { scale: 2 } as const;
const EDITOR: Look = { ...SHARP, width: 700, height: 460 };
const VIEW: Look = { ...SHARP, width: 1100, height: 620 };
const pictures = path.join(root, "docs", "pictures");

const SETTINGS = {
	"window.autoDetectColorScheme": true,
	"workbench.startupEditor": "none",
	"workbench.secondarySideBar.defaultVisibility": "hidden",
	"workbench.statusBar.visible": false,
	"workbench.layoutControl.enabled": false,
	"window.commandCenter": false,
	"breadcrumbs.enabled": false,
	"editor.minimap.enabled": false,
	"editor.cursorBlinking": "solid",
	"editor.padding.top": 8,
	"editor.renderLineHighlight": "none",
	"editor.renderFinalNewline": "off",
	"editor.occurrencesHighlight": "off",
	"editor.overviewRulerLanes": 0,
	"editor.scrollbar.vertical": "hidden",
	"editor.overviewRulerBorder": false,
	"editor.hideCursorInOverviewRuler": true,
	"chat.disableAIFeatures": true,
	"portlight.hints.live": false,
};

/** The compose project of the containers in the picture. */
const PROJECT = "bakery";

type Scheme = "light" | "dark";
type Cleaner = (cleanUp: () => Promise<unknown>) => void;

const cleanUps: (() => Promise<unknown>)[] = [];
try {
	await take((cleanUp) => cleanUps.push(cleanUp));
} finally {
	for (const cleanUp of cleanUps.reverse()) await cleanUp();
}

async function take(later: Cleaner): Promise<void> {
	const wanted = process.argv.slice(2);
	const { code, output } = await capture(process.execPath, [path.join(root, "scripts/package.mjs"), "--out", vsix], { cwd: root });
	if (code !== 0) throw new Error(output);
	await mkdir(pictures, { recursive: true });
	await mkdir(path.join(outFolder, "pictures"), { recursive: true });
	const { folder, remove } = await temporaryFolder();
	later(remove);
	const browser = await launchBrowser();
	later(() => browser.close());
	if (wanted.length === 0 || wanted.includes("icon")) await drawIcon(browser);
	for (const [name, takeThem] of Object.entries({ editor: takeEditor, containers: takeContainers }))
		if (wanted.length === 0 || wanted.includes(name))
			for (const scheme of ["light", "dark"] as const) await takeThem(browser, path.join(folder, name, scheme), scheme);
}

/** The extension's icon: the Marketplace takes no SVG. */
async function drawIcon(browser: Browser): Promise<void> {
	const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
	await page.setContent(
		`<style>body { margin: 0 } svg { display: block }</style>${await readFile(path.join(root, "media/icon.svg"), "utf8")}`,
	);
	await page.screenshot({ path: path.join(root, "media/icon.png"), omitBackground: true });
	await page.close();
}

/** Hints, and the way from a finding to its repair. */
async function takeEditor(browser: Browser, folder: string, scheme: Scheme): Promise<void> {
	await inVscode(folder, { DOCKER_HOST: `unix://${path.join(folder, "no-engine.sock")}` }, async (server, later) => {
		const open = (workspace: string, file: string, look = EDITOR) =>
			openWindow({ name: file, after: later }, browser, server, workspace, file, { ...look, colorScheme: scheme });

		const examples = await copyExamples(folder);
		const express = await open(examples, "express/Dockerfile");
		await express.press("Control+b");
		await express.line("EXPOSE 8080✗ nothing listens").waitFor();
		await express.line('CMD ["npm", "start"]⇢').waitFor();
		await express.lens("Listens on 3000/tcp").waitFor();
		await express.pictureOfEditor(path.join(pictures, `hints-${scheme}.png`));

		const flask = await open(examples, "flask/Dockerfile");
		await flask.press("Control+b");
		await flask.lens("Listens on 80/tcp").waitFor();
		await flask.openQuickFixes("CMD");
		await flask.quickFix("Add EXPOSE 80").waitFor();
		await flask.pictureOfEditor(path.join(pictures, `fix-${scheme}.png`), ".action-widget");
		await flask.quickFix("Add EXPOSE 80").click();
		await flask.line("EXPOSE 80✓").waitFor();
		await flask.goToTop();
		await flask.pictureOfEditor(path.join(pictures, `fixed-${scheme}.png`));

		const shop = await open(await copyShop(folder), "compose.yaml", { ...EDITOR, height: 560 });
		await shop.press("Control+b");
		await shop.line('- "8080:80"→ web listens on 5000/tcp, not 80').waitFor();
		await shop.pictureOfEditor(path.join(pictures, `compose-${scheme}.png`));
	});
}

/** The Containers view, with containers of a small shop. Those of others are filtered away. */
async function takeContainers(browser: Browser, folder: string, scheme: Scheme): Promise<void> {
	await inVscode(folder, {}, async (server, later) => {
		later(await startShop());
		const look = { ...VIEW, colorScheme: scheme };
		const window = await openWindow(
			{ name: "containers", after: later },
			browser,
			server,
			await copyExamples(folder),
			"flask/Dockerfile",
			look,
		);
		await window.openContainers();
		await window.widenSideBar(640);
		await window.button("Filter Containers").click();
		await window.input.fill(PROJECT);
		await window.press("Enter");
		await window.row("80/tcp", "published 127.0.0.1:8080").waitFor();
		await window.row("80/tcp", "live · not exposed").waitFor();
		await window.row("9000/tcp", "listens on 127.0.0.1 only").waitFor();
		await window.pictureOfContainers(path.join(pictures, `containers-${scheme}.png`));
	});
}

async function startShop(): Promise<() => Promise<void>> {
	const { start, full, network, removeAll } = lab(`${PROJECT}_`);
	await removeAll();
	const inNetwork = ["--network", full("default")];
	await network("default");
	const service = (name: string) => [
		...inNetwork,
		...["--label", `com.docker.compose.project=${PROJECT}`, "--label", `com.docker.compose.service=${name}`],
	];
	const httpd = (on: string) => ["httpd", "-f", "-p", on, "-h", "/www"];
	await start("web", { of: "web:exposed", as: "bakery/web" }, [...service("web"), "--publish", "127.0.0.1:8080:80"]);
	await start("orders", { of: "webapp:noexpose", as: "bakery/orders" }, service("orders"));
	await start("search", { of: "portlight-test/wrong-expose", as: "bakery/search" }, service("search"));
	const admin = { of: "portlight-test/busybox", as: "bakery/admin" } as const;
	await start("admin", admin, [...service("admin"), "--publish", "127.0.0.1:9000:9000"], httpd("127.0.0.1:9000"));
	return removeAll;
}

async function inVscode(
	folder: string,
	env: Readonly<Record<string, string>>,
	use: (server: Awaited<ReturnType<typeof startVscodeServer>>, later: Cleaner) => Promise<void>,
): Promise<void> {
	const closers: (() => Promise<unknown>)[] = [];
	try {
		const server = await startVscodeServer({
			dataFolder: path.join(folder, "data"),
			extensionsFolder: path.join(folder, "extensions"),
			install: vsix,
			env,
			settings: SETTINGS,
		});
		closers.push(() => server.close());
		await use(server, (cleanUp) => closers.push(cleanUp));
	} finally {
		for (const close of closers.reverse()) await close();
	}
}
