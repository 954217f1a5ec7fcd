import { readdir, readFile, readlink } from "node:fs/promises";

/**
 * The kernel's view of processes, /proc of proc(5). Every function rejects with Node's system errors: ENOENT or ESRCH
 * when the process is gone, EACCES or EPERM when it belongs to somebody else (or /proc is mounted with hidepid).
 */
export interface ProcFileSystem {
	/** `path` is relative to /proc: `1/net/tcp`. */
	read(path: string): Promise<string>;
	list(path: string): Promise<readonly string[]>;
	/** Where a symbolic link points, unresolved: `socket:[4711]`. */
	link(path: string): Promise<string>;
}

export const kernelProc: ProcFileSystem = {
	read: (path) => readFile(`/proc/${path}`, "utf8"),
	list: (path) => readdir(`/proc/${path}`),
	link: (path) => readlink(`/proc/${path}`),
};
