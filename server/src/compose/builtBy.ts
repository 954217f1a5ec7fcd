import { URI, Utils } from "vscode-uri";
import type { FileSystem } from "../model/files.ts";
import { isComposeFileName, OVERRIDE_FILES } from "./fileName.ts";
import { type ComposeProject, readProject } from "./project.ts";
import type { Service, ServiceBuild } from "./service.ts";

/** A service that builds a Dockerfile, and the project that it belongs to. */
export interface Builder {
	readonly project: ComposeProject;
	readonly service: Service;
}

/** How compose builds a Dockerfile, where all services that do agree. */
export interface ComposeBuild {
	/** URI of the build context. */
	readonly context?: string;
	readonly target?: string;
	readonly args?: ReadonlyMap<string, string>;
}

/** Folders above a Dockerfile in which a compose file is looked for. */
const MAX_FOLDERS = 6;
/** Compose files of one folder that are read. */
const MAX_FILES = 8;

/**
 * The services of the compose files in a Dockerfile's folder and those above it, up to the workspace's root, that build it.
 * Of the nearest folder with such a service only.
 */
export async function buildersOf(files: FileSystem, dockerfileUri: string, roots: readonly string[]): Promise<readonly Builder[]> {
	let folder = Utils.dirname(URI.parse(dockerfileUri));
	for (let i = 0; i < MAX_FOLDERS; i++) {
		const uri = folder.toString();
		const found = await buildersIn(files, folder, dockerfileUri);
		if (found.length > 0 || !roots.some((root) => uri.startsWith(`${root}/`))) return found;
		folder = Utils.dirname(folder);
	}
	return [];
}

async function buildersIn(files: FileSystem, folder: URI, dockerfileUri: string): Promise<readonly Builder[]> {
	const listed = await files.list(folder.toString());
	if (listed.kind !== "entries") return [];
	const names = [...listed.entries.keys()].filter(
		(name) => isComposeFileName(name) && !(OVERRIDE_FILES as readonly string[]).includes(name),
	);
	const found: Builder[] = [];
	// The default file first: what the others say is asked for by name.
	for (const name of names.sort((a, b) => a.length - b.length || a.localeCompare(b)).slice(0, MAX_FILES)) {
		const uri = Utils.joinPath(folder, name).toString();
		const read = await files.read(uri);
		// Most compose files name no build at all.
		if (read.kind !== "text" || !/\bbuild\s*:|\bextends\s*:|\binclude\s*:/.test(read.text)) continue;
		const project = await readProject(files, uri, read.text);
		for (const service of project.services) if (service.build?.dockerfile === dockerfileUri) found.push({ project, service });
		if (found.length > 0) break;
	}
	return found;
}

/** What the builders agree on; each part is absent when they do not. */
export function agreedBuild(builders: readonly Builder[]): ComposeBuild {
	const builds = builders.flatMap(({ service }) => service.build ?? []);
	const [first] = builds;
	if (!first) return {};
	const agree = <T>(read: (build: ServiceBuild) => T, write: (value: T) => string): T | undefined =>
		builds.every((build) => write(read(build)) === write(read(first))) ? read(first) : undefined;
	const context = agree((build) => build.context, String);
	const target = agree((build) => build.target, String);
	const args = agree(
		(build) => build.args,
		(value) => JSON.stringify([...value].sort()),
	);
	return {
		...(context === undefined ? {} : { context }),
		...(target === undefined ? {} : { target }),
		...(args && args.size > 0 ? { args } : {}),
	};
}
