import { t } from "../../model/message.ts";
import { folderOf, nameOf, resolve } from "../core/paths.ts";
import type { Run } from "../core/run.ts";
import type { Read } from "../core/shelf.ts";
import { dictionary, type Fields, library } from "../core/thing.ts";
import type { Program } from "../program.ts";
import { importModule, runModule } from "./imports.ts";
import type { Python } from "./python.ts";
import { strangersIn } from "./strangers.ts";

/** Evaluates a Python program from its entry, as far as its files are on the shelf. */
export function evaluatePython(run: Run): void {
	const { entry, cwd, main } = run.start;
	const py: Python = {
		run,
		modules: new Map(),
		libraries: new Map(),
		searchPath: [...new Set([entry.kind === "path" ? folderOf(entry.path) : cwd, ...pythonPath(run), ...projectFolders(run)])],
		importModule: (name) => importModule(py, name),
	};
	if (entry.kind === "module") {
		const found = moduleEntry(py, entry.name);
		if (!found) {
			run.gap(t("{0}.py is not in the image", entry.name.replaceAll(".", "/")), run.start.evidence.at(-1));
			return;
		}
		runMain(py, found.read, found.name, main ? "__main__" : entry.name, found.packageName);
		return;
	}
	const folder = run.shelf.look(entry.path);
	const path = folder.kind === "folder" ? resolve(entry.path, "__main__.py") : entry.path;
	if (folder.kind === "folder") py.searchPath[0] = entry.path;
	runMain(py, run.shelf.read(path, "python"), nameOf(path), main ? "__main__" : nameOf(path).replace(/\.py$/, ""), "");
}

function runMain(py: Python, read: Read, fileName: string, name: string, packageName: string): void {
	const at = py.run.start.evidence.at(-1);
	if (read.kind === "absent") py.run.gap(read.reason ?? t("{0} is not in the image", fileName), at);
	else if (read.kind === "unknown") py.run.gap(read.reason, at);
	if (read.kind !== "file") return;
	const fields: Fields = new Map((py.run.start.predefined ?? []).map((one) => [one, library(one)]));
	if (name !== "__main__") py.modules.set(name, { kind: "structure", shape: "module", fields, parents: [], open: false, at: undefined });
	runModule(py, read.file, name, packageName, fields);
	// What loads a file as its configuration asks for the names that the file leaves behind.
	if (name !== "__main__") py.run.exported = dictionary(fields, read.file.evidenceBetween(0, Math.min(1, read.file.text.length)));
}

/** `python -m name`: a module, or a package's `__main__` (Python, "Command line and environment": -m). */
function moduleEntry(py: Python, name: string): { read: Read; name: string; packageName: string } | undefined {
	const path = name.replaceAll(".", "/");
	const parent = name.split(".").slice(0, -1).join(".");
	for (const folder of py.searchPath) {
		const init = py.run.shelf.read(resolve(folder, path, "__init__.py"), "python");
		const inside = py.run.shelf.read(resolve(folder, path, "__main__.py"), "python");
		const module = py.run.shelf.read(resolve(folder, `${path}.py`), "python");
		if (!py.run.start.main && init.kind === "file") return { read: init, name: "__init__.py", packageName: name };
		if (inside.kind === "file" || inside.kind === "unknown") {
			importModule(py, name);
			return { read: inside, name: "__main__.py", packageName: name };
		}
		if (module.kind === "file" || module.kind === "unknown") {
			if (parent) importModule(py, parent);
			return { read: module, name: `${path}.py`, packageName: parent };
		}
	}
	return undefined;
}

function pythonPath(run: Run): string[] {
	const value = run.start.environment.get("PYTHONPATH");
	if (value?.kind !== "known") return [];
	return value.text
		.split(":")
		.filter(Boolean)
		.map((folder) => resolve(run.start.cwd, folder));
}

/** Folders above the entry: a project that is installed where it stands (`pip install -e .`, `poetry install`, `uv sync`). */
function projectFolders({ start, shelf }: Run): string[] {
	const folders = [start.cwd];
	if (start.entry.kind === "path")
		for (let folder = folderOf(start.entry.path); folder !== "/" && folders.length < MOST_FOLDERS; folder = folderOf(folder))
			folders.push(folder);
	return folders.flatMap((folder) => {
		const found = ["pyproject.toml", "setup.py", "setup.cfg"].map((name) => shelf.look(resolve(folder, name)).kind === "file");
		if (!found.includes(true)) return [];
		const src = resolve(folder, "src");
		return shelf.look(src).kind === "folder" ? [src, folder] : [folder];
	});
}

const MOST_FOLDERS = 6;

/** What the files of a finished run use and nobody knows to be quiet. */
export function pythonStrangers(run: Run): Program["strangers"] {
	const files = run.shelf.sources;
	const roots = searchFolders(run);
	const own = new Set(files.flatMap((file) => roots.flatMap((root) => ownNames(file.path, root))));
	return [...new Set(files.flatMap((file) => strangersIn(file, (module) => own.has(module))))];
}

/** Where Python looks for the program's own modules; the folder of a script, not the ones above it. */
function searchFolders(run: Run): string[] {
	const { entry, cwd } = run.start;
	const first = entry.kind === "path" ? folderOf(entry.path) : cwd;
	return [first, ...(run.start.main && entry.kind === "path" ? [] : [cwd]), ...pythonPath(run), ...projectFolders(run)];
}

function ownNames(path: string, root: string): string[] {
	if (root !== "/" && !path.startsWith(`${root}/`)) return [];
	return path
		.slice(root.length)
		.split("/")
		.filter(Boolean)
		.map((part) => part.replace(/\.py$/, ""));
}
