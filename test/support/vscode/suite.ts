import { readFile } from "node:fs/promises";
import path from "node:path";
import type { TestContext } from "node:test";
import * as esbuild from "esbuild";
import { outFolder, root } from "../../../scripts/folders.mjs";
import type { CaseResult } from "../../vscode/suite/harness.ts";

/** Bundles what runs in the extension host, which loads CommonJS. Answers the file that exports `run`. */
export async function bundleSuite(entry = "test/vscode/suite/index.ts", name = "suite.cjs"): Promise<string> {
	const outfile = path.join(outFolder, "test", name);
	await esbuild.build({
		entryPoints: [path.join(root, entry)],
		outfile,
		bundle: true,
		platform: "node",
		format: "cjs",
		external: ["vscode"],
		sourcemap: "inline",
		logLevel: "warning",
	});
	return outfile;
}

/** Makes every case of the extension host a test of this run. `output` is told where there is no case at all. */
export async function reportCases(context: TestContext, resultFile: string, output: string): Promise<void> {
	const lines = (await readFile(resultFile, "utf8").catch(() => "")).split("\n").filter(Boolean);
	if (lines.length === 0) throw new Error(`the extension host ran no test:\n${output}`);
	for (const line of lines) {
		const { name, outcome, error } = JSON.parse(line) as CaseResult;
		await context.test(name, () => {
			// The error as it was in the extension host; this process adds nothing to it.
			if (outcome === "failed") throw Object.assign(new Error(name), { stack: error });
		});
	}
}
