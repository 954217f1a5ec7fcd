import { t } from "../../model/message.ts";
import type { SourceFile } from "./sourceFile.ts";
import { dictionary, type Fields, list, NOTHING, plain, type Thing, unclear } from "./thing.ts";

/** A JSON file as the program sees it. Every value points at the file, since JSON.parse keeps no positions. */
export function jsonThing(file: SourceFile): Thing {
	let parsed: unknown;
	try {
		parsed = JSON.parse(file.text);
	} catch {
		return unclear(t("{0} is not valid JSON", file.path));
	}
	return dataThing(file, parsed);
}

/** Data that was parsed from a file, in any format. */
export function dataThing(file: SourceFile, parsed: unknown): Thing {
	return convert(file, parsed, undefined, 0);
}

function convert(file: SourceFile, value: unknown, key: string | undefined, depth: number): Thing {
	if (depth > 20) return unclear(t("data that nests too deeply"));
	const at = pointAt(file, key, value);
	if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return plain(value, [at]);
	if (Array.isArray(value))
		return list(
			value.map((item) => convert(file, item, undefined, depth + 1)),
			at,
		);
	if (value === null || typeof value !== "object") return NOTHING;
	const fields: Fields = new Map();
	for (const [name, inner] of Object.entries(value)) fields.set(name, convert(file, inner, name, depth + 1));
	return dictionary(fields, at);
}

/** The place of `"key": value` when it is the only one, else the start of the file. */
function pointAt(file: SourceFile, key: string | undefined, value: unknown) {
	if (key !== undefined && typeof value !== "object") {
		const pattern = new RegExp(`${escapeRegExp(JSON.stringify(key))}\\s*:\\s*${escapeRegExp(JSON.stringify(value))}`, "g");
		const found = [...file.text.matchAll(pattern)];
		const only = found.length === 1 ? found[0] : undefined;
		if (only) return file.evidenceBetween(only.index, only.index + only[0].length);
	}
	return file.evidenceBetween(0, Math.min(file.text.length, 1));
}

function escapeRegExp(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
