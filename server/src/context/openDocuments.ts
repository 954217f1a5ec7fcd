import type { FileSystem } from "../model/files.ts";

/** A file system in which the text of open editors counts, saved or not. */
export function withOpenDocuments(files: FileSystem, textOf: (uri: string) => string | undefined): FileSystem {
	return {
		async read(uri) {
			const text = textOf(uri);
			return text === undefined ? files.read(uri) : { kind: "text", text };
		},
		list: (uri) => files.list(uri),
		real: (uri) => files.real(uri),
	};
}
