import { likelyText } from "../model/value.ts";
import type { Process } from "./process.ts";

/** The PATH of most images, in its order. */
const USUAL_FOLDERS = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** Longer ones are no lists that somebody wrote. */
const MOST_FOLDERS = 20;

/** The folders in which a program's name is looked up, in their order: those of PATH, then the usual ones, which a base image's PATH holds. */
export function searchPath({ environment }: Pick<Process, "environment">): readonly string[] {
	const written = likelyText(environment.get("PATH"))?.split(":") ?? [];
	const folders = written.map((folder) => folder.replace(/(?<=.)\/+$/, "")).filter((folder) => folder.startsWith("/"));
	return [...new Set([...folders.slice(0, MOST_FOLDERS), ...USUAL_FOLDERS])];
}
