import { URI, Utils } from "vscode-uri";
import { kindOf } from "./documentKinds.ts";
import type { FileSystem } from "./model/files.ts";

/** Folders that hold other people's files, or none that are built from. */
const SKIPPED = new Set(["node_modules", ".git", ".hg", ".svn", "vendor", ".venv", "venv", "__pycache__", "dist", "target"]);
/** Folders that are looked into: a workspace of more is read in the terminal. */
const MAX_FOLDERS = 20_000;
const MAX_DEPTH = 16;

/** The URIs of the Dockerfiles and compose files of the workspace, as their names say it, sorted. Never rejects. */
export async function workspaceFiles(files: FileSystem, roots: readonly string[], isWanted: () => boolean): Promise<readonly string[]> {
	const found: string[] = [];
	let left = MAX_FOLDERS;
	let level: readonly string[] = roots;
	for (let depth = 0; depth < MAX_DEPTH && level.length > 0 && isWanted(); depth++) {
		const below: string[] = [];
		for (const folder of level) {
			if (left-- <= 0 || !isWanted()) break;
			const listed = await files.list(folder);
			if (listed.kind !== "entries") continue;
			for (const [name, kind] of listed.entries) {
				const uri = () => Utils.joinPath(URI.parse(folder), name).toString();
				if (kind === "folder") {
					if (!SKIPPED.has(name)) below.push(uri());
				} else {
					const known = kindOf({ languageId: "", uri: `file:///${encodeURIComponent(name)}` });
					if (known && !known.hintsOnly) found.push(uri());
				}
			}
		}
		level = below;
	}
	return found.sort();
}
