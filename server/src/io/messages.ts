import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Messages } from "../model/message.ts";

/**
 * The translations for a locale, such as `de`, `de-AT` or `de_DE.UTF-8`, from the files `bundle.l10n.<language>.json` of `folder`:
 * the nearest one that there is. None for English, for a language without a file, and where the file cannot be read.
 */
export function readMessages(folder: string, locale: string): Messages {
	const parts = /^[a-z]{2,3}(?:[-_][a-z0-9]+)*/i.exec(locale)?.[0].toLowerCase().split(/[-_]/) ?? [];
	for (let length = parts.length; length > 0; length--) {
		try {
			return JSON.parse(readFileSync(join(folder, `bundle.l10n.${parts.slice(0, length).join("-")}.json`), "utf8"));
		} catch {
			// The language without its region may have one.
		}
	}
	return {};
}
