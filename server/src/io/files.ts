import { constants, type Stats } from "node:fs";
import { open, readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { URI } from "vscode-uri";
import { type EntryKind, type FileRead, type FileSystem, type FolderRead, MAX_FILE_BYTES } from "../model/files.ts";
import { t } from "../model/message.ts";

/** Node's own functions, or a test's that fail. */
export interface Disk {
	readonly stat: (path: string) => Promise<Stats>;
	readonly open: typeof open;
	readonly readdir: (
		path: string,
		options: { withFileTypes: true },
	) => Promise<readonly { readonly name: string; isSymbolicLink(): boolean; isDirectory(): boolean }[]>;
	readonly realpath: (path: string) => Promise<string>;
}

/** Milliseconds that a network folder may take for one answer. */
const PATIENCE = 20_000;
/** Milliseconds before what failed for want of file descriptors is tried again. */
const PAUSES = [20, 100, 400];

/** The disk. Only `file:` URIs can be read; whatever else an editor holds open is known through its own text. */
export const diskFiles: FileSystem = filesOn({ stat, open, readdir, realpath });

export function filesOn(
	disk: Disk,
	{ patience = PATIENCE, pauses = PAUSES }: { patience?: number; pauses?: readonly number[] } = {},
): FileSystem {
	const attempt = <T>(work: () => Promise<T>) => inTime(() => withPauses(work, pauses), patience);
	return {
		async read(uri): Promise<FileRead> {
			const path = pathOf(uri);
			if (path === undefined) return { kind: "refused", reason: t("cannot be read from here") };
			try {
				return await attempt(() => readText(disk, path));
			} catch (error) {
				return failure(error);
			}
		},

		async list(uri): Promise<FolderRead> {
			const path = pathOf(uri);
			if (path === undefined) return { kind: "refused", reason: t("cannot be read from here") };
			try {
				return { kind: "entries", entries: await attempt(() => entriesOf(disk, path)) };
			} catch (error) {
				return failure(error);
			}
		},

		async real(uri) {
			const path = pathOf(uri);
			if (path === undefined) return undefined;
			try {
				return URI.file(await attempt(() => disk.realpath(path))).toString();
			} catch {
				return undefined;
			}
		},
	};
}

async function readText(disk: Disk, path: string): Promise<FileRead> {
	const info = await disk.stat(path);
	// A named pipe or a device would block a reader for ever, and it is not even opened.
	if (!info.isFile()) return refusedKind(info);
	if (info.size > MAX_FILE_BYTES) return { kind: "refused", reason: t("is too large to read") };
	// Something else may stand there by now: a pipe without a writer must not block.
	const file = await disk.open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
	try {
		const opened = await file.stat();
		if (!opened.isFile()) return refusedKind(opened);
		// A file may grow while it is read, and those of /proc have no end that their size tells.
		const bytes = Buffer.alloc(Math.min(Math.max(opened.size, 4_096), MAX_FILE_BYTES) + 1);
		let length = 0;
		for (;;) {
			const { bytesRead } = await file.read(bytes, length, bytes.length - length);
			length += bytesRead;
			if (bytesRead === 0 || length === bytes.length) break;
		}
		if (length > MAX_FILE_BYTES) return { kind: "refused", reason: t("is too large to read") };
		if (length === bytes.length) return { kind: "refused", reason: t("changes while it is read"), passing: true };
		const text = bytes.subarray(0, length);
		if (text.subarray(0, 8192).includes(0)) return { kind: "refused", reason: t("is not a text file") };
		return { kind: "text", text: new TextDecoder().decode(text) };
	} finally {
		await file.close();
	}
}

function refusedKind(info: Stats): FileRead {
	return { kind: "refused", reason: info.isDirectory() ? t("is a folder") : t("is not a regular file") };
}

async function entriesOf(disk: Disk, path: string): Promise<ReadonlyMap<string, EntryKind>> {
	const entries = new Map<string, EntryKind>();
	for (const entry of await disk.readdir(path, { withFileTypes: true })) {
		const kind = entry.isSymbolicLink() ? await kindBehind(disk, join(path, entry.name)) : entry.isDirectory() ? "folder" : "file";
		if (kind) entries.set(entry.name, kind);
	}
	return entries;
}

function pathOf(uri: string): string | undefined {
	const parsed = URI.parse(uri);
	return parsed.scheme === "file" ? parsed.fsPath : undefined;
}

async function kindBehind(disk: Disk, path: string): Promise<EntryKind | undefined> {
	try {
		return (await disk.stat(path)).isDirectory() ? "folder" : "file";
	} catch {
		return undefined;
	}
}

/** The system lends file descriptors to others too: a moment later there may be some. */
async function withPauses<T>(work: () => Promise<T>, pauses: readonly number[]): Promise<T> {
	for (const pause of pauses) {
		try {
			return await work();
		} catch (error) {
			if (!["EMFILE", "ENFILE", "EAGAIN", "EBUSY", "EINTR"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
			await sleep(pause);
		}
	}
	return work();
}

/** A folder of a machine that went away answers nothing at all. */
async function inTime<T>(work: () => Promise<T>, milliseconds: number): Promise<T> {
	const ended = new AbortController();
	const late = sleep(milliseconds, undefined, { signal: ended.signal }).then(() => {
		throw Object.assign(new Error("no answer"), { code: "ETIMEDOUT" });
	});
	late.catch(() => {});
	try {
		return await Promise.race([work(), late]);
	} finally {
		ended.abort();
	}
}

function failure(error: unknown): { kind: "absent" } | { kind: "refused"; reason: string; passing: true } {
	switch ((error as NodeJS.ErrnoException).code) {
		// A link that leads in a circle leads nowhere.
		case "ELOOP":
		case "ENOENT":
		case "ENOTDIR":
		case "ENAMETOOLONG":
			return { kind: "absent" };
		case "EACCES":
		case "EPERM":
			return { kind: "refused", reason: t("may not be read"), passing: true };
		case "EISDIR":
			return { kind: "refused", reason: t("is a folder"), passing: true };
		case "ETIMEDOUT":
			return { kind: "refused", reason: t("takes too long to read"), passing: true };
		default:
			return { kind: "refused", reason: t("cannot be read"), passing: true };
	}
}
