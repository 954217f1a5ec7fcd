import { dirname } from "node:path/posix";
import { URI } from "vscode-uri";
import type { FileRead, FileSystem } from "../model/files.ts";
import { t } from "../model/message.ts";
import { readDockerignore } from "./dockerignore.ts";
import { resolveUri } from "./resolveUri.ts";

/** What stands at a path of the build context; `unreadable`: nobody knows, for the file system refuses to say. */
export type ContextEntry = "file" | "folder" | "absent" | "ignored" | "outside" | "unreadable";

/** The folder that `docker build` sends: paths are relative, POSIX, without a leading slash; "" is the folder itself. */
export interface BuildContext {
	readonly uri: string;
	look(path: string): Promise<ContextEntry>;
	/** Names in a folder that the build sends; none when it is no folder. */
	names(path: string): Promise<readonly string[]>;
	read(path: string): Promise<FileRead>;
	uriOf(path: string): string;
	/**
	 * The same folder with the files that `.dockerignore` leaves out: where the sources of a prebuilt program stand. A path that
	 * begins with `..` leads to what that build inherits from folders above.
	 */
	readonly unfiltered: Omit<BuildContext, "unfiltered">;
}

/**
 * Opens a folder as build context. `.dockerignore` applies, or `<Dockerfile name>.dockerignore` beside the Dockerfile, which
 * wins (docs.docker.com/build/concepts/context/#dockerignore-files). Links that lead out of the folder are `outside`.
 */
export async function openContext(files: FileSystem, uri: string, dockerfileUri: string): Promise<BuildContext> {
	const root = URI.parse(uri);
	const uris = new Map([["", uri]]);
	const uriOf = (path: string) => {
		const known = uris.get(path) ?? resolveUri(root, path);
		uris.set(path, known);
		return known;
	};
	// The root of a disk has a slash at its end, other folders have none.
	const realRoot = ((await files.real(uri)) ?? uri).replace(/\/$/, "");

	return { ...filtered(await readIgnore(files, uri, dockerfileUri), false), unfiltered: filtered(() => false, true) };

	function filtered(ignored: (path: string) => boolean, mayLeave: boolean): Omit<BuildContext, "unfiltered"> {
		async function look(path: string): Promise<ContextEntry> {
			const folder = await files.list(path === "" ? uri : uriOf(parent(path)));
			if (folder.kind === "refused") return "unreadable";
			if (path === "") return folder.kind === "entries" ? "folder" : "absent";
			const entry = folder.kind === "entries" ? folder.entries.get(path.slice(path.lastIndexOf("/") + 1)) : undefined;
			if (!entry) return "absent";
			// A folder that is ignored may still send files that an exception (`!`) names.
			if (entry === "file" && ignored(path)) return "ignored";
			const real = await files.real(uriOf(path));
			// It was there a moment ago.
			if (real === undefined) return "unreadable";
			if (mayLeave && path.startsWith("../")) return entry;
			return real === realRoot || real.startsWith(`${realRoot}/`) ? entry : "outside";
		}

		return {
			uri,
			uriOf,
			look,
			async names(path) {
				const folder = await files.list(uriOf(path));
				if (folder.kind !== "entries") return [];
				return [...folder.entries]
					.filter(([name, kind]) => kind === "folder" || !ignored(path === "" ? name : `${path}/${name}`))
					.map(([name]) => name);
			},
			async read(path) {
				const entry = await look(path);
				if (entry === "file") return files.read(uriOf(path));
				if (entry === "outside") return { kind: "refused", reason: t("{0} leads out of the build context", path) };
				if (entry === "unreadable") return { kind: "refused", reason: t("cannot be read") };
				return { kind: "absent" };
			},
		};
	}
}

function parent(path: string): string {
	const folder = dirname(path);
	return folder === "." ? "" : folder;
}

async function readIgnore(files: FileSystem, contextUri: string, dockerfileUri: string): Promise<(path: string) => boolean> {
	let text = await files.read(`${dockerfileUri}.dockerignore`);
	if (text.kind !== "text") text = await files.read(resolveUri(URI.parse(contextUri), ".dockerignore"));
	if (text.kind !== "text") return () => false;
	return readDockerignore(text.text);
}
