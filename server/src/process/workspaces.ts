import { parse } from "jsonc-parser";
import { parse as parseYaml } from "yaml";
import type { ImageFiles } from "../context/imageFiles.ts";
import { resolvePath } from "../dockerfile/walk.ts";

/** A repository with more packages is not searched to its end. */
const MAX_PACKAGES = 200;
/** How deep `**` is followed. */
const MAX_DEPTH = 4;

/**
 * The folders of the workspace packages that a name means: a folder, a package's name, the filters of pnpm and turbo
 * (`web`, `@scope/web...`, `./apps/web`, `{apps/web}`); `*` means all (docs.npmjs.com/cli/using-npm/workspaces, pnpm.io/filtering).
 */
export async function workspaceFolders(root: string, wanted: string, files: ImageFiles): Promise<readonly string[]> {
	const filter = wanted.replace(/^\{(.*)\}$/, "./$1").replace(/^\.{3}\^?|\^?\.{3}$/g, "");
	if (/^\.{0,2}\//.test(filter) || (await files.look(resolvePath(resolvePath(root, filter), "package.json"))).kind === "file")
		return filter === "*" ? [] : [resolvePath(root, filter)];
	const found: string[] = [];
	for (const folder of await packageFolders(root, files)) {
		if (filter === "*") found.push(folder);
		else {
			const name = await nameOf(folder, files);
			if (name === filter || (!filter.startsWith("@") && name?.endsWith(`/${filter}`))) return [folder];
		}
	}
	return found;
}

async function nameOf(folder: string, files: ImageFiles): Promise<string | undefined> {
	const read = await files.read(resolvePath(folder, "package.json"));
	const name: unknown = read.kind === "text" ? parse(read.file.text)?.name : undefined;
	return typeof name === "string" ? name : undefined;
}

async function packageFolders(root: string, files: ImageFiles): Promise<string[]> {
	const folders: string[] = [];
	for (const pattern of await patterns(root, files)) {
		const [before = "", star] = pattern.replace(/\/$/, "").split(/\/?\*/, 2);
		if (star === undefined) folders.push(resolvePath(root, before));
		else folders.push(...(await below(resolvePath(root, before || "."), pattern.includes("**") ? MAX_DEPTH : 1, files)));
		if (folders.length > MAX_PACKAGES) break;
	}
	return folders.slice(0, MAX_PACKAGES);
}

/** Folders below one: `packages/**` reaches deeper than `packages/*`. */
async function below(folder: string, depth: number, files: ImageFiles): Promise<string[]> {
	const found: string[] = [];
	for (const name of (await files.list(folder)).slice(0, MAX_PACKAGES)) {
		if (name === "node_modules" || name.startsWith(".")) continue;
		const path = resolvePath(folder, name);
		found.push(path);
		if (depth > 1 && (await files.look(path)).kind === "folder") found.push(...(await below(path, depth - 1, files)));
		if (found.length > MAX_PACKAGES) break;
	}
	return found;
}

async function patterns(root: string, files: ImageFiles): Promise<string[]> {
	const found: unknown[] = [];
	const manifest = await files.read(resolvePath(root, "package.json"));
	const workspaces: unknown = manifest.kind === "text" ? parse(manifest.file.text)?.workspaces : undefined;
	if (Array.isArray(workspaces)) found.push(...workspaces);
	else if (isRecord(workspaces) && Array.isArray(workspaces.packages)) found.push(...workspaces.packages);
	const pnpm = await files.read(resolvePath(root, "pnpm-workspace.yaml"));
	if (pnpm.kind === "text") {
		try {
			const parsed: unknown = parseYaml(pnpm.file.text);
			if (isRecord(parsed) && Array.isArray(parsed.packages)) found.push(...parsed.packages);
		} catch {
			// What is no YAML names no packages.
		}
	}
	const lerna = found.length > 0 ? undefined : await files.read(resolvePath(root, "lerna.json"));
	const packages: unknown = lerna?.kind === "text" ? parse(lerna.file.text)?.packages : undefined;
	if (Array.isArray(packages)) found.push(...packages);
	return found.filter((one): one is string => typeof one === "string" && !one.startsWith("!"));
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
