import type { ImageFiles } from "../../context/imageFiles.ts";
import { t } from "../../model/message.ts";
import type { Listener, Prediction } from "../../model/port.ts";
import { likelyText, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { searchPath } from "../../process/searchPath.ts";
import { openQuestion, QUIET } from "../claims.ts";
import { predictCalls } from "../program.ts";
import type { ReadCall } from "../sourceCall.ts";
import type { Build, Scene, Technology } from "../technology.ts";
import { absolute, type Output, outputsOf, readGoCommand, type Source, sourceOf, tagsOf } from "./goBuild.ts";
import { moduleAt, programNamed } from "./goModule.ts";
import { reloaded } from "./reloaders.ts";

/** A package main, with the files among which it stands. */
interface Found {
	readonly source: Source;
	readonly files: ImageFiles;
	/** Not said by a build command: the name alone points there. */
	readonly guessed: boolean;
	readonly tags?: readonly string[] | undefined;
}

/** Programs written in Go: run from source, or built by this Dockerfile or before it. They listen where their calls say. */
export function goProgram(technologies: readonly Technology[]): Technology {
	const table = new Map(technologies.flatMap((one) => Object.entries(one.calls?.go ?? {})));
	return { name: "go", title: "Go", command: (process, scene) => predictGo(process, scene, table) };
}

async function predictGo(process: Process, scene: Scene, table: ReadonlyMap<string, ReadCall>): Promise<Prediction | undefined> {
	const program = likelyText(process.argv[0]);
	if (program === undefined) return undefined;
	const go = readGoCommand(process);
	if (go) {
		if (go.verb !== "run") return QUIET;
		const [name = "."] = go.packages;
		const source = await sourceOf(scene.files, go.cwd, go.packages.length > 1 ? name.replace(/[^/]*$/, ".") : name);
		return evaluate(process, go.args, { source, files: scene.files, guessed: false, tags: tagsOf(go) }, scene, table);
	}
	const again = await reloaded(process, scene.files);
	if (again) {
		const source = await sourceOf(scene.files, again.cwd, again.name);
		return evaluate(process, again.args, { source, files: scene.files, guessed: false }, scene, table);
	}
	for (const path of candidates(program, process)) {
		const found = await findSource(await scene.buildOf(path));
		if (found) return evaluate(process, process.argv.slice(1), found, scene, table);
	}
	return undefined;
}

/** Where a program stands: its path, or a folder of the PATH. */
function candidates(program: string, process: Process): string[] {
	if (program.includes("/")) return [absolute(process.cwd, program)];
	return [...new Set([...searchPath(process), "/go/bin"])].map((folder) => absolute(folder, program));
}

async function findSource(build: Build): Promise<Found | undefined> {
	const { files, path, copiedFrom } = build;
	const name = path.slice(path.lastIndexOf("/") + 1);
	const outputs = await outputsOf(build.commands, files);
	const exact = outputs.findLast((one) => one.path === path);
	if (exact) return { source: exact.source, files, guessed: false, tags: exact.tags };
	const inFolder = outputs.filter((one) => one.path === undefined && one.folder !== undefined && `${one.folder}/${name}` === path);
	for (const one of inFolder) if (one.source.kind !== "remote") return named(one, files, name);
	if (copiedFrom) {
		// It was built before: only its name tells from what.
		if ((await copiedFrom.files.look(copiedFrom.path)).kind !== "absent") return undefined;
		return guess(copiedFrom.files, "/", copiedFrom.path.slice(copiedFrom.path.lastIndexOf("/") + 1), name);
	}
	return moved(outputs, files, name);
}

async function named(one: Output, files: ImageFiles, name: string): Promise<Found | undefined> {
	if (one.source.kind === "remote") return undefined;
	const path = await programNamed(files, one.source.path, name);
	return path === undefined ? undefined : { source: { kind: "folder", path }, files, guessed: false, tags: one.tags };
}

/** A program may be moved after it was built: the one of this name, or the only one that the stage builds. */
function moved(outputs: readonly Output[], files: ImageFiles, name: string): Found | undefined {
	const local = outputs.filter((one) => one.source.kind === "folder");
	const sameName = local.filter((one) => one.path?.endsWith(`/${name}`));
	const only = sameName.length > 0 ? sameName.at(-1) : local.length === 1 ? local[0] : undefined;
	return only && { source: only.source, files, guessed: sameName.length === 0, tags: only.tags };
}

async function guess(files: ImageFiles, root: string, ...names: readonly string[]): Promise<Found | undefined> {
	if (!(await moduleAt(files, root))) return undefined;
	for (const name of names) {
		const path = await programNamed(files, root, name);
		if (path !== undefined) return { source: { kind: "folder", path }, files, guessed: true };
	}
	return undefined;
}

async function evaluate(
	process: Process,
	args: readonly Value[],
	{ source, files, guessed, tags = [] }: Found,
	scene: Scene,
	table: ReadonlyMap<string, ReadCall>,
): Promise<Prediction> {
	const label = programLabel(process);
	if (source.kind === "remote") return openQuestion(process, t("the source of {0} is not in the image", source.name.replace(/^.*\//, "")));
	if (source.kind === "pattern") return openQuestion(process, t("several programs may be {0}", label));
	const result = await scene.sources.run("go", {
		entry: { kind: "path", path: source.path },
		main: true,
		args,
		cwd: process.cwd,
		environment: process.environment,
		files: together(files, scene.files),
		budget: scene.budget,
		evidence: process.evidence,
		...(tags.length > 0 ? { buildTags: tags } : {}),
	});
	const prediction = predictCalls(process, result, table, label);
	if (!guessed) return prediction;
	return { ...prediction, listeners: prediction.listeners.map(lessSure) };
}

function lessSure(listener: Listener): Listener {
	return listener.certainty === "certain" ? { ...listener, certainty: "default" } : listener;
}

/** Source comes from where the program was built, everything that it reads when it runs from its own image. */
function together(built: ImageFiles, running: ImageFiles): ImageFiles {
	if (built === running) return running;
	const isSource = (path: string): boolean => /\.go$|\/go\.(mod|work)$|^\/go\/src\//.test(path);
	return {
		look: (path) => (isSource(path) ? built : running).look(path),
		read: (path) => (isSource(path) ? built : running).read(path),
		list: (path) => built.list(path),
	};
}

function programLabel(process: Process): string {
	return (likelyText(process.argv[0]) ?? t("the program")).replace(/^.*\//, "");
}
