import { basename } from "node:path/posix";
import { type Copy, withParents } from "./copies.ts";
import { expandGlob } from "./glob.ts";
import { inside, joinPath, joinRelative } from "./imagePaths.ts";
import type { Copies, Runs, StageFilesSource, Views } from "./stageFiles.ts";
import { folderOf } from "./stock.ts";

/** The names in a folder after the first steps of a stage, sorted. */
export async function listFolder(
	source: StageFilesSource,
	copies: Copies,
	runs: Runs,
	path: string,
	end: number,
): Promise<readonly string[]> {
	const last = source.steps.findLastIndex(({ instruction }, index) => index < end && instruction.keyword === "RUN");
	const run = last < 0 ? undefined : await runs(last);
	const names = new Set(run ? await run.files.list(path) : ((await source.below?.list(path)) ?? []));
	const steps = source.steps.slice(run ? last : 0, end);
	const stock = [
		run ? undefined : source.stock?.base,
		...steps.map(({ instruction }) => (instruction.keyword === "RUN" ? source.stock?.installedBy(instruction) : undefined)),
	];
	for (const files of stock) for (const name of files ? folderOf(files, path) : []) names.add(name);
	for (const step of steps) {
		const copy = copies.get(step.instruction);
		for (const from of copy?.sources ?? []) {
			if (!copy) continue;
			const below = inside(copy.target, path);
			if (from.kind === "context") {
				for (const found of await expandGlob(source.context, from.path)) {
					const folder = (await source.context.look(found)) === "folder";
					const target = copy.keepsParents ? joinPath(copy.target, withParents(found, from)) : copy.target;
					const there = inside(target, path);
					const onTheWay = copy.keepsParents ? inside(path, target) : undefined;
					if (onTheWay && !copy.excludes?.(found)) names.add(onTheWay.split("/")[0] ?? "");
					else if (folder && there !== undefined) {
						for (const name of await source.context.names(joinRelative(found, there)))
							if (!copy.excludes?.(joinRelative(found, joinRelative(there, name))) && !copy.excludes?.(joinRelative(there, name)))
								names.add(name);
					} else if (!folder && below === "" && !copy.excludes?.(found) && !copy.excludes?.(basename(found))) names.add(basename(found));
				}
			} else if (from.kind === "stage" && below !== undefined) {
				for (const name of (await source.stage(from.from)?.list(below === "" ? from.path : joinPath(from.path, below))) ?? [])
					names.add(name);
			} else if (from.kind === "heredoc" && below === "" && copy.intoFolder) names.add(from.heredoc.name);
			// The target itself, or the folder on the way to it, stands in the folders above it.
			const deeper = inside(path, copy.target);
			if (deeper) names.add(deeper.split("/")[0] ?? "");
		}
	}
	return [...names].sort();
}

/** Folders that every distribution has (Filesystem Hierarchy Standard 3.0). */
const STANDARD_FOLDERS: ReadonlySet<string> = new Set(
	["bin", "sbin", "etc", "lib", "opt", "srv", "tmp", "var", "home", "root", "usr"]
		.concat([
			"usr/bin",
			"usr/sbin",
			"usr/lib",
			"usr/share",
			"usr/local",
			"usr/local/bin",
			"usr/local/sbin",
			"usr/local/lib",
			"var/lib",
			"var/www",
		])
		.map((name) => `/${name}`),
);

/** A WORKDIR makes its folder, and so does whatever was put below the target before. */
export async function isFolderBefore(source: StageFilesSource, copy: Copy, index: number, views: Views): Promise<boolean> {
	if (copy.intoFolder || copy.target === "/" || (STANDARD_FOLDERS.has(copy.target) && !source.fromScratch)) return true;
	if (source.steps.slice(0, index + 1).some((step) => step.workdir === copy.target)) return true;
	return (await views(index).look(copy.target)).kind === "folder";
}
