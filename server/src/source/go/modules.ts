import { folderOf, resolve } from "../core/paths.ts";
import type { Go, Module } from "./go.ts";

/** GOPATH's sources in the official images, where a program without modules stands. */
const GOPATH_SOURCES = "/go/src";

/** The module that a folder belongs to: that of the nearest go.mod at or above it (Go Modules Reference, "go.mod files"). */
export function moduleOf(go: Go, folder: string): Module | undefined {
	const kept = go.modules.get(folder);
	if (kept || go.modules.has(folder)) return kept;
	const folders = ancestors(folder);
	// All are asked for at once, so that one round finds them.
	const reads = folders.map((one) => go.run.shelf.read(join(one, "go.mod")));
	const workspaces = folders.map((one) => go.run.shelf.read(join(one, "go.work")));
	const at = reads.findIndex((read) => read.kind === "file");
	const read = reads[at];
	const home = folders[at];
	let module: Module | undefined;
	if (read?.kind === "file" && home !== undefined) {
		const replaced = replacements(read.file.text, home);
		workspaces.forEach((workspace, index) => {
			const root = folders[index];
			if (workspace.kind === "file" && root !== undefined) addWorkspace(go, workspace.file.text, root, replaced);
		});
		module = { folder: home, path: pathOf(read.file.text), replaced };
	} else if (folder.startsWith(`${GOPATH_SOURCES}/`)) module = { folder: GOPATH_SOURCES, path: "", replaced: new Map() };
	go.modules.set(folder, module);
	return module;
}

/** The folder of a package of the program's own; undefined for the standard library and what is downloaded. */
export function folderOfImport(go: Go, module: Module | undefined, path: string): string | undefined {
	if (!module) return undefined;
	if (module.path === "") return go.run.shelf.look(join(module.folder, path)).kind === "folder" ? join(module.folder, path) : undefined;
	for (const [prefix, folder] of [[module.path, module.folder] as const, ...module.replaced]) {
		if (path === prefix) return folder;
		if (path.startsWith(`${prefix}/`)) return join(folder, path.slice(prefix.length + 1));
	}
	return undefined;
}

function ancestors(folder: string): string[] {
	const all: string[] = [];
	for (let one = folder; all.length < 40; one = folderOf(one)) {
		all.push(one);
		if (one === "/") break;
	}
	return all;
}

function join(folder: string, name: string): string {
	return folder === "/" ? `/${name}` : `${folder}/${name}`;
}

export function pathOf(text: string): string {
	return /^\s*module\s+"?([^\s"]+)/m.exec(text)?.[1] ?? "";
}

/** `replace path => ../folder`: only local folders are in the image. */
function replacements(text: string, home: string): Map<string, string> {
	const found = new Map<string, string>();
	for (const [, path, folder] of text.matchAll(/^\s*(?:replace\s+)?(\S+)(?:[ \t]+v\S+)?[ \t]+=>[ \t]+(\.{1,2}(?:\/\S*)?|\/\S+)/gm))
		if (path !== undefined && folder !== undefined) found.set(path, resolve(home, folder));
	return found;
}

function addWorkspace(go: Go, text: string, root: string, replaced: Map<string, string>): void {
	for (const [, folder] of text.matchAll(/^\s*(?:use\s+)?(\.{1,2}(?:\/\S*)?)\s*$/gm)) {
		if (folder === undefined) continue;
		const home = resolve(root, folder);
		const read = go.run.shelf.read(join(home, "go.mod"));
		if (read.kind === "file") replaced.set(pathOf(read.file.text), home);
	}
}
