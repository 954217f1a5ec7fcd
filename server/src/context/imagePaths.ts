import { relative } from "node:path/posix";

/** A path in the image, one name deeper. */
export function joinPath(folder: string, name: string): string {
	return folder === "/" ? `/${name}` : `${folder}/${name}`;
}

/** A path in the build context, where "" is the context itself. */
export function joinRelative(folder: string, below: string): string {
	return [folder, below].filter(Boolean).join("/");
}

/** The path below a folder: "" for the folder itself, undefined when it lies elsewhere. */
export function inside(folder: string, path: string): string | undefined {
	if (path === folder) return "";
	// Plain paths, which nearly all are, need no resolving.
	if (isPlain(folder) && isPlain(path)) {
		if (folder === "/") return path.slice(1);
		return path.startsWith(folder) && path.charAt(folder.length) === "/" ? path.slice(folder.length + 1) : undefined;
	}
	const below = relative(folder, path);
	return below.startsWith("..") ? undefined : below;
}

/** Absolute, without `.`, `..`, empty segments or a slash at the end. */
function isPlain(path: string): boolean {
	return path.startsWith("/") && !path.includes("/.") && !path.includes("//") && (path.length === 1 || !path.endsWith("/"));
}
