import type { Evidence } from "../../model/text.ts";
import { type Fields, type Library, library, type Thing } from "../core/thing.ts";

/** What a property of such an object is; undefined leaves it to the library. */
type ReadProperty = (name: string, at: Evidence) => Thing | undefined;

const READERS = new WeakMap<Fields, ReadProperty>();

/**
 * An object of a library whose properties are known by rule and not one by one: parsed arguments, a settings service, an
 * environment under another name.
 */
export function virtual(origin: string, read: ReadProperty): Library {
	const made = library(origin);
	READERS.set(made.fields, read);
	return made;
}

export function readVirtual(object: Library, name: string, at: Evidence): Thing | undefined {
	return READERS.get(object.fields)?.(name, at);
}
