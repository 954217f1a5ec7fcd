import { URI, Utils } from "vscode-uri";
import type { Dockerfile } from "../dockerfile/dockerfile.ts";
import type { Step } from "../dockerfile/walk.ts";
import type { FileSystem } from "../model/files.ts";
import { type BuildContext, openContext } from "./buildContext.ts";
import { readCopy } from "./copies.ts";
import { expandGlob } from "./glob.ts";

/**
 * The folder that this Dockerfile is built in when nobody says: the nearest of its own folder and the folders above,
 * up to the workspace's root, in which every COPY and ADD source exists; else the one that has most of them.
 */
export async function chooseContext(
	files: FileSystem,
	dockerfile: Dockerfile,
	steps: readonly Step[],
	roots: readonly string[],
): Promise<BuildContext> {
	const sources = contextSources(dockerfile, steps);
	let best: { context: BuildContext; found: number } | undefined;
	for (const uri of candidates(dockerfile.uri, roots)) {
		const context = await openContext(files, uri, dockerfile.uri);
		let found = 0;
		for (const source of sources) if ((await expandGlob(context, source)).length > 0) found++;
		if (!best || found > best.found) best = { context, found };
		if (found === sources.length) break;
	}
	return best?.context ?? openContext(files, Utils.dirname(URI.parse(dockerfile.uri)).toString(), dockerfile.uri);
}

/** The Dockerfile's folder, then each folder above it, as long as it lies in a root. */
function candidates(dockerfileUri: string, roots: readonly string[]): readonly string[] {
	// A document that was never saved lies nowhere: it will be built in the workspace.
	if (dockerfileUri.startsWith("untitled:")) return roots;
	const found: string[] = [];
	for (let uri = Utils.dirname(URI.parse(dockerfileUri)); found.at(-1) !== uri.toString(); uri = Utils.dirname(uri)) {
		found.push(uri.toString());
		// The root of a disk has a slash at its end, other roots have none.
		if (!roots.some((root) => uri.toString() !== root && uri.toString().startsWith(root.endsWith("/") ? root : `${root}/`))) break;
	}
	return found;
}

function contextSources(dockerfile: Dockerfile, steps: readonly Step[]): string[] {
	return steps
		.filter(({ instruction }) => instruction.keyword === "COPY" || instruction.keyword === "ADD")
		.flatMap((step) => readCopy(dockerfile, step)?.sources ?? [])
		.flatMap((source) => (source.kind === "context" ? [source.path] : []));
}
