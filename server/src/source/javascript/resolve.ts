import { resolve } from "../core/paths.ts";
import type { Read } from "../core/shelf.ts";
import type { SourceFile } from "../core/sourceFile.ts";
import type { GrammarName } from "../syntax.ts";
import type { JavaScript } from "./javascript.ts";

/** Extensions that `require` tries, Node's own first, then those of TypeScript's runners. */
const EXTENSIONS = [".js", ".json", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".jsx"];

/** The path of the file that a path means: itself, with an extension, or a folder's main file (Node.js, modules: "All together"). */
export function resolvePath(js: JavaScript, path: string, depth = 0): string | undefined {
	const itself = js.run.shelf.look(path);
	if (itself.kind === "file") return path;
	const source = asSource(path);
	const candidates = [...(source ? [source] : []), ...EXTENSIONS.map((extension) => path + extension)];
	// All are asked for at once, so that one round finds them.
	const found = candidates.filter((candidate) => js.run.shelf.look(candidate).kind === "file")[0];
	if (found) return found;
	if (itself.kind !== "folder" || depth > 3) return undefined;
	return (
		mainOf(js, path, depth) ??
		EXTENSIONS.map((extension) => `${path}/index${extension}`).filter((index) => js.run.shelf.look(index).kind === "file")[0]
	);
}

/** TypeScript imports `./x.js` where the image holds `x.ts`. */
function asSource(path: string): string | undefined {
	const extension = /\.([cm]?)js$/.exec(path);
	return extension ? `${path.slice(0, extension.index)}.${extension[1]}ts` : undefined;
}

function mainOf(js: JavaScript, folder: string, depth: number): string | undefined {
	const read = js.run.shelf.read(`${folder}/package.json`);
	const main = read.kind === "file" ? mainIn(read.file) : undefined;
	return main === undefined ? undefined : resolvePath(js, resolve(folder, main), depth + 1);
}

const MAINS = new WeakMap<SourceFile, { readonly main: string | undefined }>();

function mainIn(file: SourceFile): string | undefined {
	let kept = MAINS.get(file);
	if (!kept) {
		let parsed: unknown;
		try {
			parsed = JSON.parse(file.text);
		} catch {
			parsed = undefined;
		}
		const main = typeof parsed === "object" && parsed !== null && "main" in parsed ? parsed.main : undefined;
		kept = { main: typeof main === "string" ? main : undefined };
		MAINS.set(file, kept);
	}
	return kept.main;
}

/** Reads a file with the grammar that its name asks for; JSON and unknown kinds without one. */
export function readSource(js: JavaScript, path: string): Read {
	return js.run.shelf.read(path, grammarOf(path));
}

function grammarOf(path: string): GrammarName | undefined {
	if (/\.[cm]?ts$/.test(path)) return "typescript";
	if (path.endsWith(".tsx")) return "tsx";
	return path.endsWith(".json") || path.endsWith(".node") ? undefined : "javascript";
}
