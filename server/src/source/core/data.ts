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
		const only = placesIn(file).get(`${JSON.stringify(key)}:${JSON.stringify(value)}`);
		if (only) return file.evidenceBetween(only.start, only.end);
	}
	return file.evidenceBetween(0, Math.min(file.text.length, 1));
}

interface Place {
	readonly start: number;
	readonly end: number;
}

const PLACES = new WeakMap<SourceFile, Map<string, Place | undefined>>();

/** Where each `"key": value` stands; undefined for what stands there twice. One pass, for data may be long and asked for again. */
function placesIn(file: SourceFile): ReadonlyMap<string, Place | undefined> {
	const kept = PLACES.get(file);
	if (kept) return kept;
	const places = new Map<string, Place | undefined>();
	for (const found of file.text.matchAll(/("(?:[^"\\\n]|\\.)*")\s*:\s*("(?:[^"\\\n]|\\.)*"|-?[0-9][0-9.eE+-]*|true\b|false\b)/g)) {
		const name = `${found[1]}:${found[2]}`;
		places.set(name, places.has(name) ? undefined : { start: found.index, end: found.index + found[0].length });
	}
	PLACES.set(file, places);
	return places;
}
