import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { run } from "./run.ts";

/**
 * Unpacks Debian packages, with all that they depend on, below `root`. Nothing is installed on this machine. The files
 * are kept in the user's cache folder, so that only the first call needs the package mirror.
 */
export async function unpackDebs(packages: readonly string[], root: string): Promise<void> {
	const folder = await downloadDebs(packages);
	for (const file of await readdir(folder)) if (file.endsWith(".deb")) await run("dpkg-deb", ["--extract", path.join(folder, file), root]);
}

async function downloadDebs(packages: readonly string[]): Promise<string> {
	const caches = process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache");
	const folder = path.join(caches, "portlight-test", `debs-${packages.join("-")}`);
	if (existsSync(folder)) return folder;
	const partial = `${folder}.${process.pid}`;
	await mkdir(path.join(partial, "partial"), { recursive: true });
	try {
		await download(packages, partial);
		await rm(path.join(partial, "partial"), { recursive: true, force: true });
		await rename(partial, folder);
	} catch (error) {
		await rm(partial, { recursive: true, force: true });
		if (!existsSync(folder)) throw error; // else another process was faster
	}
	return folder;
}

async function download(packages: readonly string[], folder: string): Promise<void> {
	// With an empty list of what is installed, apt resolves everything down to the C library.
	const status = path.join(folder, "status");
	await writeFile(status, "");
	const install = ["install", "--yes", "--download-only", "--no-install-recommends"];
	const options = [`Dir::State::status=${status}`, `Dir::Cache::archives=${folder}`, "Debug::NoLocking=1"].flatMap((option) => [
		"-o",
		option,
	]);
	try {
		await run("apt-get", [...install, ...options, ...packages]);
	} catch (error) {
		if (process.getuid?.() !== 0) throw error;
		// A bare image comes without lists of packages, an old one with outdated ones.
		await run("apt-get", ["update"]);
		await run("apt-get", [...install, ...options, ...packages]);
	}
}
