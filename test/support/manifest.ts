import { readFileSync } from "node:fs";
import path from "node:path";

const root = path.join(import.meta.dirname, "..", "..");
const read = (name: string) => JSON.parse(readFileSync(path.join(root, name), "utf8"));

/** package.json as it stands there, with `%key%` for what people read. */
export const manifest = read("package.json");

/** What people read of the manifest: texts by key, in English and by language. */
export const manifestTexts: Record<"en" | "de", Record<string, string>> = {
	en: read("package.nls.json"),
	de: read("package.nls.de.json"),
};

/** `value` with each `%key%` replaced by its text, as VS Code does it. A key without a text stays. */
export function translated<T>(value: T, texts = manifestTexts.en): T {
	const json = JSON.stringify(value, (_name, part) => {
		const key = typeof part === "string" ? /^%([\w.-]+)%$/.exec(part)?.[1] : undefined;
		return key === undefined ? part : (texts[key] ?? part);
	});
	return JSON.parse(json);
}
