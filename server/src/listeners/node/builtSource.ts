import type { ImageFiles } from "../../context/imageFiles.ts";
import { t } from "../../model/message.ts";
import { deployedFrom } from "../../process/deployedPackages.ts";
import type { Process } from "../../process/process.ts";
import type { Build, Scene } from "../technology.ts";
import { conventionalSources } from "./buildConventions.ts";
import { buildOutputs } from "./buildOutputs.ts";
import { foldersAbove, joinPath, readJson, textIn } from "./projectFiles.ts";

/** A program's source in the stage that built it. */
export interface BuiltSource {
	/** Absolute path there. */
	readonly path: string;
	/** What the program may read: the image's files, and behind them the source that is only in the builder. */
	readonly files: ImageFiles;
}

/**
 * The source of a JavaScript program that this build makes: `dist/main.js` of `src/main.ts`. Undefined when the file is in the image
 * as it is; a reason when it is built and nobody knows from what.
 */
export async function builtSource(process: Process, path: string, scene: Scene): Promise<Found> {
	const wanted = await missingFile(scene.files, path);
	let reason: { readonly reason: string } | undefined;
	for (const one of wanted ?? []) {
		const found = await sourceOf(process, one, scene);
		if (found && "path" in found) return found;
		reason ??= found;
	}
	return reason;
}

/** The source of a module that is known to be missing from the image. */
export async function sourceOfBuilt(process: Process, path: string, scene: Scene): Promise<BuiltSource | undefined> {
	const found = await sourceOf(process, path, scene);
	return found && "path" in found ? found : undefined;
}

type Found = BuiltSource | { readonly reason: string } | undefined;

async function sourceOf(process: Process, wanted: string, scene: Scene): Promise<Found> {
	const build = await scene.buildOf(wanted);
	const deployed = await deployedFrom(build.commands, build.files, build.path);
	const inWorkspace = deployed === undefined ? undefined : await sourceIn(process, scene, { ...build, path: deployed }, true);
	if (inWorkspace && "path" in inWorkspace) return inWorkspace;
	const found = await sourceIn(process, scene, build);
	if ((found && "path" in found) || !build.copiedFrom) return found;
	// It was built before, and what it is built from stands beside it.
	const before = await sourceIn(process, scene, { ...build, ...build.copiedFrom, commands: [] });
	return before && "path" in before ? before : found;
}

/** `isCopy` says that what stands at the path itself is what the image holds. */
async function sourceIn(process: Process, scene: Scene, build: Build, isCopy = false): Promise<Found> {
	if (isCopy && (await build.files.look(build.path)).kind === "file") return { path: build.path, files: overlay(scene.files, build.files) };
	let isOutput = false;
	// A manifest may have been copied into the output folder: the package that is built is one of those above it.
	for (const root of await packageFolders(build.files, build.path)) {
		const explicit = await buildOutputs(process, scene, build, root);
		const fromBuild = explicit.flatMap((output) => output(build.path));
		const stems = [...fromBuild, ...conventionalSources(build.path, root)];
		for (const stem of stems) {
			const source = await sourceFile(build.files, stem, build.path);
			if (source !== undefined) return { path: source, files: overlay(scene.files, build.files) };
		}
		isOutput ||= stems.length > 0;
	}
	if (!isOutput || build.commands.length === 0 || build.path.includes("/node_modules/")) return undefined;
	return { reason: t("how {0} is built is not understood", build.path.slice(build.path.lastIndexOf("/") + 1)) };
}

const ENDINGS = ["", ".js", ".mjs", ".cjs", ".json", ".ts", ".mts", ".cts", ".tsx"];

/** The files that `node` would look for, when none of them is in the image. */
async function missingFile(files: ImageFiles, path: string, depth = 0): Promise<readonly string[] | undefined> {
	for (const ending of ENDINGS) if ((await files.look(path + ending)).kind === "file") return undefined;
	if (/\.[cm]?js$/.test(path)) {
		// TypeScript beside it is taken by the evaluator.
		return (await files.look(path.replace(/js$/, "ts"))).kind === "file" ? undefined : [path];
	}
	const main = textIn((await readJson(files, joinPath(path, "package.json")))?.main);
	if (main !== undefined && depth < 2) return missingFile(files, joinPath(path, main), depth + 1);
	for (const ending of ENDINGS.slice(1)) if ((await files.look(`${path}/index${ending}`)).kind === "file") return undefined;
	return [`${path}.js`, `${path}/index.js`];
}

/** A workspace's package in its workspace, with a manifest in the output folder. */
const MOST_PACKAGES = 3;

/** Nearest first. */
async function packageFolders(files: ImageFiles, path: string): Promise<readonly string[]> {
	const found: string[] = [];
	for (const manifest of ["package.json", "tsconfig.json"]) {
		for (const folder of foldersAbove(path))
			if (found.length < MOST_PACKAGES && (await files.look(joinPath(folder, manifest))).kind === "file") found.push(folder);
		if (found.length > 0) break;
	}
	return found;
}

async function sourceFile(files: ImageFiles, stem: string, built: string): Promise<string | undefined> {
	const bare = stem.replace(/\.(?:[cm]?[jt]s|[jt]sx)$/, "");
	const exact = stem === bare ? [] : [stem];
	const candidates = [...exact, ...["ts", "mts", "cts", "tsx", "js", "mjs", "cjs", "jsx"].map((ending) => `${bare}.${ending}`)];
	for (const one of candidates) if (one !== built && (await files.look(one)).kind === "file") return one;
	return undefined;
}

/** What may be read from the builder: source, manifests and folders; settings of the running program are the image's own. */
const FROM_BUILDER = /(?:^|\/)(?:[^./][^/]*\.(?:[cm]?[jt]sx?|json)|[^./]+|[^./]+\.(?:[a-z]+))$/i;

function overlay(image: ImageFiles, builder: ImageFiles): ImageFiles {
	const isSource = (path: string): boolean => FROM_BUILDER.test(path) && !/\.(?:ya?ml|env|toml|ini|conf|json5)$/.test(path);
	return {
		async look(path) {
			const entry = await image.look(path);
			return entry.kind === "file" || entry.kind === "folder" || !isSource(path) ? entry : builder.look(path);
		},
		async read(path) {
			const read = await image.read(path);
			return read.kind === "text" || !isSource(path) ? read : builder.read(path);
		},
		async list(path) {
			return [...new Set([...(await image.list(path)), ...(await builder.list(path))])].sort();
		},
	};
}
