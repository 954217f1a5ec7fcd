import { existsSync, globSync, realpathSync } from "node:fs";
import path from "node:path";
import type { TestContext } from "node:test";
import { runTests } from "@vscode/test-electron";
import { cacheFolder } from "../../../scripts/folders.mjs";
import { bundleSuite, reportCases } from "./suite.ts";
import { copyExamples, temporaryFolder, unpackExtension } from "./workspace.ts";

/** A VS Code to start, `download` for one to fetch, or why there is none. */
export type Desktop = { readonly executable: string } | { readonly download: true } | { readonly skip: string };

const downloads = path.join(cacheFolder, "vscode-test");

/** PORTLIGHT_VSCODE=desktop allows a download; else only what is on the machine is used. */
export function findDesktop(): Desktop {
	if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
		return { skip: "there is no display for a desktop VS Code" };
	const executable = installed() ?? downloaded();
	if (executable !== undefined) return { executable };
	if (process.env.PORTLIGHT_VSCODE === "desktop") return { download: true };
	return { skip: "there is no desktop VS Code; PORTLIGHT_VSCODE=desktop fetches one" };
}

/** `code` is a script beside the program; test-electron starts the program itself. */
function installed(): string | undefined {
	const script = process.platform === "win32" ? "code.cmd" : "code";
	const found = (process.env.PATH ?? "")
		.split(path.delimiter)
		.map((folder) => path.join(folder, script))
		.find((file) => existsSync(file));
	if (found === undefined) return undefined;
	const bin = path.dirname(realpathSync(found));
	const places = ["../code", "../Code.exe", "../../../MacOS/Electron", "../../../MacOS/Code"];
	return places.map((place) => path.resolve(bin, place)).find((file) => existsSync(file));
}

function downloaded(): string | undefined {
	return globSync(["vscode-*/code", "vscode-*/Code.exe", "vscode-*/*.app/Contents/MacOS/{Electron,Code}"], { cwd: downloads })
		.map((file) => path.join(downloads, file))
		.at(-1);
}

/** Runs the suite of the embedded VS Code in a desktop one, with the packaged extension. */
export async function runOnDesktop(
	context: TestContext,
	desktop: Exclude<Desktop, { skip: string }>,
	env: Readonly<Record<string, string>>,
): Promise<void> {
	const { folder, remove } = await temporaryFolder();
	context.after(remove);
	const results = path.join(folder, "results.jsonl");
	const examples = await copyExamples(folder);
	const folders = ["--user-data-dir", path.join(folder, "user"), "--extensions-dir", path.join(folder, "extensions")];
	// VS Code starts for root only without its sandbox, and in a folder of its own.
	const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
	await runTests({
		...("executable" in desktop ? { vscodeExecutablePath: desktop.executable } : { cachePath: downloads }),
		extensionDevelopmentPath: await unpackExtension(folder),
		extensionTestsPath: await bundleSuite(),
		extensionTestsEnv: { ...env, PORTLIGHT_TEST_EXAMPLES: examples, PORTLIGHT_TEST_RESULTS: results },
		launchArgs: [examples, "--disable-workspace-trust", ...folders, ...root],
	});
	await reportCases(context, results, "");
}
