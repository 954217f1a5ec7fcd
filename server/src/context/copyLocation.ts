import { basename, dirname } from "node:path/posix";
import { t } from "../model/message.ts";
import type { ContextEntry } from "./buildContext.ts";
import { type CopySource, nameInFolder, withParents } from "./copies.ts";
import { expandGlob, matches } from "./glob.ts";
import { inside, joinPath } from "./imagePaths.ts";
import type { Origin, PlacedCopy, StageFiles, StageFilesSource } from "./stageFiles.ts";

/** What a COPY or ADD puts at a path; undefined when it puts nothing there. Of several sources the last one wins. */
export async function locateInCopy(source: StageFilesSource, copy: PlacedCopy, path: string): Promise<Origin | undefined> {
	let missing: Origin | undefined;
	for (const one of copy.sources.toReversed()) {
		const found = await locateInSource(source, copy, one, path);
		if (found && found.kind !== "absent") return found;
		missing ??= found;
	}
	return missing;
}

async function locateInSource(source: StageFilesSource, copy: PlacedCopy, from: CopySource, path: string): Promise<Origin | undefined> {
	const below = inside(copy.target, path);
	const asFile = (await copy.landsInside()) ? joinPath(copy.target, nameInFolder(from)) : copy.target;
	switch (from.kind) {
		case "heredoc":
			return path === asFile ? { kind: "heredoc", source: from } : undefined;
		case "remote":
			return below === undefined ? undefined : { kind: "unknown", reason: t("{0} cannot be looked into", from.url) };
		case "stage": {
			const files = source.stage(from.from);
			if (below === undefined && path !== asFile) return undefined;
			if (!files) return { kind: "unknown", reason: t("{0} may come from {1}", basename(path), from.from) };
			if (/[*?[]/.test(from.path)) return locatePattern(files, from.path, below);
			const entry = await files.look(from.path);
			if (entry.kind === "file")
				return path === asFile || (below === "" && path === copy.target) ? { kind: "stage", files, path: from.path } : undefined;
			if (below === undefined) return undefined;
			// A folder's content is copied, not the folder itself.
			const there = below === "" ? from.path : joinPath(from.path, below);
			const inner = await files.look(there);
			return inner.kind === "absent" ? inner : { kind: "stage", files, path: there };
		}
		case "context":
			return below === undefined ? undefined : locateInContext(source, copy, from, path, below);
	}
}

/** `COPY --from=stage /bin/* /bin/`: each match lands in the target; of a folder, its content does. */
async function locatePattern(files: StageFiles, pattern: string, below: string | undefined): Promise<Origin | undefined> {
	const [name] = below?.split("/") ?? [];
	const path = `${dirname(pattern)}/${name}`.replace("//", "/");
	if (!name || below !== name || /[*?[]/.test(dirname(pattern)) || !matches(name, basename(pattern))) return undefined;
	const entry = await files.look(path);
	return entry.kind === "file" ? { kind: "stage", files, path } : entry.kind === "unknown" ? entry : undefined;
}

async function locateInContext(
	source: StageFilesSource,
	copy: PlacedCopy,
	from: Extract<CopySource, { kind: "context" }>,
	path: string,
	below: string,
): Promise<Origin | undefined> {
	const { context } = source;
	let missing: Origin | undefined;
	for (const found of await expandGlob(context, from.path)) {
		const entry = await context.look(found);
		const kept = copy.keepsParents ? withParents(found, from) : "";
		const prefix = kept === "" ? "" : `${kept}/`;
		if (entry === "unreadable") missing ??= whyMissing(entry, found);
		else if (entry === "folder") {
			if (below === "" || `${below}/` === prefix || prefix.startsWith(`${below}/`))
				return { kind: "context", path: found, entry: "folder" };
			if (!below.startsWith(prefix)) continue;
			const inner = below.slice(prefix.length);
			const candidate = found === "" ? inner : `${found}/${inner}`;
			if (copy.excludes?.(candidate) || copy.excludes?.(inner)) continue;
			const there = await context.look(candidate);
			if (there === "file" || there === "folder") return { kind: "context", path: candidate, entry: there };
			missing ??= whyMissing(there, candidate);
		} else {
			const name = copy.keepsParents ? kept : basename(found);
			if (copy.excludes?.(found) || copy.excludes?.(basename(found))) continue;
			// The folders that it keeps are made on the way.
			if (copy.keepsParents && name.startsWith(`${below}/`)) return { kind: "context", path: dirname(found), entry: "folder" };
			// One file to a target that is a folder already (COPY a.py /app after WORKDIR /app) lands inside it.
			const target = (await copy.landsInside()) ? joinPath(copy.target, name) : copy.target;
			if (path === target) return { kind: "context", path: found, entry: "file" };
		}
	}
	return missing;
}

function whyMissing(entry: Exclude<ContextEntry, "file" | "folder">, path: string): Origin {
	if (entry === "ignored") return { kind: "absent", reason: t(".dockerignore leaves {0} out", path) };
	if (entry === "unreadable") return { kind: "unknown", reason: t("{0} cannot be read", path || ".") };
	if (entry === "outside") return { kind: "unknown", reason: t("{0} leads out of the build context", path) };
	return { kind: "absent", reason: t("{0} is not in the build context", path) };
}
