import type { Process } from "../process/process.ts";
import type { Program, ProgramStart } from "../source/program.ts";
import type { SourceLanguage } from "../source/sources.ts";
import type { Scene } from "./technology.ts";

/**
 * A configuration that is a program, as gunicorn.conf.py and puma.rb are: what its evaluation leaves behind. The process loads
 * it, so it is not the main program and sees no arguments.
 */
export function runConfiguration(
	language: SourceLanguage,
	entry: ProgramStart["entry"],
	process: Process,
	scene: Scene,
	differences: Partial<ProgramStart> = {},
): Promise<Program> {
	return scene.sources.run(language, {
		entry,
		main: false,
		args: [],
		cwd: process.cwd,
		environment: process.environment,
		files: scene.files,
		budget: scene.budget,
		evidence: process.evidence,
		...differences,
	});
}
