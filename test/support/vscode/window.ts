import path from "node:path";
import type { TestContext } from "node:test";
import type { Browser, Locator, Page } from "playwright-core";
import { outFolder } from "../../../scripts/folders.mjs";
import type { VscodeServer } from "./server.ts";

/** One window of VS Code, by what people see in it. White space in texts is single blanks: hints draw theirs wider. */
export interface VscodeWindow {
	/** A line of the editor with everything drawn into it, hints too. */
	line(text: string): Locator;
	lineWithout(text: string, missing: string): Locator;
	/** The editor from top to bottom. */
	editorText(): Promise<string[]>;
	/** A text of its own above a line. */
	lens(text: string): Locator;
	/** Puts the cursor on the line and opens the menu of fixes. */
	openQuickFixes(line: string): Promise<void>;
	quickFix(title: string): Locator;
	/** A piece of a line that is drawn in one go: a word of one colour, a part of a hint. */
	piece(text: string): Locator;
	/** Clicks on a piece with the key that leads to definitions, until the file is shown. */
	follow(text: string, file: string): Promise<void>;
	/** Puts the cursor into a piece, so many characters behind its start. */
	putCursor(text: string, characters: number): Promise<void>;
	/** The input of F2. */
	readonly renameInput: Locator;
	/** What is shown where the pointer rests in the editor. */
	readonly hover: Locator;
	openContainers(): Promise<void>;
	row(label: string, description: string): Locator;
	/** The rows of the Containers view from top to bottom: label and description. */
	rows(): Promise<string[]>;
	/** The row of a container, whatever stands behind its name. */
	container(label: string): Locator;
	/** The same, when it is selected. */
	selected(label: string): Locator;
	/** The same, when the keys go to it. */
	focused(label: string): Locator;
	/** The search in a tree. */
	readonly find: Locator;
	/** An item of the menu that is open. */
	menuItem(title: string): Locator;
	/** Runs a command by its title in the palette. */
	command(title: string): Promise<void>;
	/** A button above the Containers view, or in one of its rows. */
	button(title: string, row?: Locator): Locator;
	/** Opens the row's menu and chooses the item. */
	choose(row: Locator, item: string): Promise<void>;
	/** The input below the window's title: filter, pickers, the palette. */
	readonly input: Locator;
	/** An entry of a picker. */
	entry(text: string): Locator;
	/** The box before an entry of a picker of several, by its label. */
	checkbox(label: string): Locator;
	/** Presses OK in a picker of several. */
	accept(): Promise<void>;
	/** A modal dialog with these words. */
	dialog(text: string): Locator;
	press(...keys: string[]): Promise<void>;
	/** Drags the side bar's edge until it is that many pixels wide. */
	widenSideBar(width: number): Promise<void>;
	/** What the status bar says of the engine. */
	engineStatus(text: string): Locator;
	/** The words of the Containers view where it has no rows. */
	welcome(text: string): Locator;
	/** Puts the cursor where it hides nothing. */
	goToTop(): Promise<void>;
	picture(file: string): Promise<void>;
	/** With what is shown where the pointer rests. */
	pictureWithHover(file: string): Promise<void>;
	/** The lines of the editor and no more, and what is drawn over them where a selector names it. */
	pictureOfEditor(file: string, over?: string): Promise<void>;
	/** The rows of the Containers view and no more. */
	pictureOfContainers(file: string): Promise<void>;
}

export interface Look {
	readonly width?: number;
	readonly height?: number;
	/** Heeded where `window.autoDetectColorScheme` is on. */
	readonly colorScheme?: "light" | "dark";
	/** Pixels of a picture for one of the window. */
	readonly scale?: number;
	/** The display language that extensions are told; VS Code's own words stay English without a language pack. */
	readonly language?: string;
}

const SIZE = { width: 1200, height: 720 };
/** Below the last line of a picture of a part. */
const MARGIN = 10;
const PATIENCE_MS = 30_000;
const KEY_PATIENCE_MS = 3000;

/** Opens the folder, and the file in it, in a browser page that is closed after the test. */
export async function openWindow(
	context: Pick<TestContext, "name" | "after">,
	browser: Browser,
	server: VscodeServer,
	folder: string,
	file: string,
	{ colorScheme = "light", scale = 1, language, ...size }: Look = {},
): Promise<VscodeWindow> {
	// A context of its own: no window remembers another one's layout.
	const isolated = await browser.newContext({ viewport: { ...SIZE, ...size }, colorScheme, deviceScaleFactor: scale });
	const page = await isolated.newPage();
	page.setDefaultTimeout(PATIENCE_MS);
	// As the messages of a language pack do it.
	if (language !== undefined) await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)}`);
	context.after(async () => {
		// Node has `passed` since 22, its types have not.
		if ("passed" in context && !context.passed)
			await page.screenshot({ path: path.join(outFolder, "pictures", `failed ${context.name.replace(/\W+/g, " ")}.png`) });
	});
	context.after(() => isolated.close());
	await page.goto(server.url(folder, [["openFile", server.uri(path.join(folder, file))]]));
	await page.locator(".monaco-editor .view-line").first().waitFor();
	return windowOf(page);
}

function windowOf(page: Page): VscodeWindow {
	const view = page.locator('[id="workbench.view.extension.portlight"]');
	const lines = page.locator(".monaco-editor .view-line");
	const menuItem = (title: string) => page.locator(".monaco-menu .action-menu-item", { has: page.getByText(title, { exact: true }) });
	const activeTab = page.locator(".tab.active");
	const piece = (text: string) => lines.locator("span > span").getByText(text, { exact: true }).first();
	const input = page.locator(".quick-input-widget input").filter({ visible: true });
	return {
		line: (text) => lines.filter({ hasText: text }),
		lineWithout: (text, missing) => lines.filter({ hasText: text, hasNotText: missing }),
		editorText: () => textsFromTop(lines, []),
		lens: (text) => page.locator(".codelens-decoration", { hasText: text }),
		async openQuickFixes(line) {
			await page.locator(".squiggly-info, .squiggly-warning").first().waitFor();
			await lines.filter({ hasText: line }).click({ position: { x: 10, y: 8 } });
			const menu = page.locator(".action-widget .action").first();
			// Too early after the start the key does nothing, and nothing on the screen says so: press until it does.
			for (let patience = PATIENCE_MS; patience > 0 && !(await menu.isVisible()); patience -= KEY_PATIENCE_MS) {
				await page.keyboard.press("Control+.");
				await menu.waitFor({ timeout: KEY_PATIENCE_MS }).catch(() => {});
			}
		},
		quickFix: (title) => page.locator(".action-widget .action", { hasText: title }),
		piece,
		async follow(text, file) {
			const tab = activeTab.filter({ hasText: file });
			// The editor learns that a part of a hint leads somewhere while the key is held and the pointer moves.
			for (let patience = PATIENCE_MS; patience > 0 && !(await tab.isVisible()); patience -= KEY_PATIENCE_MS) {
				await piece(text).hover({ position: { x: 4, y: 8 } });
				await page.keyboard.down("Control");
				await piece(text).hover({ position: { x: 12, y: 8 } });
				await page.mouse.down();
				await page.mouse.up();
				await page.keyboard.up("Control");
				await tab.waitFor({ timeout: KEY_PATIENCE_MS }).catch(() => {});
			}
		},
		async putCursor(text, characters) {
			await piece(text).click({ position: { x: 1, y: 8 } });
			for (let i = 0; i < characters; i++) await page.keyboard.press("ArrowRight");
		},
		renameInput: page.locator(".rename-box input"),
		hover: page.locator(".monaco-hover").filter({ visible: true }),
		pictureWithHover: async (file) => void (await page.screenshot({ path: file })),
		async openContainers() {
			await page.locator('.activitybar [aria-label^="Portlight"]').first().click();
			await view.waitFor();
		},
		row: (label, description) =>
			view
				.locator(".monaco-list-row")
				.filter({ has: page.locator(".label-name", { hasText: label }) })
				.filter({ has: page.locator(".label-description", { hasText: description }) }),
		rows: () => textsFromTop(view.locator(".monaco-list-row"), [".label-name", ".label-description"]),
		container: (label) => view.locator(".monaco-list-row").filter({ has: page.locator(".label-name").getByText(label, { exact: true }) }),
		selected: (label) =>
			view.locator('.monaco-list-row[aria-selected="true"]').filter({ has: page.locator(".label-name").getByText(label, { exact: true }) }),
		focused: (label) =>
			view.locator(".monaco-list-row.focused").filter({ has: page.locator(".label-name").getByText(label, { exact: true }) }),
		find: view.locator(".monaco-tree-type-filter input, .monaco-findInput input").first(),
		menuItem,
		async command(title) {
			const entry = page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first();
			// The palette does not learn of commands that extensions bring while it is open: open it until the command is there.
			for (let patience = PATIENCE_MS; patience > 0; patience -= KEY_PATIENCE_MS) {
				await page.keyboard.press("F1");
				await input.waitFor();
				await input.fill(`>${title}`);
				if (await appears(entry)) break;
				await page.keyboard.press("Escape");
			}
			await page.keyboard.press("Enter");
		},
		button: (title, row) =>
			(row ?? page.locator(".pane-header, .composite.title").filter({ visible: true }))
				.locator(`.action-label[aria-label^="${title}"]`)
				.first(),
		async choose(row, item) {
			await row.click({ button: "right" });
			const menu = menuItem(item);
			await menu.waitFor();
			// The menu ignores a mouse that is up too soon after it opened.
			await menu.hover();
			await menu.click({ delay: 50 });
		},
		input,
		entry: (text) => page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first(),
		checkbox: (label) =>
			page
				.locator(".quick-input-list .monaco-list-row")
				.filter({ has: page.locator(".label-name").getByText(label, { exact: true }) })
				.locator(".monaco-checkbox, input[type=checkbox]")
				.first(),
		accept: () => page.locator(".quick-input-widget .monaco-button", { hasText: "OK" }).click(),
		dialog: (text) => page.locator(".monaco-dialog-box", { hasText: text }),
		async press(...keys) {
			for (const key of keys) await page.keyboard.press(key);
		},
		async widenSideBar(width) {
			const box = await page.locator(".part.sidebar").boundingBox();
			if (box === null) throw new Error("there is no side bar");
			await page.mouse.move(box.x + box.width, box.y + 300);
			await page.mouse.down();
			await page.mouse.move(box.x + width, box.y + 300, { steps: 5 });
			await page.mouse.up();
		},
		engineStatus: (text) => page.locator('.statusbar-item[id*="portlight.engine"]', { hasText: text }),
		welcome: (text) => view.locator(".welcome-view-content").getByText(text, { exact: true }),
		async goToTop() {
			await lines.first().click({ position: { x: 10, y: 8 } });
			await page.keyboard.press("Control+Home");
			await page.locator(".lightBulbWidget:visible").waitFor({ state: "hidden" });
		},
		async picture(file) {
			// No hover: it follows the pointer, and one of a button that is gone stays until the pointer moves again.
			await page.mouse.move(SIZE.width / 2, SIZE.height / 2, { steps: 2 });
			await page.screenshot({ path: file, style: ".workbench-hover { display: none !important }" });
		},
		async pictureOfEditor(file, over) {
			const around = page.locator(".editor-instance .overflow-guard").first();
			await pictureOf(file, around, over === undefined ? lines : lines.or(page.locator(over)));
		},
		pictureOfContainers: (file) => pictureOf(file, view.locator(".monaco-list"), view.locator(".monaco-list-row")),
	};

	/** As wide as one thing, from its top to the bottom of the others. */
	async function pictureOf(file: string, around: Locator, others: Locator): Promise<void> {
		const [box, ...boxes] = await Promise.all([around, ...(await others.all())].map((one) => one.boundingBox()));
		if (!box) throw new Error("there is nothing to take a picture of");
		const bottom = Math.max(...boxes.map((other) => (other === null ? 0 : other.y + other.height)));
		await page.mouse.move(box.x + box.width - 2, page.viewportSize()?.height ?? 0);
		const style = ".workbench-hover, .decorationsOverviewRuler { display: none !important }";
		await page.screenshot({ path: file, clip: { ...box, height: bottom - box.y + MARGIN }, style });
	}
}

async function appears(element: Locator): Promise<boolean> {
	return element.waitFor({ timeout: KEY_PATIENCE_MS }).then(
		() => true,
		() => false,
	);
}

/** The elements' texts, or those of their parts. Lists draw rows in any order: where one stands says which is first. */
async function textsFromTop(elements: Locator, parts: readonly string[]): Promise<string[]> {
	const found = await elements.evaluateAll(
		(all, selectors) =>
			all
				.map((element) => ({
					top: element.getBoundingClientRect().top,
					texts: selectors.length === 0 ? [element.textContent] : selectors.map((part) => element.querySelector(part)?.textContent ?? ""),
				}))
				.sort((a, b) => a.top - b.top)
				.map(({ texts }) => texts.join(" ")),
		parts,
	);
	return found.map(oneBlank);
}

function oneBlank(text: string): string {
	return text.replace(/\s+/g, " ").trim();
}
