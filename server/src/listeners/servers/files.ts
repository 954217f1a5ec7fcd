import { matches } from "../../context/glob.ts";
import type { ImageFiles } from "../../context/imageFiles.ts";
import { resolvePath } from "../../dockerfile/walk.ts";
import { t } from "../../model/message.ts";
import type { TextFile } from "../../model/text.ts";

/** More matches than any configuration means. */
const MAX_MATCHES = 200;

export interface Found {
	readonly files: readonly TextFile[];
	/** Why something that may be there cannot be read. */
	readonly hidden: readonly string[];
	/** Why a path without wildcards leads nowhere. */
	readonly missing?: string;
}

/** The files that an include names: one path, or a pattern with `*`, `?` and `[…]` in any of its parts, in the order of their names. */
export async function readMatching(files: ImageFiles, folder: string, pattern: string): Promise<Found> {
	const path = resolvePath(folder, pattern);
	const isPattern = /[*?[]/.test(path);
	const texts: TextFile[] = [];
	const hidden: string[] = [];
	let missing: string | undefined;
	for (const one of isPattern ? await expand(files, path) : [path]) {
		const read = await files.read(one);
		if (read.kind === "text") texts.push(read.file);
		else if (read.kind === "unknown") hidden.push(read.reason);
		else if (!isPattern) missing = read.reason ?? t("{0} is not in the image", one.slice(one.lastIndexOf("/") + 1));
	}
	return { files: texts, hidden, ...(missing === undefined ? {} : { missing }) };
}

async function expand(files: ImageFiles, pattern: string): Promise<string[]> {
	let paths = ["/"];
	for (const part of pattern.split("/").filter(Boolean)) {
		const next: string[] = [];
		for (const path of paths) {
			const names = /[*?[]/.test(part) ? (await files.list(path)).filter((name) => isMatch(name, part)) : [part];
			next.push(...names.map((name) => resolvePath(path, name)));
		}
		paths = next.slice(0, MAX_MATCHES);
	}
	return paths;
}

/** A wildcard does not match a leading dot (glob(7)). */
function isMatch(name: string, pattern: string): boolean {
	return matches(name, pattern) && (!name.startsWith(".") || pattern.startsWith("."));
}
