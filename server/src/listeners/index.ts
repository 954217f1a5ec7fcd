import type { Prediction } from "../model/port.ts";
import type { Process } from "../process/process.ts";
import { textOf } from "./commandLine.ts";
import { DOTNET } from "./dotnet/index.ts";
import { GO } from "./go/index.ts";
import { interpret } from "./interpreter.ts";
import { JVM } from "./jvm/index.ts";
import { NODE } from "./node/index.ts";
import { OTHER } from "./other/index.ts";
import { PHP } from "./php/index.ts";
import { predictProgram } from "./program.ts";
import { PYTHON } from "./python/index.ts";
import { RUBY } from "./ruby/index.ts";
import { RUST } from "./rust/index.ts";
import { SERVERS } from "./servers/index.ts";
import type { Scene, Technology } from "./technology.ts";

/** Every technology that Portlight knows, by field. Adding one costs its file, its tests and a line in its field's list. */
export const TECHNOLOGIES: readonly Technology[] = [
	...PYTHON,
	...NODE,
	...SERVERS,
	...RUBY,
	...PHP,
	...RUST,
	...OTHER,
	...DOTNET,
	...JVM,
	...GO,
];

/** What a command of a technology's own listens on; undefined when the process is no such command. Never rejects. */
export async function predictCommand(process: Process, scene: Scene): Promise<Prediction | undefined> {
	for (const technology of TECHNOLOGIES) {
		const prediction = await technology.command?.(process, scene);
		if (prediction) return prediction;
	}
	return undefined;
}

/** What one process will listen on: by its command, else by the calls of its source. Never rejects. */
export async function predictProcess(process: Process, scene: Scene): Promise<Prediction> {
	const command = await predictCommand(process, scene);
	if (command) return command;
	const interpreted = await interpret(process, scene.files);
	if (interpreted) return predictProgram(process, interpreted, scene, TECHNOLOGIES, predictProcess);
	const at = process.evidence.at(-1);
	const program = textOf(process.argv[0])?.replace(/^.*\//, "");
	const reason = program ? `nothing is known about ${program}` : "the program to start is not known";
	return { listeners: [], gaps: [at ? { reason, evidence: at } : { reason }] };
}
