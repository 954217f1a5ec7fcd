import type { ImageFiles } from "../../context/imageFiles.ts";
import type { Evidence } from "../../model/text.ts";
import type { Run } from "./run.ts";
import { SourceFile } from "./sourceFile.ts";
import { plain } from "./thing.ts";

/** One assignment of a `.env` file. */
export interface DotenvEntry {
	readonly name: string;
	readonly value: string;
	readonly at: Evidence;
}

/** The assignments of a `.env` file, in the syntax that python-dotenv and dotenv share; values that refer to others are left out. */
export function parseDotenv(file: SourceFile): DotenvEntry[] {
	const entries: DotenvEntry[] = [];
	for (const line of file.text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*(.*)$/gm)) {
		const [, name, written] = line;
		const value = name ? unquote(written ?? "") : undefined;
		if (!name || value === undefined) continue;
		entries.push({ name, value, at: file.evidenceBetween(line.index, line.index + line[0].trimEnd().length) });
	}
	return entries;
}

/** The assignments of a `.env` file of the image; none when it is not there. */
export async function readDotenv(files: ImageFiles, path: string): Promise<DotenvEntry[]> {
	const read = await files.read(path.replace(/\/+/g, "/"));
	return read.kind === "text" ? parseDotenv(new SourceFile(path, read.file, undefined)) : [];
}

/** A backslash takes what follows it along, unless the text would then never end. */
const QUOTED = /^(?:"(?:[^"\\]|\\.)*\\?"|'(?:[^'\\]|\\.)*\\?'|`(?:[^`\\]|\\.)*\\?`)/;

function unquote(written: string): string | undefined {
	const quoted = QUOTED.exec(written);
	const value = quoted ? quoted[0].slice(1, -1) : written.replace(/(^|\s)#.*$/, "").trim();
	return !quoted?.[0].startsWith("'") && value.includes("$") ? undefined : value;
}

/** Loads a `.env` file into the program's environment; what the image sets wins unless `override`. */
export function loadDotenv(run: Run, path: string, override: boolean): void {
	const read = run.shelf.read(path);
	if (read.kind !== "file") return;
	for (const { name, value, at } of parseDotenv(read.file)) {
		if (!override && (run.start.environment.has(name) || run.ownEnvironment.has(name))) continue;
		// The file is in the image, but whoever starts the container may still set the variable.
		const inFile = plain(value, [at]);
		run.journal.set(run.ownEnvironment, name, override ? inFile : { kind: "variable", name, fallback: inFile, from: [] });
	}
}
