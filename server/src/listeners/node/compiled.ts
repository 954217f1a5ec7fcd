import type { Prediction } from "../../model/port.ts";
import { known, knownText } from "../../model/value.ts";
import { type Process, withArgv } from "../../process/process.ts";
import { textOf } from "../commandLine.ts";
import type { Build, Scene, Technology } from "../technology.ts";
import { nodeCommand } from "./nodeCommand.ts";
import { joinPath, objectIn, readJson, textIn } from "./projectFiles.ts";
import { flagText } from "./typeScriptOutputs.ts";

/** A program of this process, predicted anew: the list of technologies that asks is handed in, since it holds this one. */
type PredictAgain = (process: Process, scene: Scene) => Promise<Prediction>;

/**
 * Executables that a bundler makes of JavaScript, run from their source: `bun build --compile`, `deno compile`, `pkg` (Bun, "Single-file
 * executable"; Deno, `deno compile`; vercel/pkg, README). `nest start` runs the source too (docs.nestjs.com/cli/usages, "nest start").
 */
export const compiled = (predictAgain: PredictAgain): Technology => ({
	name: "compiled-javascript",
	title: "JavaScript",
	command: async (process, scene) => (await nestStart(process, scene, predictAgain)) ?? (await executable(process, scene, predictAgain)),
});

async function nestStart(process: Process, scene: Scene, predictAgain: PredictAgain): Promise<Prediction | undefined> {
	const command = await nodeCommand(process, scene, ["nest"], []);
	if (!command) return undefined;
	const [verb, ...rest] = command.args.map(textOf);
	if (verb !== "start") return { listeners: [], gaps: [] };
	const config = await readJson(scene.files, joinPath(process.cwd, "nest-cli.json"));
	const name = rest.find((word) => word !== undefined && !word.startsWith("-"));
	const project = name === undefined ? undefined : objectIn(objectIn(config?.projects)?.[name]);
	const settings = project ?? config;
	const entry = joinPath(process.cwd, textIn(settings?.sourceRoot) ?? "src", `${textIn(settings?.entryFile) ?? "main"}.ts`);
	return predictAgain(withArgv(process, [known("node"), known(entry)]), scene);
}

async function executable(process: Process, scene: Scene, predictAgain: PredictAgain): Promise<Prediction | undefined> {
	const program = textOf(process.argv[0]);
	if (program === undefined || !program.includes("/") || /\.(?:[cm]?[jt]s|py|sh)$/.test(program)) return undefined;
	const path = joinPath(process.cwd, program);
	if ((await scene.files.look(path)).kind === "file") return undefined;
	const build = await scene.buildOf(path);
	for (const command of build.commands) {
		const words = command.argv.map((word) => knownText(word) ?? "");
		const made = madeBy(words);
		if (!made || joinPath(command.cwd, made.output) !== build.path) continue;
		const source = joinPath(command.cwd, made.source);
		return predictAgain(withArgv(process, [known(made.runner), known(source), ...process.argv.slice(1)]), inBuilder(scene, build));
	}
	return undefined;
}

interface Made {
	readonly runner: string;
	readonly source: string;
	readonly output: string;
}

function madeBy(words: readonly string[]): Made | undefined {
	const start = words.findIndex((word) => /^(?:.*\/)?(?:bun|deno|pkg)$/.test(word));
	const [tool = "", verb = "", ...rest] = words.slice(Math.max(0, start));
	const name = tool.replace(/^.*\//, "");
	const isCompile =
		(name === "bun" && verb === "build" && rest.includes("--compile")) || (name === "deno" && verb === "compile") || name === "pkg";
	if (start < 0 || !isCompile) return undefined;
	const args = name === "pkg" ? [verb, ...rest] : rest;
	const source = args.find((word, i) => /\.[cm]?[jt]sx?$/.test(word) && !/^-/.test(args[i - 1] ?? "") && !word.startsWith("-"));
	const first = source ?? args.find((word) => /\.[cm]?[jt]sx?$/.test(word) && !word.startsWith("-"));
	if (first === undefined) return undefined;
	const stem = first.replace(/^.*\//, "").replace(/\.\w+$/, "");
	return { runner: name === "pkg" ? "node" : name, source: first, output: flagText(args, ["--outfile", "-o", "--output"]) ?? stem };
}

/** The source is read where the executable was made; the program's own folder is the image's. */
function inBuilder(scene: Scene, build: Build): Scene {
	return { ...scene, files: build.files };
}
