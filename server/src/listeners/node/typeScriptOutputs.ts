import type { ImageFiles } from "../../context/imageFiles.ts";
import type { BuildCommand, Output } from "./buildOutputs.ts";
import { joinPath, objectIn, readJson, textIn } from "./projectFiles.ts";

interface Compiler {
	/** Absolute. */
	readonly outDir?: string;
	readonly rootDir?: string;
	/** The folder of the configuration. */
	readonly folder: string;
}

/** `tsc -p`, with `outDir` and `rootDir` of its configuration (typescriptlang.org/tsconfig). */
export async function typeScriptOutputs(files: ImageFiles, command: BuildCommand): Promise<Output> {
	const { args, root } = command;
	const project = flagText(args, ["-p", "--project", "-b", "--build"]);
	const compiler = await readCompiler(files, configPath(root, project), 0);
	const [outDir, rootDir] = [flagText(args, ["--outDir"]), flagText(args, ["--rootDir"])];
	return outputOf({
		folder: compiler?.folder ?? root,
		...(outDir !== undefined ? { outDir: joinPath(root, outDir) } : compiler?.outDir !== undefined ? { outDir: compiler.outDir } : {}),
		...(rootDir !== undefined
			? { rootDir: joinPath(root, rootDir) }
			: compiler?.rootDir !== undefined
				? { rootDir: compiler.rootDir }
				: {}),
	});
}

function outputOf({ outDir, rootDir, folder }: Compiler): Output {
	return (built) => {
		const inside = outDir === undefined ? undefined : belowOutput(built, outDir);
		if (inside === undefined) return [];
		const rest = inside.replace(/\.([cm]?)js$/, "");
		// Without `rootDir` it is the longest folder that holds all sources: the project's own, or more often its `src`.
		return rootDir === undefined ? [joinPath(folder, "src", rest), joinPath(folder, rest)] : [joinPath(rootDir, rest)];
	};
}

/** The output folder may have been copied elsewhere, `cp -r dist package`, where its name is the same. */
function belowOutput(built: string, outDir: string): string | undefined {
	if (built.startsWith(`${outDir}/`)) return built.slice(outDir.length + 1);
	const name = outDir.slice(outDir.lastIndexOf("/"));
	const at = built.indexOf(`${name}/`);
	return name.length > 1 && at >= 0 ? built.slice(at + name.length + 1) : undefined;
}

function configPath(root: string, project: string | undefined): string {
	if (project === undefined) return joinPath(root, "tsconfig.json");
	return joinPath(root, project.endsWith(".json") ? project : `${project}/tsconfig.json`);
}

/** A tsconfig's own options over those of what it extends; paths are relative to the file that gives them. */
async function readCompiler(files: ImageFiles, path: string, depth: number): Promise<Compiler | undefined> {
	const config = await readJson(files, path);
	if (!config) return undefined;
	const folder = path.slice(0, path.lastIndexOf("/")) || "/";
	const parents = Array.isArray(config.extends) ? config.extends : [config.extends];
	let inherited: Compiler | undefined;
	for (const parent of parents) {
		if (typeof parent !== "string" || !parent.startsWith(".") || depth > 5) continue;
		inherited = (await readCompiler(files, joinPath(folder, parent.endsWith(".json") ? parent : `${parent}.json`), depth + 1)) ?? inherited;
	}
	const options = objectIn(config.compilerOptions);
	const [outDir, rootDir] = [textIn(options?.outDir), textIn(options?.rootDir)];
	return {
		...inherited,
		folder,
		...(outDir === undefined ? {} : { outDir: joinPath(folder, outDir) }),
		...(rootDir === undefined ? {} : { rootDir: joinPath(folder, rootDir) }),
	};
}

/** `nest build [project]` with nest-cli.json (docs.nestjs.com/cli/monorepo, "CLI properties"). */
export async function nestOutputs(files: ImageFiles, { args, root }: BuildCommand): Promise<Output> {
	if (args[0] !== "build") return () => [];
	const config = (await readJson(files, joinPath(root, "nest-cli.json"))) ?? (await readJson(files, joinPath(root, ".nest-cli.json")));
	const name = args.slice(1).find((word) => !word.startsWith("-"));
	const project = name === undefined ? undefined : objectIn(objectIn(config?.projects)?.[name]);
	const settings = project ?? config;
	const sourceRoot = textIn(settings?.sourceRoot) ?? "src";
	const entry = textIn(settings?.entryFile) ?? "main";
	const tsconfig = textIn(objectIn(settings?.compilerOptions)?.tsConfigPath);
	const compiled = await typeScriptOutputs(files, { name: "tsc", args: tsconfig === undefined ? [] : ["-p", tsconfig], root });
	return (built) => {
		const stem = built.replace(/\.js$/, "");
		const own = stem.endsWith(`/${entry}`) && (name === undefined || built.includes(`/${name}/`) || project === undefined);
		return own ? [joinPath(root, sourceRoot, entry), ...compiled(built)] : compiled(built);
	};
}

export function flagText(args: readonly string[], flags: readonly string[]): string | undefined {
	for (const [i, arg] of args.entries())
		for (const flag of flags) {
			if (arg === flag) {
				const next = args[i + 1];
				if (next !== undefined && !next.startsWith("-")) return next;
			} else if (arg.startsWith(`${flag}=`)) return arg.slice(flag.length + 1);
			else if (flag.length > 2 && arg.startsWith(`${flag}:`)) return arg.slice(flag.length + 1);
		}
	return undefined;
}
