import { loadDotenv } from "../core/dotenv.ts";
import { nameOf } from "../core/paths.ts";
import type { Run } from "../core/run.ts";
import { SourceFile } from "../core/sourceFile.ts";
import type { JavaScript } from "./javascript.ts";
import { load, runModule } from "./modules.ts";
import { readSource, resolvePath } from "./resolve.ts";
import { strangersIn } from "./strangers.ts";

/** Evaluates a JavaScript or TypeScript program from its entry, as far as its files are on the shelf. */
export function evaluateJavaScript(run: Run): void {
	const { entry, cwd, main, environmentFiles = [], preload = [] } = run.start;
	const js: JavaScript = { run, modules: new Map(), libraries: new Map(), main: undefined };
	const at = run.start.evidence.at(-1);
	for (const file of environmentFiles) loadDotenv(run, file, false);
	const working = new SourceFile(`${cwd}/package.json`, { uri: "", text: "", origin: { line: 0, character: 0 } }, undefined);
	for (const name of preload) load(js, name, working, at ?? working.evidenceBetween(0, 0));
	const path = entry.kind === "path" ? entry.path : `${cwd}/${entry.name}`;
	const resolved = resolvePath(js, path);
	// An unknown place is asked for by its own name, and its reason is the gap.
	const read = readSource(js, resolved ?? path);
	if (read.kind === "absent") run.gap(read.reason ?? `${nameOf(path) || path} is not in the image`, at);
	else if (read.kind === "unknown") run.gap(read.reason, at);
	else if (read.kind === "file") runModule(js, read.file, main);
}

/** What the files of a finished run use and nobody knows to be quiet. */
export function javaScriptStrangers(run: Run): readonly string[] {
	return [...new Set(run.shelf.sources.flatMap((file) => strangersIn(file)))];
}
