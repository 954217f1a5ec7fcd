import { parse } from "jsonc-parser";
import type { ImageFiles } from "../../context/imageFiles.ts";

/** A file's text; undefined when it is not there or cannot be read. */
export async function readText(files: ImageFiles, path: string): Promise<string | undefined> {
	const read = await files.read(path);
	return read.kind === "text" ? read.file.text : undefined;
}

export type Json = { readonly [key: string]: unknown };

/** A JSON file with comments, when it holds an object. */
export async function readJson(files: ImageFiles, path: string): Promise<Json | undefined> {
	const text = await readText(files, path);
	const value: unknown = text === undefined ? undefined : parse(text);
	return objectIn(value);
}

export function objectIn(value: unknown): Json | undefined {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

export function textIn(value: unknown): string | undefined {
	return typeof value === "string" ? value : undefined;
}

/** The folders from the one of a path up to the root, nearest first. */
export function foldersAbove(path: string): string[] {
	const parts = path.split("/").slice(1, -1);
	return parts.map((_, i) => `/${parts.slice(0, parts.length - i).join("/")}`).concat("/");
}

export function joinPath(folder: string, ...parts: readonly string[]): string {
	let result = folder;
	for (const part of parts) result = part.startsWith("/") ? part : `${result}/${part}`;
	const kept: string[] = [];
	for (const part of result.split("/")) {
		if (part === "..") kept.pop();
		else if (part !== "" && part !== ".") kept.push(part);
	}
	return `/${kept.join("/")}`;
}
