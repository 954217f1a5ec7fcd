import { basename, dirname } from "node:path/posix";
import { URI, Utils } from "vscode-uri";
import type { FileSystem } from "../model/files.ts";
import { t } from "../model/message.ts";
import { type BuildContext, openContext } from "./buildContext.ts";
import type { ImageEntry, ImageFileRead } from "./imageFiles.ts";
import { inside } from "./imagePaths.ts";
import type { StageFiles } from "./stageFiles.ts";

/** A file or folder of the machine at a path of the container; without a source, a volume. */
export interface FileMount {
	/** URI. */
	readonly source?: string;
	/** Absolute path in the container. */
	readonly target: string;
	/** What hides the image's files there without being in view: why, for people. */
	readonly hidden?: string;
}

type Folder = Omit<BuildContext, "unfiltered">;

interface OpenMount {
	readonly target: string;
	/** Where `target` stands, by a path in that folder; absent for volumes. */
	readonly at?: { readonly folder: Folder; readonly path: string };
	readonly hidden?: string;
}

/**
 * The files of a container in which folders of the machine are mounted. A new volume starts with what the image holds at its
 * path, so that only mounts with a source change anything. The deepest mount decides.
 */
export async function mountedFiles(below: StageFiles, mounts: readonly FileMount[], files: FileSystem): Promise<StageFiles> {
	const opened = await Promise.all(mounts.map((mount) => openMount(mount, files)));
	if (!opened.some(({ at, hidden }) => at || hidden)) return below;
	const deepestFirst = opened.sort((a, b) => b.target.length - a.target.length);
	const find = (path: string) => {
		for (const { target, at } of deepestFirst) {
			const rest = inside(target, path);
			if (rest !== undefined) return at && { folder: at.folder, path: [at.path, rest].filter(Boolean).join("/") };
		}
		return undefined;
	};
	const hiding = (path: string) => {
		const first = deepestFirst.find(({ target }) => inside(target, path) !== undefined);
		return first?.hidden;
	};
	const mounted: StageFiles = {
		...below,
		async look(path): Promise<ImageEntry> {
			const reason = hiding(path);
			if (reason !== undefined) return { kind: "unknown", reason };
			const found = find(path);
			// The folders above a mount point are made when the image lacks them.
			if (!found) return opened.some(({ target }) => inside(path, target)) ? { kind: "folder" } : below.look(path);
			const entry = await found.folder.look(found.path);
			if (entry === "file" || entry === "folder") return { kind: entry };
			if (entry === "unreadable") return { kind: "unknown", reason: t("{0} cannot be read", basename(path)) };
			return entry === "outside" ? { kind: "unknown", reason: t("{0} leads out of the folder", basename(path)) } : { kind: "absent" };
		},
		async read(path): Promise<ImageFileRead> {
			const reason = hiding(path);
			if (reason !== undefined) return { kind: "unknown", reason };
			const found = find(path);
			if (!found) return below.read(path);
			const read = await found.folder.read(found.path);
			if (read.kind === "absent") return read;
			if (read.kind === "refused") return { kind: "unknown", reason: `${basename(path)}: ${read.reason}` };
			return { kind: "text", file: { uri: found.folder.uriOf(found.path), text: read.text, origin: { line: 0, character: 0 } } };
		},
		async list(path) {
			if (hiding(path) !== undefined) return [];
			const found = find(path);
			return found ? [...(await found.folder.names(found.path))].sort() : below.list(path);
		},
		async trace(path) {
			return find(path) || hiding(path) ? { files: mounted, path } : below.trace(path);
		},
		copiedFrom: (path) => (find(path) || hiding(path) ? undefined : below.copiedFrom(path)),
		async touches(path) {
			const own = opened.some(
				({ target, at, hidden }) => (at || hidden) && (inside(target, path) !== undefined || inside(path, target) !== undefined),
			);
			return own || below.touches(path);
		},
	};
	return mounted;
}

async function openMount({ source, target, hidden }: FileMount, files: FileSystem): Promise<OpenMount> {
	if (source === undefined) return { target, ...(hidden === undefined ? {} : { hidden }) };
	const uri = URI.parse(source);
	// The engine makes a folder where there is nothing.
	const isFile = (await files.list(source)).kind !== "entries" && (await files.read(source)).kind !== "absent";
	const folder = isFile ? uri.with({ path: dirname(uri.path) }).toString() : source;
	const { unfiltered } = await openContext(files, folder, folder);
	return { target, at: { folder: unfiltered, path: isFile ? Utils.basename(uri) : "" } };
}
