import type { Prediction } from "../model/port.ts";
import type { Process } from "../process/process.ts";
import type { Scene } from "./technology.ts";

/** What one process will listen on. Never rejects. */
export async function predictProcess(process: Process, _scene: Scene): Promise<Prediction> {
	const program = process.argv[0];
	const name = program?.kind === "known" ? program.text.replace(/^.*\//, "") : "the program";
	return { listeners: [], gaps: [{ reason: `nothing is known about ${name}` }] };
}
