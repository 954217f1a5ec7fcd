import { type URI, Utils } from "vscode-uri";

/**
 * The URI of a path below a folder, or of an absolute path on the folder's disk. Paths come out of people's texts: neither half
 * a character (which no URI can hold) nor several slashes at the beginning (which would name a host) make it throw.
 */
export function resolveUri(folder: URI, path: string): string {
	const whole = path.toWellFormed();
	return (whole.startsWith("/") ? folder.with({ path: whole.replace(/^\/+/, "/") }) : Utils.resolvePath(folder, whole)).toString();
}
