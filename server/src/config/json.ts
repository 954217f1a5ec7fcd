import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { MAX_FILE_BYTES } from "../model/files.ts";
import type { TextFile } from "../model/text.ts";
import type { ConfigDocument, ConfigEntry, ConfigNode, Place } from "./node.ts";

/** Brackets within brackets: nobody writes more, and the parser calls itself for each. */
const MAX_DEPTH = 200;

/** Reads JSON with comments and trailing commas. Never throws: a file that is being typed is broken most of the time. */
export function readJson(file: TextFile): ConfigDocument {
	if (file.text.length > MAX_FILE_BYTES || depthOf(file.text) > MAX_DEPTH) return {};
	const errors: ParseError[] = [];
	const tree = parseTree(file.text, errors, { allowTrailingComma: true, allowEmptyContent: true });
	const [error] = errors;
	const root = tree && convert(file, tree);
	return {
		...(root?.kind === "map" ? { root } : {}),
		...(error ? { problem: { reason: printParseErrorCode(error.error), place: placeOf(file, error) } } : {}),
	};
}

function convert(file: TextFile, node: Node): ConfigNode | undefined {
	const place = placeOf(file, node);
	switch (node.type) {
		case "object": {
			const entries = new Map<string, ConfigEntry>();
			for (const { children: [key, value] = [] } of node.children ?? []) {
				const read = value && convert(file, value);
				// Of two equal names the later one counts.
				if (key && read) entries.set(String(key.value), { key: placeOf(file, key), value: read });
			}
			return { kind: "map", entries, place };
		}
		case "array":
			return { kind: "list", items: (node.children ?? []).flatMap((item) => convert(file, item) ?? []), place };
		case "property":
			return undefined;
		default:
			return { kind: "scalar", text: node.value === null ? "" : String(node.value), isNull: node.value === null, place };
	}
}

function placeOf(file: TextFile, { offset, length }: { readonly offset: number; readonly length: number }): Place {
	return { file, start: offset, end: offset + length };
}

/** How deep brackets stand within each other at most; those in texts count, which does no harm. */
function depthOf(text: string): number {
	let depth = 0;
	let deepest = 0;
	for (let i = 0; i < text.length; i++) {
		const char = text.charCodeAt(i);
		if (char === 91 || char === 123) deepest = Math.max(deepest, ++depth);
		else if (char === 93 || char === 125) depth--;
	}
	return deepest;
}
