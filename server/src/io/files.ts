import { open, readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { URI } from "vscode-uri";
import { type EntryKind, type FileRead, type FileSystem, type FolderRead, MAX_FILE_BYTES } from "../model/files.ts";
import { t } from "../model/message.ts";

/** The disk. Only `file:` URIs can be read; whatever else an editor holds open is known through its own text. */
export const diskFiles: FileSystem = {
	async read(uri): Promise<FileRead> {
		const path = pathOf(uri);
		if (path === undefined) return { kind: "refused", reason: t("cannot be read from here") };
		try {
			const info = await stat(path);
			// A named pipe or a device would block a reader for ever.
			if (!info.isFile()) return { kind: "refused", reason: info.isDirectory() ? t("is a folder") : t("is not a regular file") };
			if (info.size > MAX_FILE_BYTES) return { kind: "refused", reason: t("is too large to read") };
			const file = await open(path);
			try {
				const bytes = await file.readFile();
				if (bytes.subarray(0, 8192).includes(0)) return { kind: "refused", reason: t("is not a text file") };
				return { kind: "text", text: new TextDecoder().decode(bytes) };
			} finally {
				await file.close();
			}
		} catch (error) {
			return failure(error);
		}
	},

	async list(uri): Promise<FolderRead> {
		const path = pathOf(uri);
		if (path === undefined) return { kind: "refused", reason: t("cannot be read from here") };
		try {
			const entries = new Map<string, EntryKind>();
			for (const entry of await readdir(path, { withFileTypes: true })) {
				const kind = entry.isSymbolicLink() ? await kindBehind(join(path, entry.name)) : entry.isDirectory() ? "folder" : "file";
				if (kind) entries.set(entry.name, kind);
			}
			return { kind: "entries", entries };
		} catch (error) {
			return failure(error);
		}
	},

	async real(uri) {
		const path = pathOf(uri);
		if (path === undefined) return undefined;
		try {
			return URI.file(await realpath(path)).toString();
		} catch {
			return undefined;
		}
	},
};

function pathOf(uri: string): string | undefined {
	const parsed = URI.parse(uri);
	return parsed.scheme === "file" ? parsed.fsPath : undefined;
}

async function kindBehind(path: string): Promise<EntryKind | undefined> {
	try {
		return (await stat(path)).isDirectory() ? "folder" : "file";
	} catch {
		return undefined;
	}
}

function failure(error: unknown): { kind: "absent" } | { kind: "refused"; reason: string } {
	switch ((error as NodeJS.ErrnoException).code) {
		// A link that leads in a circle leads nowhere.
		case "ELOOP":
		case "ENOENT":
		case "ENOTDIR":
		case "ENAMETOOLONG":
			return { kind: "absent" };
		case "EACCES":
		case "EPERM":
			return { kind: "refused", reason: t("may not be read") };
		default:
			return { kind: "refused", reason: t("cannot be read") };
	}
}
