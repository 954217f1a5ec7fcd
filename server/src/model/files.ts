/**
 * What stands at a URI. `refused` carries why in words: "no permission", "too large", "a folder", …; one that is `passing` may be different
 * at the next try although nobody tells of a change.
 */
export type FileRead =
	| { readonly kind: "text"; readonly text: string }
	| { readonly kind: "absent" }
	| { readonly kind: "refused"; readonly reason: string; readonly passing?: true };

export type EntryKind = "file" | "folder";

/** A folder's entries by name; a link counts as what it leads to, and is left out when it leads nowhere. */
export type FolderRead =
	| { readonly kind: "entries"; readonly entries: ReadonlyMap<string, EntryKind> }
	| { readonly kind: "absent" }
	| { readonly kind: "refused"; readonly reason: string; readonly passing?: true };

/**
 * Everything that the analysis may know of the world outside the text it is given. Paths are URIs so that
 * unsaved editors, disks and virtual workspaces look alike. Implementations never throw.
 */
export interface FileSystem {
	/** Text of at most `MAX_FILE_BYTES`, decoded as UTF-8. Larger, binary or unreadable files are refused. */
	read(uri: string): Promise<FileRead>;
	list(uri: string): Promise<FolderRead>;
	/** The URI with every symbolic link resolved; undefined when nothing stands there. */
	real(uri: string): Promise<string | undefined>;
}

/** Larger files are not source that a person wrote: minified bundles, data, archives. */
export const MAX_FILE_BYTES = 1_000_000;
