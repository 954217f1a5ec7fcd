import type { ImageFiles } from "../../context/imageFiles.ts";
import type { Process } from "../../process/process.ts";
import type { Argument, Program } from "../../source/program.ts";
import { runConfiguration } from "../configurationProgram.ts";
import type { Scene } from "../technology.ts";
import type { BuildCommand, Output } from "./buildOutputs.ts";
import { inEveryLanguage, settingAt } from "./configuration.ts";
import { fieldOf } from "./optionsCall.ts";
import { joinPath } from "./projectFiles.ts";
import { flagText } from "./typeScriptOutputs.ts";

/** What one command of a bundler or transpiler makes (each tool's command-line reference). */
export async function bundlerOutputs(process: Process, scene: Scene, files: ImageFiles, command: BuildCommand): Promise<Output[]> {
	const { name, args, root } = command;
	const run = (path: string) => evaluate(process, scene, files, root, path);
	const operands = args.filter((word, i) => !word.startsWith("-") && !isValue(args[i - 1]));
	const verbless = (verb: string) => operands.filter((word) => word !== verb);
	switch (name) {
		case "esbuild":
			return [entries(root, operands, flagText(args, ["--outdir"]), flagText(args, ["--outfile"]))];
		case "bun":
			return args[0] === "build" ? [entries(root, verbless("build"), flagText(args, ["--outdir"]), flagText(args, ["--outfile"]))] : [];
		case "ncc":
			return args[0] === "build"
				? [entries(root, verbless("build"), undefined, `${flagText(args, ["-o", "--out"]) ?? "dist"}/index.js`)]
				: [];
		case "tsup":
		case "tsdown": {
			const configured = operands.length > 0 ? undefined : await configurationOf(files, root, inEveryLanguage(`${name}.config`), run);
			const named = configured && settingAt(configured, ["entry"]);
			const folder = flagText(args, ["-d", "--out-dir"]) ?? textAt(configured, ["outDir"]) ?? "dist";
			return [
				...namedEntries(root, named, folder),
				entries(root, operands.length > 0 ? operands : named ? [] : ["src/index.ts"], folder, undefined),
			];
		}
		case "babel":
		case "swc": {
			const [from = "src"] = operands;
			const folder = flagText(args, ["-d", "--out-dir"]);
			if (folder === undefined) return [];
			const out = joinPath(root, folder);
			return [
				(built) => {
					const rest = below(out, built);
					return rest === undefined ? [] : [joinPath(root, rest.startsWith(`${from}/`) ? "." : from, rest)];
				},
			];
		}
		case "vite": {
			const entry = flagText(args, ["--ssr"]);
			return args[0] === "build" && entry !== undefined ? [entries(root, [entry], flagText(args, ["--outDir"]) ?? "dist", undefined)] : [];
		}
		case "parcel":
			return args[0] === "build" ? [entries(root, verbless("build"), flagText(args, ["--dist-dir"]) ?? "dist", undefined)] : [];
		case "webpack":
		case "webpack-cli":
		case "rspack":
			return webpack(
				root,
				await configurationOf(files, root, configNames(args, name === "rspack" ? "rspack.config" : "webpack.config"), run),
			);
		case "rollup":
		case "rolldown":
			return rollup(root, await configurationOf(files, root, configNames(args, `${name}.config`), run));
		case "node":
		case "tsx":
		case "ts-node":
			return operands[0] === undefined ? [] : [...buildScript(root, await run(joinPath(root, operands[0]))), namedByArguments(root, args)];
		default:
			return [];
	}
}

function isValue(flag: string | undefined): boolean {
	return (
		flag !== undefined &&
		/^(?:-o|--out|--outdir|--outfile|-d|--out-dir|--target|-t|--format|-f|--config|-c|--ssr|--outDir|--dist-dir|--extensions|-x|--platform|--tsconfig|--external|-m|--mode)$/.test(
			flag,
		)
	);
}

/** Entries into a folder, each under its own name, or one into a file. */
function entries(root: string, from: readonly string[], folder: string | undefined, file: string | undefined): Output {
	return (built) => {
		if (file !== undefined) return joinPath(root, file) === built && from[0] !== undefined ? [joinPath(root, from[0])] : [];
		const rest = folder === undefined ? undefined : below(joinPath(root, folder), built);
		if (rest === undefined) return [];
		const stem = rest.replace(/\.[cm]?js$/, "");
		const same = from.filter((entry) => {
			const bare = entry.replace(/\.\w+$/, "").replace(/^\.\//, "");
			return bare === stem || bare.endsWith(`/${stem}`) || bare.replace(/^.*\//, "") === stem;
		});
		return same.map((entry) => joinPath(root, entry));
	};
}

/** `{ server: "src/index.ts" }` makes `server.js`. */
function namedEntries(root: string, entry: Argument | undefined, folder: string): Output[] {
	if (entry?.kind === "known") return [entries(root, [entry.text], folder, undefined)];
	if (entry?.kind === "list") return [entries(root, entry.items.flatMap(textsOf), folder, undefined)];
	if (entry?.kind !== "record") return [];
	return [...entry.fields].flatMap(([name, value]) =>
		textsOf(fieldOf(value, "import") ?? value).map(
			(source): Output =>
				(built) =>
					below(joinPath(root, folder), built)?.replace(/\.[cm]?js$/, "") === name ? [joinPath(root, source)] : [],
		),
	);
}

function webpack(root: string, config: Argument | undefined): Output[] {
	const all = config?.kind === "list" ? config.items : config ? [config] : [];
	return all.flatMap((one) => {
		const entry = fieldOf(one, "entry");
		const folder = textAt(one, ["output", "path"]) ?? "dist";
		const filename = textAt(one, ["output", "filename"]) ?? "[name].js";
		if (entry?.kind === "record") return namedEntries(root, entry, folder);
		const sources = textsOf(entry);
		const last = sources.at(-1) ?? "src/index.js";
		return [(built: string) => (built === joinPath(root, folder, filename.replace("[name]", "main")) ? [joinPath(root, last)] : [])];
	});
}

function rollup(root: string, config: Argument | undefined): Output[] {
	const all = config?.kind === "list" ? config.items : config ? [config] : [];
	return all.flatMap((one) => {
		const input = fieldOf(one, "input");
		const output = fieldOf(one, "output");
		const targets = output?.kind === "list" ? output.items : output ? [output] : [];
		return targets.flatMap((target) => {
			const [file, folder] = [textAt(target, ["file"]), textAt(target, ["dir"])];
			if (file !== undefined) return [entries(root, textsOf(input), undefined, file)];
			return folder === undefined ? [] : namedEntries(root, input, folder);
		});
	});
}

/** A script of the project's own that is told both files: `node scripts/bundle.mjs --entry src/index.ts --out dist/index.mjs`. */
function namedByArguments(root: string, args: readonly string[]): Output {
	const files = args.slice(1).flatMap((word) => /^(?:-[^=]*=)?([^-].*\.[cm]?[jt]sx?)$/.exec(word)?.[1] ?? []);
	return (built) =>
		files.some((word) => joinPath(root, word) === built)
			? files.filter((word) => joinPath(root, word) !== built).map((word) => joinPath(root, word))
			: [];
}

/** A script that calls `esbuild.build({ entryPoints, outfile })`, `Bun.build`, `tsup.build`. */
function buildScript(root: string, program: Program | undefined): Output[] {
	return (program?.calls ?? []).flatMap((call) => {
		if (!/^(?:esbuild\.(?:build|buildSync|context)|Bun\.build|tsup\.build)$/.test(call.callee)) return [];
		const [options] = call.positional;
		const from = fieldOf(options, "entryPoints") ?? fieldOf(options, "entrypoints") ?? fieldOf(options, "entry");
		const [file, folder] = [textAt(options, ["outfile"]), textAt(options, ["outdir"]) ?? textAt(options, ["outDir"])];
		if (file !== undefined) return [entries(root, textsOf(from), undefined, file)];
		return folder === undefined ? [] : namedEntries(root, from, folder);
	});
}

function configNames(args: readonly string[], name: string): string[] {
	const given = flagText(args, ["-c", "--config"]);
	return given === undefined ? inEveryLanguage(name) : [given];
}

async function configurationOf(
	files: ImageFiles,
	root: string,
	names: readonly string[],
	run: (path: string) => Promise<Program | undefined>,
): Promise<Argument | undefined> {
	for (const name of names)
		if ((await files.look(joinPath(root, name))).kind === "file") return (await run(joinPath(root, name)))?.exported;
	return undefined;
}

async function evaluate(process: Process, scene: Scene, files: ImageFiles, root: string, path: string): Promise<Program | undefined> {
	if ((await files.look(path)).kind !== "file") return undefined;
	return runConfiguration("javascript", { kind: "path", path }, process, scene, { main: !/\.config\.\w+$/.test(path), cwd: root, files });
}

function below(folder: string, path: string): string | undefined {
	return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

function textAt(from: Argument | undefined, path: readonly string[]): string | undefined {
	const found = settingAt(from, path);
	return found?.kind === "known" ? found.text : undefined;
}

function textsOf(argument: Argument | undefined): string[] {
	if (argument?.kind === "known") return [argument.text];
	return argument?.kind === "list" ? argument.items.flatMap((item) => (item.kind === "known" ? [item.text] : [])) : [];
}
