import type { Prediction } from "../model/port.ts";
import type { Process } from "../process/process.ts";
import { textOf } from "./commandLine.ts";
import { express } from "./express.ts";
import { flask } from "./flask.ts";
import { interpret } from "./interpreter.ts";
import { nodeHttp } from "./nodeHttp.ts";
import { predictProgram } from "./program.ts";
import type { Scene, Technology } from "./technology.ts";

/** Every technology that Portlight knows. Adding one costs its file, its tests and a line here. */
export const TECHNOLOGIES: readonly Technology[] = [express, flask, nodeHttp];

/** What one process will listen on: by its command, else by the calls of its source. Never rejects. */
export async function predictProcess(process: Process, scene: Scene): Promise<Prediction> {
	for (const technology of TECHNOLOGIES) {
		const prediction = await technology.command?.(process, scene);
		if (prediction) return prediction;
	}
	const interpreted = await interpret(process, scene.files);
	if (interpreted) return predictProgram(process, interpreted, scene, TECHNOLOGIES);
	const at = process.evidence.at(-1);
	const program = textOf(process.argv[0])?.replace(/^.*\//, "");
	const reason = program ? `nothing is known about ${program}` : "the program to start is not known";
	return { listeners: [], gaps: [at ? { reason, evidence: at } : { reason }] };
}
