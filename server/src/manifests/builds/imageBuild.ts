import { readProject } from "../../compose/project.ts";
import type { ServiceBuild } from "../../compose/service.ts";
import type { Place } from "../../config/node.ts";
import { parseReference } from "../../image/reference.ts";
import type { FileSystem } from "../../model/files.ts";
import type { TextFile } from "../../model/text.ts";
import { likelyText } from "../../model/value.ts";
import { makefileBuilds } from "./buildCommands.ts";
import { type BuildFiles, buildFiles } from "./buildFiles.ts";
import { type NamedBuild, skaffoldBuilds } from "./skaffold.ts";

/** How an image is built in the workspace. */
export interface ImageBuild {
	readonly build: ServiceBuild;
	/** Only the names agree: the image's registry is another one, or it is called like the Dockerfile's folder. */
	readonly guessed: boolean;
}

/** Finds who builds images, by what the files of a workspace say. */
export interface ImageBuilds {
	/** Undefined when nobody does, or several do and nobody knows which. */
	of(reference: string, place: Place): Promise<ImageBuild | undefined>;
}

/**
 * Compose services with `build` and `image`, artifacts of skaffold, and `docker build -t` of Makefiles name what they build; else an
 * image that is called like the folder of one Dockerfile is taken for its. `root`: URI of the workspace's folder.
 */
export async function imageBuilds(files: FileSystem, root: string): Promise<ImageBuilds> {
	const found = await buildFiles(files, root);
	let named: Promise<readonly NamedBuild[]> | undefined;
	return {
		async of(reference, place) {
			const { name } = parseReference(reference);
			named ??= namedBuilds(files, found);
			const all = await named;
			const exact = all.filter(({ image }) => parseReference(image).name === name);
			const alike = all.filter(({ image }) => lastOf(parseReference(image).name) === lastOf(name));
			const builds = exact.length > 0 ? exact : alike;
			const [first, ...others] = builds.map(({ build }) => build);
			if (!first) return byFolder(found, root, lastOf(name), place);
			const agree = others.every(({ dockerfile, context, target }) => keyOf({ dockerfile, context, target }) === keyOf(first));
			return agree ? { build: first, guessed: exact.length === 0 } : undefined;
		},
	};
}

function keyOf({ dockerfile, context, target }: Pick<ServiceBuild, "dockerfile" | "context" | "target">): string {
	return [dockerfile, context, target].join("\n");
}

function lastOf(name: string): string {
	return name.slice(name.lastIndexOf("/") + 1);
}

async function namedBuilds(files: FileSystem, found: BuildFiles): Promise<readonly NamedBuild[]> {
	const builds: NamedBuild[] = [];
	const texts = async (uris: readonly string[], holds: RegExp): Promise<readonly TextFile[]> => {
		const read = await Promise.all(uris.slice(0, MAX_FILES).map(async (uri) => ({ uri, read: await files.read(uri) })));
		return read.flatMap(({ uri, read: one }) =>
			one.kind === "text" && holds.test(one.text) ? [{ uri, text: one.text, origin: { line: 0, character: 0 } }] : [],
		);
	};
	for (const { uri, text } of await texts(found.composeFiles, /\bbuild\s*:[\s\S]*\bimage\s*:|\bimage\s*:[\s\S]*\bbuild\s*:/)) {
		for (const { build, image } of (await readProject(files, uri, text)).services) {
			const reference = image && likelyText(image.value);
			if (build?.dockerfile !== undefined && reference !== undefined) builds.push({ image: reference, build });
		}
	}
	for (const file of await texts(found.skaffoldFiles, /\bartifacts\s*:/)) builds.push(...skaffoldBuilds(file));
	for (const file of await texts(found.makefiles, /\bbuild\b/)) builds.push(...makefileBuilds(file));
	return builds;
}

/** Files of one kind that are read. */
const MAX_FILES = 20;

function byFolder({ dockerfiles, whole }: BuildFiles, root: string, name: string, place: Place): ImageBuild | undefined {
	if (!whole) return undefined;
	const own = dockerfiles.filter((uri) => uri.endsWith("/Dockerfile") && folderName(uri) === name && uri !== `${root}/Dockerfile`);
	const candidates = own.length > 0 ? own : dockerfiles.filter((uri) => uri === `${root}/Dockerfile` && folderName(uri) === name);
	const [only] = candidates;
	if (only === undefined || candidates.length > 1) return undefined;
	return { build: { place, dockerfile: only, args: new Map(), context: only.slice(0, only.lastIndexOf("/")) }, guessed: true };
}

function folderName(uri: string): string {
	return decodeURIComponent(uri.split("/").at(-2) ?? "");
}
