import type { FileSystem } from "../model/files.ts";

/** A file system that keeps account of every URI it was asked for, found or not: a change of any of them may change the answer. */
export function recordReads(files: FileSystem): { files: FileSystem; asked: ReadonlySet<string> } {
	const asked = new Set<string>();
	return {
		asked,
		files: {
			read: (uri) => files.read(noted(uri)),
			list: (uri) => files.list(noted(uri)),
			// Behind a link it is another file's change that counts.
			async real(uri) {
				const real = await files.real(uri);
				return real === undefined ? undefined : noted(real);
			},
		},
	};

	function noted(uri: string): string {
		asked.add(uri);
		return uri;
	}
}
