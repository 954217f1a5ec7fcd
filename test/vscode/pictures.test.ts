/** A browser that clicks through the packaged, installed extension, light and dark, and leaves pictures in out/pictures. */
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { outFolder } from "../../scripts/folders.mjs";
import { launchBrowser } from "../support/vscode/browser.ts";
import { seedContainers } from "../support/vscode/seed.ts";
import { startVscodeServer, type VscodeServer } from "../support/vscode/server.ts";
import { openWindow } from "../support/vscode/window.ts";
import { copyExamples, temporaryFolder, vsix } from "../support/vscode/workspace.ts";

const pictures = path.join(outFolder, "pictures");
const cleanUps: (() => Promise<void>)[] = [];
let folder: string;
let browser: Browser;
let seeded: Awaited<ReturnType<typeof seedContainers>>;

before(async () => {
	const temporary = await temporaryFolder();
	folder = temporary.folder;
	cleanUps.push(temporary.remove);
	await mkdir(pictures, { recursive: true });
	seeded = await seedContainers();
	if ("remove" in seeded) cleanUps.push(seeded.remove);
	browser = await launchBrowser();
	cleanUps.push(() => browser.close());
});

after(async () => {
	for (const cleanUp of cleanUps.reverse()) await cleanUp();
});

for (const { name, theme } of [
	{ name: "light", theme: "Default Light Modern" },
	{ name: "dark", theme: "Default Dark Modern" },
]) {
	test(`in ${name}`, async (context) => {
		const server = await startServer(name, theme, {});

		await context.test("the Flask Dockerfile, its quick fix, and the fixed file", async (inner) => {
			const window = await openWindow(inner, browser, server, await copyExamples(path.join(folder, name)), "flask/Dockerfile");
			const evidence = `app.py:${await listenLine()}`;
			await window.line(`CMD ["python", "app.py"]⇢ 80/tcp ${evidence} not exposed`).waitFor();
			await window.picture(path.join(pictures, `hint-${name}.png`));

			await window.openQuickFixes("CMD");
			await window.quickFix("Add EXPOSE 80").waitFor();
			await window.picture(path.join(pictures, `quick-fix-${name}.png`));

			await window.quickFix("Add EXPOSE 80").click();
			await window.line(`EXPOSE 80✓ ${evidence}`).waitFor();
			await window.lineWithout("CMD", "not exposed").waitFor();
			assert.deepEqual((await window.editorText()).slice(4, 6), [`EXPOSE 80✓ ${evidence}`, `CMD ["python", "app.py"]⇢ 80/tcp ${evidence}`]);
			await window.goToTop();
			await window.picture(path.join(pictures, `fixed-${name}.png`));
		});

		await context.test("the containers flask and web in the tree", async (inner) => {
			if ("skip" in seeded) return inner.skip(seeded.skip);
			const window = await openWindow(inner, browser, server, await copyExamples(path.join(folder, `${name}-tree`)), "flask/Dockerfile");
			await window.openContainers();
			await window.row("80/tcp", "live · not exposed").waitFor();
			await window.row("80/tcp", "exposed · live").waitFor();
			const rows = await window.rows();
			assert.match(rowsOf(rows, "flask"), /^(\d+\.){3}\d+ bridge\n80\/tcp live · not exposed( \S.*)?$/);
			assert.match(rowsOf(rows, "web"), /^(\d+\.){3}\d+ bridge\n80\/tcp exposed · live( \S.*)?$/);
			await window.picture(path.join(pictures, `containers-${name}.png`));
		});
	});
}

test("without an engine the view says what is and what to do", async (context) => {
	const nowhere = `unix://${path.join(folder, "no-such-engine.sock")}`;
	const server = await startServer("no-engine", "Default Light Modern", { DOCKER_HOST: nowhere });
	const window = await openWindow(context, browser, server, await copyExamples(path.join(folder, "no-engine")), "flask/Dockerfile");
	await window.openContainers();
	await window.welcome("No container engine was found.").waitFor();
	await window.welcome("Retry").waitFor();
	await window.engineStatus("Docker: default, no container engine").waitFor();
	await window.picture(path.join(pictures, "no-engine-light.png"));
});

async function startServer(name: string, theme: string, env: Record<string, string>): Promise<VscodeServer> {
	const dataFolder = path.join(folder, name, "data");
	const extensionsFolder = path.join(folder, name, "extensions");
	const server = await startVscodeServer({ dataFolder, extensionsFolder, install: vsix, env, settings: settings(theme) });
	cleanUps.push(() => server.close());
	return server;
}

/** Without what would draw the eye away from Portlight, or differ from day to day. */
function settings(theme: string): Record<string, unknown> {
	return {
		"workbench.colorTheme": theme,
		"workbench.startupEditor": "none",
		"workbench.secondarySideBar.defaultVisibility": "hidden",
		"editor.minimap.enabled": false,
		"editor.cursorBlinking": "solid",
		"chat.disableAIFeatures": true,
		// Whether a container of this image runs is another test's business.
		"portlight.hints.live": false,
	};
}

async function listenLine(): Promise<number> {
	const source = await readFile(path.join(folder, "light", "examples", "flask", "app.py"), "utf8");
	return source.split("\n").findIndex((line) => line.includes("app.run(")) + 1;
}

/** The two rows below the container's own. */
function rowsOf(rows: readonly string[], container: string): string {
	const at = rows.findIndex((row) => row.startsWith(`${container} `));
	return rows.slice(at + 1, at + 3).join("\n");
}
