import path from "node:path";
import type { TestContext } from "node:test";
import type { Browser } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import { startVscodeServer, type VscodeServer } from "./server.ts";
import { bundleSuite, reportCases } from "./suite.ts";
import { copyExamples, copyShop, temporaryFolder, unpackExtension } from "./workspace.ts";

/** Longer than the suite's own patience with one state, shorter than the runner's with the whole. */
const PATIENCE_MS = 200_000;

/**
 * Runs the suite in the extension host of the embedded VS Code, with the packaged extension, and reports its cases.
 * @param env Reaches the suite, the extension and its language server.
 */
export async function runInExtensionHost(context: TestContext, env: Readonly<Record<string, string>>): Promise<void> {
	const { folder, remove } = await temporaryFolder();
	context.after(remove);
	const suite = await bundleSuite();
	const extension = await unpackExtension(folder);
	const examples = await copyExamples(folder);
	await copyShop(examples);
	const results = path.join(folder, "results.jsonl");
	const server = await startVscodeServer({
		dataFolder: path.join(folder, "data"),
		extensionsFolder: path.join(folder, "extensions"),
		env: { ...env, PORTLIGHT_TEST_EXAMPLES: examples, PORTLIGHT_TEST_RESULTS: results },
	});
	context.after(() => server.close());
	const browser = await launchBrowser();
	context.after(() => browser.close());

	const said = await endOfSuite(browser, server, { folder: examples, extension, suite });
	await reportCases(context, results, [said, server.output()].join("\n"));
}

/** What the extension host is to load and run: `suite` exports `run`. */
export interface Suite {
	readonly folder: string;
	readonly extension: string;
	readonly suite: string;
}

/** Opens a window whose extension host runs the suite; answers what the window's console said when it has ended. */
export async function endOfSuite(browser: Browser, server: VscodeServer, { folder, extension, suite }: Suite): Promise<string> {
	const page = await browser.newPage();
	const said: string[] = [];
	page.on("console", (message) => said.push(message.text()));
	// VS Code calls these two where it finds them, when extension tests log and when they end.
	await page.exposeFunction("codeAutomationLog", () => {});
	const ended = new Promise<void>((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error(`the tests did not end:\n${said.join("\n")}`)), PATIENCE_MS);
		void page.exposeFunction("codeAutomationExit", () => {
			clearTimeout(timer);
			resolve();
		});
	});
	await page.goto(
		server.url(folder, [
			["extensionDevelopmentPath", server.uri(extension)],
			["extensionTestsPath", server.uri(suite)],
			["enableProposedApi", ""],
		]),
	);
	await ended.finally(() => page.close());
	return said.join("\n");
}
