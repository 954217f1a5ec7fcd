import type { ImageEntry, ImageFiles } from "../../context/imageFiles.ts";
import type { Process } from "../../process/process.ts";
import type { Scene } from "../technology.ts";
import { type BuiltSource, sourceOfBuilt } from "./builtSource.ts";

/** Modules of an output folder that are looked for in the builder; a program has few roads from its own files into one. */
const MOST_MODULES = 2_000;

const MODULE = /\/(?:dist|build|lib|out|output|compiled|\.output)\/(?:.*\/)?[^/]+\.[cm]?[jt]sx?$/;

/** `app.js.ts`, as modules are tried. */
const TWO_ENDINGS = /\.[cm]?[jt]sx?\.[cm]?[jt]sx?$/;

/**
 * The image's files with the modules that this build writes and nothing shows: `bin/server.js` stands in the repository and loads
 * `../dist/app.js`, which is `src/app.ts`. A source keeps its own ending, as if it stood where the module does.
 */
export function withBuiltModules(process: Process, scene: Scene): ImageFiles {
	const sources = new Map<string, Promise<BuiltSource | undefined>>();
	const sourceOf = (path: string): Promise<BuiltSource | undefined> => {
		if (!MODULE.test(path) || TWO_ENDINGS.test(path) || path.includes("/node_modules/")) return Promise.resolve(undefined);
		const module = path.replace(/\.([cm]?)tsx?$/, ".$1js");
		let found = sources.get(module);
		if (!found) {
			if (sources.size >= MOST_MODULES) return Promise.resolve(undefined);
			found = missing(module);
			sources.set(module, found);
		}
		return found.then((source) => (source && endingOf(source.path) === endingOf(path) ? source : undefined));
	};
	/** Nothing is asked about a module that stands there itself: each question reads what the build says, and that is paid for. */
	const missing = async (module: string): Promise<BuiltSource | undefined> =>
		(await scene.files.look(module)).kind === "file" ? undefined : sourceOfBuilt(process, module, scene);
	return {
		async look(path): Promise<ImageEntry> {
			const entry = await scene.files.look(path);
			if (entry.kind === "file" || entry.kind === "folder") return entry;
			const source = await sourceOf(path);
			if (source) return { kind: "file" };
			// `require("../dist")` looks for a folder first.
			return /\/[^/.]+$/.test(path) && ((await sourceOf(`${path}/index.js`)) ?? (await sourceOf(`${path}/index.ts`)))
				? { kind: "folder" }
				: entry;
		},
		async read(path) {
			const read = await scene.files.read(path);
			if (read.kind === "text") return read;
			const source = await sourceOf(path);
			return source ? source.files.read(source.path) : read;
		},
		list: (path) => scene.files.list(path),
	};
}

function endingOf(path: string): string {
	return path.slice(path.lastIndexOf("."));
}
