/** Every state of an engine as people meet it: Docker contexts that lead to engines, to nothing and to something else; pictures in out/pictures. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { outFolder } from "../../scripts/folders.mjs";
import { engineHandler, serve, serveSockets } from "../support/engine/fakeEngine.ts";
import { launchBrowser } from "../support/vscode/browser.ts";
import { startVscodeServer, type VscodeServer } from "../support/vscode/server.ts";
import { openWindow } from "../support/vscode/window.ts";
import { copyExamples, temporaryFolder, vsix } from "../support/vscode/workspace.ts";

const pictures = path.join(outFolder, "pictures");
const cleanUps: (() => Promise<void>)[] = [];
let folder: string;
let browser: Browser;
let server: VscodeServer;
/** Docker's folder. */
let config: string;
let hungEndpoint: string;

/** What `docker context create` writes. */
async function createContext(config: string, name: string, host: string, description: string): Promise<void> {
	const meta = path.join(config, "contexts", "meta", createHash("sha256").update(name).digest("hex"));
	await mkdir(meta, { recursive: true });
	const facts = { Name: name, Metadata: { Description: description }, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } };
	await writeFile(path.join(meta, "meta.json"), JSON.stringify(facts));
}

before(async () => {
	const temporary = await temporaryFolder();
	folder = temporary.folder;
	cleanUps.push(temporary.remove);
	await mkdir(pictures, { recursive: true });
	const engine = await serve(engineHandler(() => ({})));
	const page = await serve((_, response) => response.end("<!doctype html><title>It works!</title>"));
	const locked = await serve((_, response) => response.writeHead(403).end());
	const hung = await serveSockets(() => {});
	cleanUps.push(engine.close, page.close, locked.close, hung.close);
	config = path.join(folder, "docker");
	hungEndpoint = hung.endpoint;
	await createContext(config, "nowhere", `unix://${folder}/none.sock`, "A machine that was switched off");
	await createContext(config, "empty", engine.endpoint, "An engine without containers");
	await createContext(config, "page", page.endpoint, "A web server");
	await createContext(config, "locked", locked.endpoint, "Somebody else's engine");
	await createContext(config, "far", "tcp://127.0.0.1:1", "An engine on another machine");
	await writeFile(path.join(config, "config.json"), JSON.stringify({ currentContext: "nowhere" }));
	browser = await launchBrowser();
	cleanUps.push(() => browser.close());
	server = await startVscodeServer({
		dataFolder: path.join(folder, "data"),
		extensionsFolder: path.join(folder, "extensions"),
		install: vsix,
		env: { DOCKER_CONFIG: config, DOCKER_HOST: "", DOCKER_CONTEXT: "" },
		settings: {
			"workbench.colorTheme": "Default Light Modern",
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

test("an engine is chosen among contexts, and every state has its words", async (context) => {
	const window = await openWindow(context, browser, server, await copyExamples(path.join(folder, "workspace")), "flask/Dockerfile");
	await window.openContainers();

	/** Checks or unchecks these contexts. */
	async function choose(...names: string[]): Promise<void> {
		await window.command("Portlight: Choose Engine");
		for (const name of names) await window.checkbox(name).click();
		await window.accept();
	}

	await context.test("the current context leads nowhere: what was tried is told", async () => {
		await window.welcome("No container engine was found.").waitFor();
		await window.engineStatus("nowhere, no container engine").click();
		const dialog = window.dialog("Container Engine");
		await dialog.getByText(`Container engine nowhere: no container engine`).waitFor();
		await window.picture(path.join(pictures, "engine-details-light.png"));
		await dialog.getByRole("button", { name: "Choose Engine…" }).click();
		await window.entry("An engine without containers").waitFor();
		await window.picture(path.join(pictures, "choose-engine-light.png"));
		await window.press("Escape");
	});

	let before = "nowhere";
	for (const [name, words] of [
		["page", "Something answers where the container engine should be, but it is not Docker."],
		["locked", "The container engine is there, but you have no permission to use its socket."],
		["far", "The container engine on another machine cannot be used."],
		["empty", "No containers are running."],
	] as const) {
		await context.test(`${name}: ${words}`, async () => {
			await choose(before, name);
			before = name;
			await window.welcome(words).waitFor();
			await window.picture(path.join(pictures, `engine-${name}-light.png`));
		});
	}

	await context.test("several are roots, and the one that is away says so below its own", async () => {
		await choose("page");
		await window.container("no containers are running").waitFor();
		await window.engineStatus("2 engines, 1 not connected").waitFor();
		await window.row("page", "not Docker").waitFor();
		await window.picture(path.join(pictures, "engines-light.png"));
		assert.equal((await window.rows()).length, 4);
	});

	await context.test("hung: The container engine does not answer.", async () => {
		// Only now: the picker waits a few seconds for an engine that hangs.
		await createContext(config, "hung", hungEndpoint, "An engine that hangs");
		await choose("page", "empty", "hung");
		await window.welcome("The container engine does not answer.").waitFor();
		await window.picture(path.join(pictures, "engine-hung-light.png"));
	});
});
