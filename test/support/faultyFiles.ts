import type { FileRead, FileSystem, FolderRead } from "../../server/src/model/files.ts";

/** What goes wrong with a path, as `io/files.ts` tells of it. */
export const FAULTS = {
	EACCES: { kind: "refused", reason: "may not be read", passing: true },
	EMFILE: { kind: "refused", reason: "cannot be read", passing: true },
	EIO: { kind: "refused", reason: "cannot be read", passing: true },
	ETIMEDOUT: { kind: "refused", reason: "takes too long to read", passing: true },
	EISDIR: { kind: "refused", reason: "is a folder", passing: true },
	growing: { kind: "refused", reason: "changes while it is read", passing: true },
	ENOENT: { kind: "absent" },
	ENAMETOOLONG: { kind: "absent" },
	ELOOP: { kind: "absent" },
} as const satisfies Readonly<Record<string, FileRead & FolderRead>>;
export type Fault = keyof typeof FAULTS;

export interface FaultyFiles extends FileSystem {
	/** Lets what is asked of URIs that end so fail, until it is called with undefined. */
	fail(fault: Fault | undefined, ending?: string, question?: "read" | "list" | "real"): void;
}

/** A file system that fails when it is told to; with a delay in milliseconds it is as slow as a share far away. */
export function faultyFiles(files: FileSystem, delay = 0): FaultyFiles {
	let failing: { readonly fault: Fault; readonly ending: string; readonly question: string | undefined } | undefined;
	const asked = async <T>(question: string, uri: string, answer: () => Promise<T>, failed: (fault: Fault) => T): Promise<T> => {
		if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
		const isHit = failing?.fault && uri.endsWith(failing.ending) && (failing.question ?? question) === question;
		return isHit && failing ? failed(failing.fault) : answer();
	};
	return {
		read: (uri) =>
			asked<FileRead>(
				"read",
				uri,
				() => files.read(uri),
				(fault) => FAULTS[fault],
			),
		list: (uri) =>
			asked<FolderRead>(
				"list",
				uri,
				() => files.list(uri),
				(fault) => FAULTS[fault],
			),
		real: (uri) =>
			asked<string | undefined>(
				"real",
				uri,
				() => files.real(uri),
				() => undefined,
			),
		fail: (fault, ending = "", question) => {
			failing = fault && { fault, ending, question };
		},
	};
}
