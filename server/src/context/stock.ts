import type { Instruction } from "../dockerfile/dockerfile.ts";
import type { TextFile } from "../model/text.ts";

/** Absolute container path to the text that stands there. */
export type StockFiles = ReadonlyMap<string, TextFile>;

/** Files that are known although no instruction writes them: the configuration that images and packages come with. */
export interface Stock {
	/** Of the image that the lowest stage starts from. */
	readonly base?: StockFiles;
	/** Of the packages that a RUN step installs; empty when it installs none that is known. */
	installedBy(run: Instruction): StockFiles;
}

/** The names of what `files` hold in a folder. */
export function folderOf(files: StockFiles, folder: string): string[] {
	const prefix = folder === "/" ? "/" : `${folder}/`;
	const inside = [...files.keys()].filter((path) => path.startsWith(prefix));
	return [...new Set(inside.map((path) => path.slice(prefix.length).split("/")[0] ?? ""))];
}
