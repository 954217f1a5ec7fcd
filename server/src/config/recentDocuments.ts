import type { TextFile } from "../model/text.ts";

/**
 * Reads each text of a file once: an analysis asks for one file several times, and a keystroke changes one of many. The least recently
 * asked are forgotten when there are more than `most`.
 */
export function recentDocuments<T>(read: (file: TextFile) => T, most: number): (file: TextFile) => T {
	const recent = new Map<string, { readonly document: T }>();
	return (file) => {
		const key = `${file.uri}\n${file.text}`;
		const kept = recent.get(key) ?? { document: read(file) };
		// The order of a map is that of insertion: what was asked last stands last.
		recent.delete(key);
		recent.set(key, kept);
		const [oldest] = recent.keys();
		if (recent.size > most && oldest !== undefined) recent.delete(oldest);
		return kept.document;
	};
}
