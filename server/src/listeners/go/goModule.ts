import type { ImageFiles } from "../../context/imageFiles.ts";

/** The nearest go.mod at or above a folder. */
export async function moduleAt(files: ImageFiles, folder: string): Promise<{ readonly folder: string; readonly path: string } | undefined> {
	let one = folder.endsWith(".go") ? parentOf(folder) : folder;
	for (let depth = 0; depth < 30; depth++) {
		const read = await files.read(one === "/" ? "/go.mod" : `${one}/go.mod`);
		if (read.kind === "text") return { folder: one, path: /^\s*module\s+"?([^\s"]+)/m.exec(read.file.text)?.[1] ?? "" };
		if (one === "/") return undefined;
		one = parentOf(one);
	}
	return undefined;
}

/** Whether a folder holds a package main of its own. */
export async function isProgram(files: ImageFiles, folder: string): Promise<boolean> {
	const names = (await files.list(folder)).filter((name) => name.endsWith(".go") && !name.endsWith("_test.go"));
	// main.go first: it is nearly always the one.
	for (const name of [...names.filter((one) => one === "main.go"), ...names.filter((one) => one !== "main.go")].slice(0, 8)) {
		const read = await files.read(`${folder === "/" ? "" : folder}/${name}`);
		if (read.kind === "text") return /^package\s+main\b/m.test(read.file.text) && !/^\/\/go:build\s+ignore\b/m.test(read.file.text);
	}
	return false;
}

/** Folders that hold no program of this module, or too many files to look through. */
const SKIPPED = /^(\.|_|testdata$|vendor$|node_modules$|third_party$|docs?$|examples?$|test$|tests$|web$|ui$|frontend$)/;

/**
 * The package main below a folder that makes a program of this name: its folder, or the module, is called like it. When no
 * name fits, the only program that there is in the usual places.
 */
export async function programNamed(files: ImageFiles, root: string, name: string): Promise<string | undefined> {
	const module = await moduleAt(files, root);
	if (!module) return undefined;
	const at = (path: string): string => (root === "/" ? `/${path}` : `${root}/${path}`);
	const bare = name.replace(/[-_](linux|amd64|arm64|x86_64|static|bin)\b/g, "").replace(/\.(exe|bin|linux)$/, "");
	for (const candidate of [at(`cmd/${name}`), at(name), at(`cmd/${bare}`), at(bare)])
		if (await isProgram(files, candidate)) return candidate;
	const deeper = await folderNamed(files, root, bare);
	if (deeper !== undefined) return deeper;
	const moduleName = module.path.replace(/\/v\d+$/, "").replace(/^.*\//, "");
	const commands = await Promise.all(
		(await files.list(at("cmd"))).map(async (one) => ((await isProgram(files, at(`cmd/${one}`))) ? at(`cmd/${one}`) : undefined)),
	);
	const inCmd = commands.filter((one) => one !== undefined);
	const isRoot = await isProgram(files, root);
	if (isRoot && (moduleName === bare || inCmd.length === 0)) return root;
	if (await isProgram(files, at("cmd"))) return at("cmd");
	return !isRoot && inCmd.length === 1 ? inCmd[0] : undefined;
}

/** A folder of this name with a program, at most three deep, the shallowest first. */
async function folderNamed(files: ImageFiles, root: string, name: string): Promise<string | undefined> {
	let level = [root];
	for (let depth = 0; depth < 3; depth++) {
		const next: string[] = [];
		for (const folder of level.slice(0, 60))
			for (const one of await files.list(folder)) {
				if (one.includes(".") || SKIPPED.test(one)) continue;
				const path = folder === "/" ? `/${one}` : `${folder}/${one}`;
				if (one === name && (await isProgram(files, path))) return path;
				next.push(path);
			}
		level = next;
	}
	return undefined;
}

export function parentOf(path: string): string {
	return path.slice(0, path.lastIndexOf("/")) || "/";
}
