import type { TextFile } from "../model/text.ts";

/**
 * Reads each text of a file once: an analysis asks for one file several times, and a keystroke changes one of many. Of each file the last
 * text is kept; the files that were asked for longest ago are forgotten when there are more than `most`.
 */
export function recentDocuments<T>(read: (file: TextFile) => T, most: number): (file: TextFile) => T {
	const recent = new Map<string, { readonly text: string; readonly document: T }>();
	return (file) => {
		const { uri, text } = file;
		const known = recent.get(uri);
		const kept = known?.text === text ? known : { text, document: read(file) };
		// The order of a map is that of insertion: what was asked last stands last.
		recent.delete(uri);
		recent.set(uri, kept);
		const [oldest] = recent.keys();
		if (recent.size > most && oldest !== undefined) recent.delete(oldest);
		return kept.document;
	};
}
