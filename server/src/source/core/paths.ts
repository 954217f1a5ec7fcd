/** An absolute POSIX path without `.`, `..` and doubled slashes. */
export function normalize(path: string): string {
	const parts: string[] = [];
	for (const part of path.split("/")) {
		if (part === "..") parts.pop();
		else if (part !== "" && part !== ".") parts.push(part);
	}
	return `/${parts.join("/")}`;
}

/** As POSIX resolves it: an absolute part starts anew. */
export function resolve(from: string, ...parts: string[]): string {
	let result = from;
	for (const part of parts) result = part.startsWith("/") ? part : `${result}/${part}`;
	return normalize(result);
}

/** The folder that a path stands in. */
export function folderOf(path: string): string {
	return normalize(path.slice(0, path.lastIndexOf("/") + 1));
}

/** The last part of a path. */
export function nameOf(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1);
}
