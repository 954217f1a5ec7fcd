import type { TextFile } from "../model/text.ts";
import type { ConfigDocument } from "./node.ts";

/**
 * Reads each text of a file once: an analysis asks for one file several times, and a keystroke changes one of many. The least recently
 * asked are forgotten when there are more than `most`.
 */
export function recentDocuments(read: (file: TextFile) => ConfigDocument, most: number): (file: TextFile) => ConfigDocument {
	const recent = new Map<string, ConfigDocument>();
	return (file) => {
		const key = `${file.uri}\n${file.text}`;
		const document = recent.get(key) ?? read(file);
		// The order of a map is that of insertion: what was asked last stands last.
		recent.delete(key);
		recent.set(key, document);
		const [oldest] = recent.keys();
		if (recent.size > most && oldest !== undefined) recent.delete(oldest);
		return document;
	};
}
