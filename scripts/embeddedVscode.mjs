// A VS Code that needs no desktop: code-server's server build, shown in a browser. `npm start` opens it where there is
// no desktop VS Code, and the tests drive it with a headless Chromium. It is no dependency of the project, so it
// lives in the cache folder and not in node_modules.
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { cacheFolder } from "./folders.mjs";
import { npm } from "./processes.mjs";

/** code-server 4.139.1 is VS Code 1.139. PORTLIGHT_CODE_SERVER takes another one, such as the oldest that is supported. */
const VERSION = process.env.PORTLIGHT_CODE_SERVER || "4.139.1";

/**
 * Where the parts of the embedded VS Code are.
 * @typedef {object} EmbeddedVscode
 * @property {string} entry code-server's own entry, for people: options of `code-server --help`.
 * @property {string} serverMain VS Code's server, for tests: honours the payload that starts extension tests.
 */

/**
 * Installs the embedded VS Code on the first call (about 100 MB, no compiler) and finds it afterwards.
 * @param {(line: string) => void} say Told what is under way, on the first call only.
 * @returns {Promise<EmbeddedVscode>}
 * @throws When npm cannot install it, with npm's last words.
 */
export async function embeddedVscode(say) {
	const folder = path.join(cacheFolder, `code-server-${VERSION}`);
	const codeServer = path.join(folder, "node_modules", "code-server");
	const vscode = path.join(codeServer, "lib", "vscode");
	// Written last: without it an interrupted installation is taken up again.
	const stamp = path.join(folder, "complete");
	if (!existsSync(stamp)) {
		await mkdir(folder, { recursive: true });
		// npm climbs to the next package.json, which must not be Portlight's.
		await writeFile(path.join(folder, "package.json"), '{ "private": true }\n');
		// A lockfile of an interrupted attempt may name packages that never arrived.
		await rm(path.join(folder, "package-lock.json"), { force: true });
		say(`installing VS Code for the browser (code-server ${VERSION}) into ${path.relative(process.cwd(), folder) || folder}, once`);
		// Install scripts would compile native modules; VS Code runs without them, only its own log files are missing.
		const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
		await npm(["install", ...options, "--no-save", `code-server@${VERSION}`], folder, say);
		say("installing its server's packages");
		await npm(["install", ...options, "--omit=dev"], vscode, say);
		say("installing its built-in extensions' packages");
		await npm(["install", ...options, "--omit=dev"], path.join(vscode, "extensions"), say);
		await writeFile(stamp, `${VERSION}\n`);
	}
	return { entry: path.join(codeServer, "out", "node", "entry.js"), serverMain: path.join(vscode, "out", "server-main.js") };
}
