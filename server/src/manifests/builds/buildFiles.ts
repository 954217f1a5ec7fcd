import { isComposeFileName } from "../../compose/fileName.ts";
import { isDockerfileName } from "../../dockerfile/fileName.ts";
import type { FileSystem } from "../../model/files.ts";

/** The files of a workspace that say how images are built. URIs, the nearest to the root first. */
export interface BuildFiles {
	readonly dockerfiles: readonly string[];
	readonly composeFiles: readonly string[];
	readonly skaffoldFiles: readonly string[];
	readonly makefiles: readonly string[];
	/** Whether every folder was looked into. */
	readonly whole: boolean;
}

/** Folders that hold other people's files, or none that are built from. */
const SKIPPED = new Set(["node_modules", "vendor", "venv", "__pycache__", "dist", "target", "build", "out"]);
/** It is looked at for every keystroke in a manifest, from what is known of the disk. */
const MAX_FOLDERS = 400;
const MAX_DEPTH = 5;

/** Looks for them below a root. Never rejects. */
export async function buildFiles(files: FileSystem, root: string): Promise<BuildFiles> {
	const found = { dockerfiles: [] as string[], composeFiles: [] as string[], skaffoldFiles: [] as string[], makefiles: [] as string[] };
	let left = MAX_FOLDERS;
	let level: readonly string[] = [root];
	for (let depth = 0; depth < MAX_DEPTH && level.length > 0 && left > 0; depth++) {
		const below: string[] = [];
		for (const folder of level) {
			if (left-- <= 0) break;
			const listed = await files.list(folder);
			if (listed.kind !== "entries") continue;
			for (const [name, kind] of listed.entries) {
				const uri = `${folder}/${encodeURIComponent(name)}`;
				if (kind === "folder") {
					if (!SKIPPED.has(name) && !name.startsWith(".")) below.push(uri);
				} else if (isDockerfileName(name)) found.dockerfiles.push(uri);
				else if (isComposeFileName(name)) found.composeFiles.push(uri);
				else if (/^skaffold\.ya?ml$/.test(name)) found.skaffoldFiles.push(uri);
				else if (/^(?:GNU)?[Mm]akefile$/.test(name)) found.makefiles.push(uri);
			}
		}
		level = below;
	}
	return { ...found, whole: left > 0 && level.length === 0 };
}
