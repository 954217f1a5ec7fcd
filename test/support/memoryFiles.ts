import { posix } from "node:path";
import { type EntryKind, type FileSystem, MAX_FILE_BYTES } from "../../server/src/model/files.ts";

/** A file's text, a link to another path, or a refusal to be read. */
export type MemoryFile = string | { readonly link: string } | { readonly refused: string };

/** Where the files of a test live. */
export const ROOT = "file:///ws";

function below(folder: string): string {
	return folder.endsWith("/") ? folder : `${folder}/`;
}

export function uriOf(path: string): string {
	return `${ROOT}/${path}`;
}

/** A file system of a few texts, by paths relative to `ROOT`. Paths that begin with `/` lie outside of it. */
export function memoryFiles(files: Readonly<Record<string, MemoryFile>>): FileSystem {
	const byPath = new Map(Object.entries(files).map(([path, file]) => [posix.resolve("/ws", path), file]));
	const follow = (path: string, hops = 0): string => {
		const parts = path.split("/");
		for (let i = 2; i <= parts.length; i++) {
			const prefix = parts.slice(0, i).join("/");
			const file = byPath.get(prefix);
			if (typeof file === "object" && "link" in file && hops < 10) {
				return follow(posix.join(posix.resolve(posix.dirname(prefix), file.link), ...parts.slice(i)), hops + 1);
			}
		}
		return path;
	};
	const kindOf = (path: string): EntryKind | undefined => {
		const file = byPath.get(path);
		if (file !== undefined) return typeof file === "object" && "link" in file ? undefined : "file";
		return [...byPath.keys()].some((one) => one.startsWith(below(path))) ? "folder" : undefined;
	};
	const pathOf = (uri: string) => decodeURIComponent(new URL(uri).pathname).replace(/(.)\/$/, "$1");
	return {
		async read(uri) {
			const path = follow(pathOf(uri));
			const file = byPath.get(path);
			if (file === undefined) return kindOf(path) === "folder" ? { kind: "refused", reason: "is a folder" } : { kind: "absent" };
			if (typeof file === "string")
				return file.length > MAX_FILE_BYTES ? { kind: "refused", reason: "is too large to read" } : { kind: "text", text: file };
			return "refused" in file ? { kind: "refused", reason: file.refused } : { kind: "absent" };
		},
		async list(uri) {
			const folder = follow(pathOf(uri));
			if (kindOf(folder) !== "folder") return { kind: "absent" };
			const entries = new Map<string, EntryKind>();
			for (const path of byPath.keys()) {
				if (!path.startsWith(below(folder))) continue;
				const name = path.slice(below(folder).length).split("/")[0] ?? "";
				const kind = kindOf(follow(below(folder) + name));
				if (kind) entries.set(name, kind);
			}
			return { kind: "entries", entries };
		},
		async real(uri) {
			const path = follow(pathOf(uri));
			return kindOf(path) ? `file://${encodeURI(path)}` : undefined;
		},
	};
}
