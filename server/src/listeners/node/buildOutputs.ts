import { knownText } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import type { Build, Scene } from "../technology.ts";
import { bundlerOutputs } from "./bundlers.ts";
import { nxOutputs } from "./nxOutputs.ts";
import { type Json, joinPath, objectIn, readJson, textIn } from "./projectFiles.ts";
import { nestOutputs, typeScriptOutputs } from "./typeScriptOutputs.ts";

/** The sources that a built file may come from, without endings, by what one build command says; empty when it makes other files. */
export type Output = (built: string) => readonly string[];

/** A command of the build, as words without wrappers. */
export interface BuildCommand {
	/** The compiler's name. */
	readonly name: string;
	readonly args: readonly string[];
	/** The package's folder. */
	readonly root: string;
}

const COMPILERS =
	/^(?:tsc|ttsc|tspc|tsgo|tsup|tsdown|esbuild|ncc|bun|babel|swc|webpack|webpack-cli|rollup|rolldown|vite|nest|node|tsx|ts-node|parcel|microbundle|pkgroll|unbuild|bunchee|rspack|ace)$/;

/** What the commands of a stage and the build scripts of its package make. */
export async function buildOutputs(process: Process, scene: Scene, build: Build, root: string): Promise<Output[]> {
	const manifest = await readJson(build.files, joinPath(root, "package.json"));
	const ran = build.commands.map((command) => command.argv.map((word) => knownText(word) ?? ""));
	const commands = [...ran, ...scriptsOf(manifest)].flatMap((words) => commandIn(words, root));
	const outputs: Output[] = await nxOutputs(build.files, root);
	const source = textIn(manifest?.source);
	if (source !== undefined) outputs.push((built) => (built.includes("/dist/") ? [joinPath(root, source)] : []));
	for (const command of commands.slice(0, 40)) {
		if (/^(?:tsc|ttsc|tspc|tsgo)$/.test(command.name)) outputs.push(await typeScriptOutputs(build.files, command));
		else if (command.name === "nest") outputs.push(await nestOutputs(build.files, command));
		else if (command.name === "ace")
			outputs.push((built) => (built.includes("/build/") ? [built.replace("/build/", "/").replace(/\.js$/, "")] : []));
		else outputs.push(...(await bundlerOutputs(process, scene, build.files, command)));
	}
	// A tsconfig counts even when the command that uses it is hidden: `turbo run build`.
	outputs.push(await typeScriptOutputs(build.files, { name: "tsc", args: [], root }));
	return outputs;
}

/** The commands of the package's scripts that build something. */
function scriptsOf(manifest: Json | undefined): string[][] {
	const scripts = objectIn(manifest?.scripts) ?? {};
	return Object.entries(scripts).flatMap(([name, text]) =>
		typeof text === "string" && /build|compile|bundle|prepare|tsc|dist|pack|prestart|postinstall|production|server/i.test(name)
			? text
					.slice(0, 2_000)
					.split(/&&|\|\||;|(?<!&)&(?!&)|\|/)
					.map((part) => [...part.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((word) => word[1] ?? word[2] ?? word[3] ?? ""))
			: [],
	);
}

/** The compiler among the words: behind `npx`, `yarn`, `cross-env NAME=value` and the like. */
function commandIn(words: readonly string[], root: string): BuildCommand[] {
	const at = words.findIndex((word) => COMPILERS.test(baseName(word)));
	const name = baseName(words[at] ?? "");
	if (at < 0 || (at > 0 && /^(?:npm|yarn|pnpm|bun)$/.test(words[0] ?? "") && words[at - 1] === "run")) return [];
	return [{ name, args: words.slice(at + 1), root }];
}

function baseName(word: string): string {
	return word.replace(/^.*\//, "").replace(/\.[cm]?js$/, "");
}
