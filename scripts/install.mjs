// Brings node_modules in step with the lockfile, then goes on under the Node that it holds. What runs before that is
// plain JavaScript for Node 20, without dependencies.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./folders.mjs";
import { npm, run } from "./processes.mjs";

const modules = path.join(root, "node_modules");
const node24 = path.join(modules, "node", "bin", process.platform === "win32" ? "node.exe" : "node");

/**
 * Installs what is missing and makes sure that the caller runs under Node 24: where it does not, the script is started
 * again and this process ends with its exit code.
 */
export async function prepare() {
	if (!upToDate()) {
		console.log("Installing dependencies (npm ci)");
		await npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"], root, (line) => console.log(`  ${line}`));
		// npm 11 and later install the package and may skip its script, which fetches the binary.
		if (!existsSync(node24)) await npm(["rebuild", "node"], root, (line) => console.log(`  ${line}`));
	}
	const bin = path.join(modules, ".bin");
	if (!process.env.PATH?.split(path.delimiter).includes(bin)) process.env.PATH = `${bin}${path.delimiter}${process.env.PATH ?? ""}`;
	if (Number.parseInt(process.versions.node, 10) >= 24) return;
	// The terminal sends Ctrl-C to both; the parent only waits for its child.
	process.on("SIGINT", () => {});
	const args = [...process.execArgv, ...process.argv.slice(1)];
	process.exit(await run(node24, args));
}

/** Whether node_modules holds every package of the lockfile in its version. npm writes its own list last. */
function upToDate() {
	const installed = packagesOf(path.join(modules, ".package-lock.json"));
	if (installed === undefined || !existsSync(node24)) return false;
	const wanted = packagesOf(path.join(root, "package-lock.json")) ?? {};
	return Object.entries(wanted).every(
		([folder, { version, optional, devOptional, link }]) =>
			folder === "" ||
			link === true ||
			installed[folder]?.version === version ||
			// Binaries for other platforms are not there.
			((optional === true || devOptional === true) && installed[folder] === undefined),
	);
}

function packagesOf(file) {
	if (!existsSync(file)) return undefined;
	try {
		return JSON.parse(readFileSync(file, "utf8")).packages;
	} catch {
		// Cut off while it was written.
		return undefined;
	}
}
