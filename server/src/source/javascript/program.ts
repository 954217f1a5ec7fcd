import { t } from "../../model/message.ts";
import { jsonThing } from "../core/data.ts";
import { loadDotenv } from "../core/dotenv.ts";
import { nameOf } from "../core/paths.ts";
import type { Run } from "../core/run.ts";
import { SourceFile } from "../core/sourceFile.ts";
import type { Thing } from "../core/thing.ts";
import type { JavaScript } from "./javascript.ts";
import { leavesModules } from "./loads.ts";
import { load, runModule } from "./modules.ts";
import { readSource, resolvePath } from "./resolve.ts";
import { ownLoadsIn, strangersIn } from "./strangers.ts";
import { configured } from "./toolConfiguration.ts";

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
	if (read.kind === "absent") run.gap(read.reason ?? t("{0} is not in the image", nameOf(path) || path), at);
	else if (read.kind === "unknown") run.gap(read.reason, at);
	else if (read.kind === "file" && !read.file.root) run.exported = jsonThing(read.file);
	else if (read.kind === "file") {
		const { module, namespace } = runModule(js, read.file, main);
		const [whole, byDefault] = [module.fields.get("exports"), namespace.fields.get("default")];
		run.exported = byDefault ?? (whole?.kind === "structure" ? (whole.fields.get("default") ?? whole) : whole);
		if (run.exported?.kind === "callable" && !main)
			run.exported = configured(js, run.exported, { at: at ?? read.file.evidenceBetween(0, 0) });
		if (run.exported && main) serveExport(js, run.exported, read.file);
	}
}

/**
 * Bun and `deno serve` serve what the entry exports when that has a `fetch` (Bun, "HTTP server": export default syntax; Deno,
 * `deno serve`). Both are told apart from calls in the source by their callee.
 */
function serveExport(js: JavaScript, exported: Thing, file: SourceFile): void {
	const { runtime } = js.run.start;
	if (runtime !== "bun" && runtime !== "deno serve") return;
	const serves = exported.kind === "structure" ? exported.fields.has("fetch") : exported.kind === "library";
	const at = file.root?.children.find((one) => one.type === "export_statement" && one.children.some((token) => token.type === "default"));
	if (serves && at)
		js.run.record(
			runtime === "bun" ? "Bun.export" : "Deno.export",
			{ positional: [exported], keywords: new Map(), self: undefined, at: file.evidence(at) },
			undefined,
		);
}

/** What the files of a finished run use and nobody knows to be quiet. */
export function javaScriptStrangers(run: Run): readonly string[] {
	const strangers = new Set(run.shelf.sources.flatMap((file) => strangersIn(file)));
	if (leavesModules(run, ownLoadsIn)) strangers.add("a module that is not followed");
	return [...strangers];
}
