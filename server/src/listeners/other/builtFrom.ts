import type { ImageFiles } from "../../context/imageFiles.ts";
import { likelyText } from "../../model/value.ts";
import { programName } from "../../process/process.ts";
import { resolve } from "../../source/core/paths.ts";
import type { Scene } from "../technology.ts";

/** The source that a compiler was given for a program. */
export interface BuiltSource {
	readonly files: ImageFiles;
	/** Absolute paths in the stage that compiled it. */
	readonly entry: string;
	readonly cwd: string;
}

/** Reads one command of a build: the source and the program that it writes, as written; undefined when it writes none. */
export type ReadBuild = (words: readonly string[]) => { readonly entry: string; readonly output: string } | undefined;

/** The source of a program that this build compiles; undefined when no command in view writes it. */
export async function builtFrom(scene: Scene, path: string, compiler: string, read: ReadBuild): Promise<BuiltSource | undefined> {
	const build = await scene.buildOf(path);
	for (const command of build.commands.toReversed()) {
		const [program = "", ...words] = command.argv.map((one) => likelyText(one) ?? "");
		const made = programName(program) === compiler ? read(words) : undefined;
		if (made && resolve(command.cwd, made.output) === build.path)
			return { files: build.files, entry: resolve(command.cwd, made.entry), cwd: command.cwd };
	}
	return undefined;
}
