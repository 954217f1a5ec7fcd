import type { Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { textOf } from "../commandLine.ts";
import { commandOf } from "../interpreter.ts";
import type { Scene } from "../technology.ts";

export interface NodeCommand {
	readonly name: string;
	readonly args: readonly Value[];
	/** Of the script that `node` was given. */
	readonly path?: string;
}

/** Folders of the PATH where npm, yarn, pnpm and Bun link what they install. */
const PATH_FOLDER = /^(\/usr\/local\/bin|\/usr\/bin|\/root\/\.bun\/bin|\/home\/\w+\/\.npm-global\/bin|\/opt\/\w+\/bin)\//;

/**
 * A command of an installed package: by its name on the PATH, in `node_modules/.bin`, or by the file of the package that `node` is
 * given. A file that this build copies to the PATH under the same name is another program.
 */
export async function nodeCommand(
	process: Process,
	scene: Scene,
	names: readonly string[],
	paths: readonly string[],
): Promise<NodeCommand | undefined> {
	const program = textOf(process.argv[0]) ?? "";
	const base = program.replace(/^.*\//, "");
	if (names.includes(base)) {
		const isInstalled = program.includes("node_modules/") || PATH_FOLDER.test(program);
		if (program.includes("/") && !isInstalled) return undefined;
		if (!program.includes("node_modules/") && (await isOwn(scene, base))) return undefined;
		return { name: base, args: process.argv.slice(1) };
	}
	if (!/^(node|nodejs|bun|bunx|deno|tsx)$/.test(base)) return undefined;
	const script = scriptOf(process, base);
	if (!script) return undefined;
	const name =
		names.find((one) => named(script.path, one)) ?? (paths.some((path) => script.path.endsWith(`/${path}`)) ? names[0] : undefined);
	return name === undefined ? undefined : { name, args: script.args, path: script.path };
}

function scriptOf(process: Process, runner: string): { readonly path: string; readonly args: readonly Value[] } | undefined {
	const words = process.argv.slice(1);
	const at = words.findIndex((word) => !/^-/.test(textOf(word) ?? "") && !/^(run|x|exec)$/.test(textOf(word) ?? "run"));
	const first = textOf(words[at]);
	if (first === undefined) return undefined;
	if (runner === "node" || runner === "nodejs" || runner === "tsx") {
		// Flags of node with a value stand before the script, so it is told by its path.
		const script = words.findIndex((word) => (textOf(word) ?? "").includes("node_modules/"));
		const path = textOf(words[script]);
		const isScript = path !== undefined && commandOf(process)?.args.length === words.length - script - 1;
		return isScript ? { path, args: words.slice(script + 1) } : undefined;
	}
	// `bun next start`, `bun --bun run vite`, `deno run -A npm:vite`: the name of a command, not of a file.
	const name = first.replace(/^npm:/, "").replace(/(.)@.*$/, "$1");
	if (runner === "deno" && !first.startsWith("npm:")) return undefined;
	if (first.includes("/") && !first.startsWith("npm:") && !first.includes("node_modules/")) return undefined;
	return { path: first.includes("node_modules/") ? first : `node_modules/.bin/${name}`, args: words.slice(at + 1) };
}

/** `node_modules/.bin/next`, `node_modules/next/dist/bin/next`, `node_modules/vite/bin/vite.js`. */
function named(path: string, name: string): boolean {
	const inside = path.replace(/^.*node_modules\//, "");
	const last = inside.replace(/^.*\//, "").replace(/\.[cm]?js$/, "");
	return path.includes("node_modules/") && last === name && (inside.startsWith(".bin/") || /(^|\/)(bin|dist|lib|cli|out)\//.test(inside));
}

async function isOwn(scene: Scene, name: string): Promise<boolean> {
	for (const folder of ["/usr/local/bin", "/usr/bin", "/bin"])
		if ((await scene.files.look(`${folder}/${name}`)).kind === "file") return true;
	return false;
}
