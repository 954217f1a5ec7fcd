import type { ImageFiles } from "../../context/imageFiles.ts";
import type { TextFile } from "../../model/text.ts";
import { knownText } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import type { Build } from "../technology.ts";
import { absolute } from "./command.ts";

/** A project of .NET whose file was found. */
export interface Project {
	/** Absolute path of the project file. */
	readonly path: string;
	readonly file: TextFile;
	readonly files: ImageFiles;
}

/** Folders that hold no source of the program. */
const SKIPPED = /^(bin|obj|node_modules|packages|\.git|\.vs|wwwroot|ClientApp|TestResults|Migrations)$/i;

const PROJECT = /\.(cs|fs|vb)proj$/i;

/** The project that an assembly or an executable of this name was built from; undefined when it is not in sight. */
export async function projectOf(assembly: string, build: Build): Promise<Project | undefined> {
	const targets: string[] = [];
	for (const command of build.commands) {
		const target = buildTarget(command);
		if (target !== undefined) targets.push(target);
	}
	const seen: Project[] = [];
	for (const target of targets.toReversed())
		for (const path of await projectsAt(build.files, target)) {
			const project = await readProject(build.files, path);
			if (project && isNamed(project, assembly)) return project;
			if (project && !seen.some((one) => one.path === project.path)) seen.push(project);
		}
	for (const target of targets.toReversed()) {
		const found = await search(build.files, /\.\w+$/.test(target) ? folderOf(target) : target, assembly);
		if (found) return found;
	}
	if (seen.length === 1) return seen[0];
	if (seen.length > 1 || targets.length > 0 || !build.copiedFrom) return undefined;
	// Built before, from the folder that holds bin/, or from anywhere in the build context.
	const { files, path } = build.copiedFrom;
	const folder = /^(.*?)\/(?:bin|obj|out|publish|artifacts?)\//i.exec(path)?.[1];
	return (
		(folder === undefined ? undefined : await search(files, folder === "" ? "/" : folder, assembly)) ?? (await search(files, "/", assembly))
	);
}

/** The project that `dotnet run` runs: the file, or the only one in the folder. */
export async function projectIn(files: ImageFiles, path: string): Promise<Project | undefined> {
	const [only, ...others] = await projectsAt(files, path);
	return only !== undefined && others.length === 0 ? readProject(files, only) : undefined;
}

/** Flags of `dotnet publish` and `dotnet build` that take the next word. */
const WITH_VALUE =
	/^(-c|--configuration|-o|--output|-r|--runtime|-f|--framework|-v|--verbosity|--os|-a|--arch|--source|-s|--version-suffix|--manifest|--artifacts-path)$/;

/** The project file, solution or folder that a command builds. */
function buildTarget({ argv, cwd }: Process): string | undefined {
	const words = argv.map((word) => knownText(word) ?? "");
	if (!/(^|\/)dotnet$/.test(words[0] ?? "") || !/^(publish|build|msbuild|pack)$/.test(words[1] ?? "")) return undefined;
	for (let i = 2; i < words.length; i++) {
		const word = words[i] ?? "";
		if (WITH_VALUE.test(word)) i++;
		else if (
			word !== "" &&
			!word.startsWith("-") &&
			!/^\/(p|t|property|target|v|m|nologo|verbosity)\b/i.test(word) &&
			!/^(true|false)$/.test(word)
		)
			return absolute(cwd, word);
	}
	return cwd;
}

async function projectsAt(files: ImageFiles, path: string): Promise<string[]> {
	if (PROJECT.test(path)) return [path];
	if (/\.slnx?$/i.test(path)) return [];
	return (await files.list(path)).filter((name) => PROJECT.test(name)).map((name) => join(path, name));
}

/** Folders looked into for one project file. */
const MOST_FOLDERS = 250;

async function search(files: ImageFiles, root: string, assembly: string): Promise<Project | undefined> {
	let folders = [root];
	const found: string[] = [];
	for (let depth = 0, looked = 0; depth < 5 && folders.length > 0; depth++) {
		const next: string[] = [];
		for (const folder of folders) {
			if (++looked > MOST_FOLDERS) return undefined;
			const names = await files.list(folder);
			found.push(...names.filter((name) => PROJECT.test(name)).map((name) => join(folder, name)));
			for (const name of names)
				if (!name.includes(".") || /^[A-Z]/.test(name)) if (!SKIPPED.test(name) && !PROJECT.test(name)) next.push(join(folder, name));
		}
		folders = next;
	}
	const byName = found.find((path) => nameOf(path).replace(PROJECT, "").toLowerCase() === assembly.toLowerCase());
	for (const path of byName === undefined ? found.slice(0, 40) : [byName]) {
		const project = await readProject(files, path);
		if (project && isNamed(project, assembly)) return project;
	}
	return undefined;
}

async function readProject(files: ImageFiles, path: string): Promise<Project | undefined> {
	const read = await files.read(path);
	return read.kind === "text" ? { path, file: read.file, files } : undefined;
}

function isNamed({ path, file }: Project, assembly: string): boolean {
	const given = /<AssemblyName>\s*([^<\s]+)\s*<\/AssemblyName>/i.exec(file.text)?.[1];
	return (given ?? nameOf(path).replace(PROJECT, "")).toLowerCase() === assembly.toLowerCase();
}

/** A source file of a project. */
export interface Source {
	readonly path: string;
	readonly file: TextFile;
}

const MOST_SOURCES = 70;

/** Files of referenced projects that may hold how a host is set up. */
const SETS_UP = /(Program|Startup|Host|Kestrel|Server|Extension|Default|Builder|Config|Constant|Setting|Bootstrap)\w*\.cs$/;

/** The project's source, and of the projects that it references what may set up a host. `whole` is false when there was too much. */
export async function sourcesOf(
	project: Project,
): Promise<{ readonly sources: readonly Source[]; readonly projects: readonly Project[]; readonly whole: boolean }> {
	const projects = await withReferences(project);
	const sources: Source[] = [];
	let whole = true;
	for (const one of projects) {
		const all = await sourcePaths(one.files, folderOf(one.path));
		const wanted = one === project ? all.paths : all.paths.filter((path) => SETS_UP.test(path));
		if (one === project && !all.whole) whole = false;
		const chosen = wanted.sort((a, b) => rank(a) - rank(b)).slice(0, MOST_SOURCES - sources.length);
		if (one === project && chosen.length < wanted.length) whole = false;
		const reads = await Promise.all(chosen.map((path) => one.files.read(path)));
		for (const [i, read] of reads.entries()) {
			if (read.kind === "text") sources.push({ path: chosen[i] ?? "", file: read.file });
			else if (read.kind === "unknown") whole = false;
		}
	}
	return { sources, projects, whole };
}

function rank(path: string): number {
	return /\/(Program|Startup)\.\w+$/.test(path) ? 0 : SETS_UP.test(path) ? 1 : 2;
}

async function withReferences(project: Project): Promise<Project[]> {
	const all = [project];
	for (let i = 0; i < all.length && all.length < 6; i++) {
		const one = all[i];
		if (!one) break;
		for (const [, include = ""] of one.file.text.matchAll(/<ProjectReference\s+Include\s*=\s*"([^"]+)"/gi)) {
			const path = absolute(folderOf(one.path), include);
			const read = all.some((other) => other.path === path) ? undefined : await readProject(one.files, path);
			if (read && all.length < 6) all.push(read);
		}
	}
	return all;
}

async function sourcePaths(files: ImageFiles, root: string): Promise<{ paths: string[]; whole: boolean }> {
	const paths: string[] = [];
	let folders = [root];
	for (let depth = 0, looked = 0; depth < 8 && folders.length > 0; depth++) {
		const next: string[] = [];
		looked += folders.length;
		if (looked > MOST_FOLDERS || paths.length > 2_000) return { paths, whole: false };
		const lists = await Promise.all(folders.map((folder) => files.list(folder)));
		for (const [i, names] of lists.entries()) {
			const folder = folders[i] ?? root;
			// Another project's folder inside this one is compiled there.
			if (folder !== root && names.some((name) => PROJECT.test(name))) continue;
			for (const name of names) {
				if (/\.(cs|fs|vb)$/i.test(name)) paths.push(join(folder, name));
				else if (!/\.\w{2,6}$/.test(name) && !SKIPPED.test(name)) next.push(join(folder, name));
			}
		}
		folders = next;
	}
	return { paths, whole: true };
}

export function folderOf(path: string): string {
	return path.slice(0, Math.max(1, path.lastIndexOf("/")));
}

export function nameOf(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1);
}

function join(folder: string, name: string): string {
	return folder === "/" ? `/${name}` : `${folder}/${name}`;
}
