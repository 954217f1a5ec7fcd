import path from "node:path";
import type { TestContext } from "node:test";
import { launchBrowser } from "./browser.ts";
import { startVscodeServer } from "./server.ts";
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
		server.url(examples, [
			["extensionDevelopmentPath", server.uri(extension)],
			["extensionTestsPath", server.uri(suite)],
			["enableProposedApi", ""],
		]),
	);
	await ended.finally(() => page.close());
	await reportCases(context, results, [...said, server.output()].join("\n"));
}
