import type { ImageFiles } from "../../context/imageFiles.ts";
import type { Prediction } from "../../model/port.ts";
import { rangeBetween, type TextFile } from "../../model/text.ts";
import { known, knownText } from "../../model/value.ts";
import { entryPointText, projectScripts } from "../../process/launchers/python.ts";
import { type Process, programName, withArgv } from "../../process/process.ts";
import { searchPath } from "../../process/searchPath.ts";
import { resolve } from "../../source/core/paths.ts";
import { textOf } from "../commandLine.ts";
import { interpret } from "../interpreter.ts";
import type { Build, Scene, Technology } from "../technology.ts";

/**
 * Programs of a project that this build installs (`pip install .`, `uv sync`, a wheel that another stage builds) and whose source
 * is no longer where the program runs: console scripts by their names, and `python -m package` (packaging.python.org, "Entry
 * points specification").
 */
export const installedProgram: Technology = { name: "python-installed", title: "Python", command: predictInstalled };

async function predictInstalled(process: Process, scene: Scene): Promise<Prediction | undefined> {
	const module = await moduleOf(process, scene);
	if (module !== undefined) return predictModule(process, scene, module);
	const program = textOf(process.argv[0]);
	const name = programName(program ?? "");
	if (program === undefined || !/^[\w.-]+$/.test(name) || (program.includes("/") && !/\/s?bin\//.test(program))) return undefined;
	for (const { folder, files } of await projectsBehind(placesOf(program, process), scene)) {
		const target = (await projectScripts(folder, files)).get(name);
		if (target === undefined) continue;
		const path = resolve(folder, `.${name}.py`);
		const text = entryPointText(target);
		const stub: TextFile = { uri: `file://${path}`, text, origin: rangeBetween(text, 0, 0).start };
		const started = withArgv(process, [known("python"), known(path), ...process.argv.slice(1)]);
		return scene.predict?.({ ...started, cwd: folder }, { ...scene, files: withSource(scene.files, files, folder, { path, file: stub }) });
	}
	return undefined;
}

/** The name behind `python -m`, when the image does not hold that module where the program starts. */
async function moduleOf(process: Process, scene: Scene): Promise<string | undefined> {
	const interpreted = await interpret(process, scene.files);
	if (interpreted?.language !== "python" || interpreted.program.kind !== "entry") return undefined;
	const { entry } = interpreted.program;
	if (entry.kind !== "module") return undefined;
	const [first = ""] = entry.name.split(".");
	for (const path of [resolve(process.cwd, first), resolve(process.cwd, `${first}.py`)])
		if ((await scene.files.look(path)).kind !== "absent") return undefined;
	return first;
}

async function predictModule(process: Process, scene: Scene, module: string): Promise<Prediction | undefined> {
	for (const { folder, files } of await projectsBehind(placesOf(module, process), scene))
		for (const root of [folder, resolve(folder, "src")])
			if ((await files.look(resolve(root, module, "__main__.py"))).kind === "file")
				return scene.predict?.({ ...process, cwd: root }, { ...scene, files: withSource(scene.files, files, folder) });
	return undefined;
}

function placesOf(program: string, process: Process): string[] {
	if (program.includes("/")) return [resolve(process.cwd, program)];
	return searchPath(process).map((folder) => resolve(folder, program));
}

/** A project's folder in the stage that builds it. */
interface Project {
	readonly folder: string;
	readonly files: ImageFiles;
}

/** Projects that stages install; more are no program's own. */
const MOST_PROJECTS = 12;

async function projectsBehind(paths: readonly string[], scene: Scene): Promise<readonly Project[]> {
	const found: Project[] = [];
	const seen = new Set<ImageFiles>();
	for (const path of paths) {
		if ((await scene.files.look(path)).kind === "file") return [];
		const build = await scene.buildOf(path);
		if (seen.has(build.files)) continue;
		seen.add(build.files);
		found.push(...(await projectsOf(build, 0)));
	}
	return found.slice(0, MOST_PROJECTS);
}

async function projectsOf(build: Build, depth: number): Promise<Project[]> {
	const found: Project[] = [];
	for (const { argv, cwd } of build.commands) {
		const words = argv.map((word) => knownText(word) ?? "");
		for (const operand of installedBy(words)) {
			const path = resolve(cwd, operand.replace(/\[[\w,-]*\]$/, ""));
			if (!/\.(?:whl|tar\.gz)$|\*$/.test(path)) found.push({ folder: path, files: build.files });
			else if (build.buildOf && depth < 3) {
				const wheel = await build.buildOf(path.replaceAll("*", "x"));
				if (wheel.files !== build.files) found.push(...(await projectsOf(wheel, depth + 1)));
			}
		}
	}
	return found;
}

/** Folders and wheels that a command installs or builds, as written. */
function installedBy(words: readonly string[]): readonly string[] {
	const [first = "", ...rest] = words;
	const name = programName(first);
	const isModule = /^python[\d.]*$/.test(name) && rest[0] === "-m";
	const tool = isModule ? (rest[1] ?? "") : name;
	const args = isModule ? rest.slice(2) : rest;
	if (/^python[\d.]*$/.test(name) && /^(?:\.\/)?setup\.py$/.test(rest[0] ?? "")) return ["."];
	if (/^(?:pip[\d.]*|pipx)$/.test(tool)) return /^(?:install|wheel)$/.test(args[0] ?? "") ? operandsOf(args.slice(1)) : [];
	if (tool === "uv") {
		if (args[0] === "pip" || args[0] === "tool") return args[1] === "install" ? operandsOf(args.slice(2)) : [];
		return /^(?:sync|build)$/.test(args[0] ?? "") ? ["."] : [];
	}
	if (tool === "build") return [args.find((word) => !word.startsWith("-")) ?? "."];
	if (/^(?:poetry|pdm|hatch|rye|flit)$/.test(tool)) return args.some((word) => /^(?:install|build|sync)$/.test(word)) ? ["."] : [];
	return [];
}

/** Names of packages are no paths; the flags' values are told by their shape. */
function operandsOf(args: readonly string[]): string[] {
	return args.filter((word) => /^(?:\.|\/)|\.whl$|\.tar\.gz$/.test(word) && !/\.(?:txt|in|cfg|toml)$/.test(word));
}

/** The image's files, behind them the project's source, and the file that stands for the installed script. */
function withSource(
	image: ImageFiles,
	builder: ImageFiles,
	folder: string,
	script?: { readonly path: string; readonly file: TextFile },
): ImageFiles {
	const isSource = (path: string): boolean => path.startsWith(folder === "/" ? "/" : `${folder}/`) || path === folder;
	return {
		async look(path) {
			if (path === script?.path) return { kind: "file" };
			const entry = await image.look(path);
			return entry.kind === "file" || !isSource(path) ? entry : builder.look(path);
		},
		async read(path) {
			if (path === script?.path) return { kind: "text", file: script.file };
			const read = await image.read(path);
			return read.kind === "text" || !isSource(path) ? read : builder.read(path);
		},
		async list(path) {
			return [...new Set([...(await image.list(path)), ...(isSource(path) ? await builder.list(path) : [])])].sort();
		},
	};
}
