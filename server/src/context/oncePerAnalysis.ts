import type { FileSystem } from "../model/files.ts";

/** A file system that asks each question once: within one analysis the world stands still, and folders are looked at often. */
export function oncePerAnalysis(files: FileSystem): FileSystem {
	return { read: once((uri) => files.read(uri)), list: once((uri) => files.list(uri)), real: once((uri) => files.real(uri)) };
}

function once<T>(ask: (uri: string) => Promise<T>): (uri: string) => Promise<T> {
	const answers = new Map<string, Promise<T>>();
	return (uri) => {
		const kept = answers.get(uri) ?? ask(uri);
		answers.set(uri, kept);
		return kept;
	};
}
