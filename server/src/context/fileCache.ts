import type { FileRead, FileSystem, FolderRead } from "../model/files.ts";

/** A file system that asks once and keeps the answers until it is told that something changed. */
export interface FileCache extends FileSystem {
	/** Forgets what is known of these URIs, of everything below them and of the folders that list them. */
	forget(uris: readonly string[]): void;
	forgetAll(): void;
}

/**
 * Keeps answers about the files for which `kept` is true: those of whose changes somebody tells. All others are asked for
 * each time.
 */
export function fileCache(files: FileSystem, kept: (uri: string) => boolean): FileCache {
	const reads = keeper((uri) => files.read(uri), kept, isPassing);
	const lists = keeper((uri) => files.list(uri), kept, isPassing);
	/** What leads to a file through links: a change of the file is one of theirs. */
	const linked = new Map<string, Set<string>>();
	const reals = keeper(
		async (uri) => {
			const real = await files.real(uri);
			if (real !== undefined && real !== uri) linked.set(real, (linked.get(real) ?? new Set()).add(uri));
			return real;
		},
		kept,
		(real) => real === undefined,
	);
	return {
		read: reads.ask,
		list: lists.ask,
		real: reals.ask,
		forget(uris) {
			for (const uri of uris.flatMap((one) => [one, ...(linked.get(one) ?? [])])) {
				for (const one of [reads, lists, reals]) one.forgetBelow(uri);
				lists.forget(uri.slice(0, uri.lastIndexOf("/")));
			}
		},
		forgetAll() {
			for (const one of [reads, lists, reals]) one.forgetBelow("");
		},
	};
}

/** Nobody tells when a file can be read again. */
function isPassing(read: FileRead | FolderRead): boolean {
	return read.kind === "refused" && read.passing === true;
}

function keeper<T>(ask: (uri: string) => Promise<T>, kept: (uri: string) => boolean, passes: (answer: T) => boolean) {
	const answers = new Map<string, Promise<T>>();
	return {
		ask(uri: string): Promise<T> {
			if (!kept(uri)) return ask(uri);
			const known = answers.get(uri);
			if (known) return known;
			const answer = ask(uri);
			answers.set(uri, answer);
			const drop = () => answers.get(uri) === answer && answers.delete(uri);
			answer.then((read) => passes(read) && drop(), drop);
			return answer;
		},
		forget: (uri: string) => void answers.delete(uri),
		forgetBelow(uri: string) {
			for (const known of answers.keys()) if (known === uri || uri === "" || known.startsWith(`${uri}/`)) answers.delete(known);
		},
	};
}
