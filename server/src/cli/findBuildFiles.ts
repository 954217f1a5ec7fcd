import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { isComposeFileName } from "../compose/fileName.ts";
import { isDockerfileName } from "../dockerfile/fileName.ts";

/** Folders that hold other people's files. */
const SKIPPED = new Set(["node_modules", ".git", ".hg", ".svn", "vendor", ".venv", "__pycache__"]);

/**
 * The Dockerfiles and compose files at or below `path`, sorted. A file that is named counts whatever its name. Rejects when `path` cannot be
 * read; folders below it that cannot are left out. Links to folders are not followed, so that this ends.
 */
export async function findBuildFiles(path: string): Promise<string[]> {
	if (!(await stat(path)).isDirectory()) return [path];
	const found: string[] = [];
	await search(path, found, true);
	return found.sort();
}

async function search(folder: string, found: string[], mustRead: boolean): Promise<void> {
	let entries: Awaited<ReturnType<typeof list>>;
	try {
		entries = await list(folder);
	} catch (error) {
		if (mustRead) throw error;
		return;
	}
	for (const entry of entries) {
		if (entry.isDirectory() && !SKIPPED.has(entry.name)) await search(join(folder, entry.name), found, false);
		else if (
			(isDockerfileName(entry.name) || isComposeFileName(entry.name)) &&
			(entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(join(folder, entry.name)))))
		)
			found.push(join(folder, entry.name));
	}
}

async function leadsToFile(link: string): Promise<boolean> {
	try {
		return (await stat(link)).isFile();
	} catch {
		return false;
	}
}

function list(folder: string) {
	return readdir(folder, { withFileTypes: true });
}
