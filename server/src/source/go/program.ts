import { t } from "../../model/message.ts";
import { folderOf, nameOf } from "../core/paths.ts";
import type { Run } from "../core/run.ts";
import type { Go, Package } from "./go.ts";
import { folderOfImport, moduleOf } from "./modules.ts";
import { NotYet } from "./names.ts";
import { gather, loadPackage, packageMember } from "./packages.ts";
import { strangersIn } from "./strangers.ts";

/**
 * Evaluates a Go program from its package `main`, as far as its files are on the shelf. The entry is the package's folder,
 * or one file where the build command names that.
 */
export function evaluateGo(run: Run): void {
	try {
		start(run);
	} catch (error) {
		if (!(error instanceof NotYet)) throw error;
	}
}

function start(run: Run): void {
	const { entry, cwd } = run.start;
	const path = entry.kind === "path" ? entry.path : `${cwd}/${entry.name}`;
	const go = newGo(run);
	STATES.set(run, go);
	const at = run.start.evidence.at(-1);
	const folder = path.endsWith(".go") ? folderOf(path) : path;
	const module = moduleOf(go, folder);
	gather(go, path, module);
	if (run.shelf.isWaiting) return;
	const pkg = loadPackage(go, path, module, at);
	if (!pkg) {
		if (!run.shelf.isWaiting) run.gap(t("no Go source in {0}", nameOf(path) || path), at);
		return;
	}
	const main = packageMember(go, pkg, "main");
	const declaration = pkg.declarations.get("main");
	if (main?.kind !== "callable" || !declaration) {
		run.gap(t("{0} has no main function", nameOf(path) || path), at);
		return;
	}
	const begin = at ?? declaration.file.source.evidence(declaration.node);
	main.invoke({ positional: [], keywords: new Map(), self: undefined, at: begin });
	if (!run.showsUsage && !run.shelf.isWaiting && run.calls.every((call) => !/(Listen|Serve|Run|Start)/.test(call.callee)))
		loadImports(go, pkg);
}

/** What the files of a finished run use and nobody knows to be quiet. */
export function goStrangers(run: Run): readonly string[] {
	const go = STATES.get(run);
	const isOwn = (file: string, path: string): boolean =>
		go !== undefined && folderOfImport(go, moduleOf(go, folderOf(file)), path) !== undefined;
	return [...new Set(run.shelf.sources.flatMap((file) => strangersIn(file, (path) => isOwn(file.path, path))))];
}

/** What a finished run knew of its modules. */
const STATES = new WeakMap<Run, Go>();

function newGo(run: Run): Go {
	return {
		run,
		packages: new Map(),
		libraries: new Map(),
		modules: new Map(),
		pointers: new WeakMap(),
		unset: new WeakMap(),
		types: new WeakMap(),
		signatures: new WeakMap(),
		initializers: [],
	};
}

/** Packages of the program that nothing was seen to use: "no ports" must hold whatever the program does. */
function loadImports(go: Go, from: Package): void {
	const seen = new Set<string>();
	const left = [from, ...go.packages.values()];
	for (let pkg = left.pop(); pkg && seen.size < MOST_PACKAGES; pkg = left.pop()) {
		for (const file of new Set([...pkg.declarations.values()].map((one) => one.file)))
			for (const path of file.imports.values()) {
				const folder = folderOfImport(go, pkg.module, path);
				if (folder === undefined || seen.has(folder)) continue;
				seen.add(folder);
				const loaded = loadPackage(go, folder, pkg.module, undefined);
				if (loaded) left.push(loaded);
			}
	}
	if (seen.size >= MOST_PACKAGES) go.run.gap(t("too many packages to read"), go.run.start.evidence.at(-1));
}

const MOST_PACKAGES = 60;
