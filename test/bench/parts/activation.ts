import { readFile } from "node:fs/promises";
import path from "node:path";
import { findChromium } from "../../../scripts/chromium.mjs";
import { root } from "../../../scripts/folders.mjs";
import { launchBrowser } from "../../support/vscode/browser.ts";
import { endOfSuite } from "../../support/vscode/extensionHost.ts";
import { startVscodeServer } from "../../support/vscode/server.ts";
import { bundleSuite } from "../../support/vscode/suite.ts";
import type { Activation } from "../activationSuite.ts";
import { type Findings, median } from "../report.ts";
import type { Scale } from "../scale.ts";

/** What the extension costs the extension host of a VS Code that starts it: an embedded one, each time from the beginning. */
export async function activation(findings: Findings, { rounds }: Scale, folder: string): Promise<void> {
	if (findChromium() === undefined) return findings.skip("activation in VS Code", "no Chromium or Chrome is installed");
	const suite = await bundleSuite("test/bench/activationSuite.ts", "activation.cjs");
	const found: Activation[] = [];
	for (let round = 0; round < rounds; round++) {
		const result = path.join(folder, `activation-${round}.json`);
		const server = await startVscodeServer({
			dataFolder: path.join(folder, "data"),
			extensionsFolder: path.join(folder, "extensions"),
			env: { PORTLIGHT_BENCH_RESULT: result },
		});
		const browser = await launchBrowser();
		try {
			await endOfSuite(browser, server, { folder, extension: root, suite });
		} finally {
			await browser.close();
			await server.close();
		}
		found.push(JSON.parse(await readFile(result, "utf8")));
	}
	const middle = (of: keyof Activation) => median(found.map((one) => one[of]));
	findings.row({
		name: "activation: work of the extension host's main thread",
		unit: "ms",
		figures: { median: middle("work"), "loading code": middle("loading") },
		goal: { of: "median in ms", value: middle("work"), atMost: 20 },
	});
	findings.row({ name: "activation: until the server has started", unit: "ms", figures: { median: middle("total") } });
}
