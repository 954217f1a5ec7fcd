import { t } from "../model/message.ts";
import { type Prediction, portKey } from "../model/port.ts";
import type { Process } from "../process/process.ts";
import { textOf } from "./commandLine.ts";
import { DOTNET } from "./dotnet/index.ts";
import { GO } from "./go/index.ts";
import { interpret } from "./interpreter.ts";
import { debuggerPort } from "./jvm/debugger.ts";
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
	...RUBY,
	...PHP,
	...RUST,
	...OTHER,
	...DOTNET,
	...JVM,
	...GO,
	// Behind the languages: a server that this build compiles itself is known better by its source.
	...SERVERS,
];

/**
 * What a command of a technology's own listens on; undefined when the process is no such command. An answer with gaps gives
 * way to a later one without, unless that one misses a port that was found. Never rejects.
 */
export async function predictCommand(process: Process, scene: Scene): Promise<Prediction | undefined> {
	const whole: Scene = { ...scene, predict: predictProcess };
	let open: Prediction | undefined;
	for (const technology of TECHNOLOGIES) {
		const prediction = await technology.command?.(process, whole);
		if (!prediction) continue;
		if (prediction.gaps.length === 0 && (!open || covers(prediction, open))) return prediction;
		if (!open || (open.listeners.length === 0 && prediction.listeners.length > 0)) open = prediction;
	}
	return open;
}

function covers(whole: Prediction, part: Prediction): boolean {
	const keys = new Set(whole.listeners.map(portKey));
	return part.listeners.every((listener) => keys.has(portKey(listener)));
}

/** What one process will listen on: by its command, else by the calls of its source; and what its runtime opens beside it. Never rejects. */
export async function predictProcess(process: Process, scene: Scene): Promise<Prediction> {
	const program = await predictProgramOf(process, scene);
	const beside = debuggerPort(process);
	return beside ? { listeners: [...program.listeners, ...beside.listeners], gaps: [...program.gaps, ...beside.gaps] } : program;
}

async function predictProgramOf(process: Process, scene: Scene): Promise<Prediction> {
	const command = await predictCommand(process, scene);
	if (command) return command;
	const interpreted = await interpret(process, scene.files);
	if (interpreted) return predictProgram(process, interpreted, scene, TECHNOLOGIES, predictProcess);
	const at = process.evidence.at(-1);
	const program = textOf(process.argv[0])?.replace(/^.*\//, "");
	const reason = program ? t("nothing is known about {0}", program) : t("the program to start is not known");
	return { listeners: [], gaps: [at ? { reason, evidence: at } : { reason }] };
}
