import { basename, dirname } from "node:path/posix";
import { t } from "../model/message.ts";
import { type Copy, type CopySource, nameInFolder } from "./copies.ts";
import { matches } from "./glob.ts";
import type { ImageEntry, ImageFiles } from "./imageFiles.ts";
import { inside, joinPath, joinRelative } from "./imagePaths.ts";
import { runText } from "./runText.ts";
import type { Copies, Place, StageFilesSource, Trace } from "./stageFiles.ts";

/** The path in the build context that a COPY or ADD of this stage, or of those below it, takes a path from. */
export function copiedFrom(source: StageFilesSource, copies: Copies, path: string): Place | undefined {
	for (const step of source.steps.toReversed()) {
		const copy = copies.get(step.instruction);
		for (const from of copy?.sources ?? []) {
			if (!copy || from.kind !== "context") continue;
			const below = inside(copy.target, path);
			const asFile = copy.intoFolder ? joinPath(copy.target, nameInFolder(from)) : copy.target;
			// A pattern stands for a file of this name when it could be one.
			if (path === asFile || (below !== undefined && basename(path) === below && matches(basename(path), nameInFolder(from))))
				return { files: contextFiles(source), path: `/${from.path}` };
			if (below !== undefined) return { files: contextFiles(source), path: `/${joinRelative(from.path, below)}` };
		}
	}
	return source.below?.copiedFrom(path);
}

/** The build context as an image that holds all of it at its root, what `.dockerignore` leaves out included. */
function contextFiles(source: StageFilesSource): ImageFiles {
	const { context } = source;
	const { unfiltered } = context;
	return {
		async look(path) {
			const entry = await unfiltered.look(path.slice(1));
			return entry === "file" || entry === "folder" ? { kind: entry } : { kind: "absent" };
		},
		async read(path) {
			const read = source.budget.spend("files") ? await unfiltered.read(path.slice(1)) : undefined;
			if (!read || (read.kind === "text" && !source.budget.spend("bytes", read.text.length)))
				return { kind: "unknown", reason: t("too many files to read") };
			if (read.kind === "refused") return { kind: "unknown", reason: `${basename(path)}: ${read.reason}` };
			if (read.kind === "absent") return { kind: "absent" };
			return { kind: "text", file: { uri: context.uriOf(path.slice(1)), text: read.text, origin: { line: 0, character: 0 } } };
		},
		list: async (path) => [...(await unfiltered.names(path.slice(1)))].sort(),
	};
}

/** The stage before this one that a path comes from; undefined when this stage makes it. */
export async function traceBack(source: StageFilesSource, copies: Copies, path: string): Promise<Trace | undefined> {
	for (const step of source.steps.toReversed()) {
		const copy = copies.get(step.instruction);
		for (const from of copy?.sources ?? []) {
			if (!copy || from.kind !== "stage") continue;
			const files = source.stage(from.from);
			const there = pathInStage(copy, from, path, files ? (await files.look(from.path)).kind : "unknown");
			if (files && there !== undefined) return files.trace(there);
		}
	}
	if (
		!source.below ||
		source.steps.some(({ instruction }) => instruction.keyword === "RUN" && runText(instruction).includes(basename(path)))
	)
		return undefined;
	return source.below.movedFrom(path);
}

/** Where a path stood in the stage that a COPY --from takes it from. */
function pathInStage(
	copy: Copy,
	from: Extract<CopySource, { kind: "stage" }>,
	path: string,
	entry: ImageEntry["kind"],
): string | undefined {
	const asFile = copy.intoFolder ? joinPath(copy.target, nameInFolder(from)) : copy.target;
	if (path === asFile && entry !== "folder") return from.path;
	const below = inside(copy.target, path);
	// A program that a RUN step made is in no list: what bears its name is the file in a folder, not something below it.
	if (entry !== "folder" && below === nameInFolder(from)) return from.path;
	if (/[*?[]/.test(from.path))
		return below && !below.includes("/") && matches(below, basename(from.path)) ? joinPath(dirname(from.path), below) : undefined;
	return below ? joinPath(from.path, below) : below === "" ? from.path : undefined;
}
