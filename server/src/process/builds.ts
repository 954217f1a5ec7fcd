import { runBlindly } from "../context/runChanges.ts";
import type { StageFiles, Trace } from "../context/stageFiles.ts";
import type { Step } from "../dockerfile/walk.ts";
import { known } from "../model/value.ts";
import type { Process } from "./process.ts";
import { startedIn } from "./shell.ts";

/** A stage is asked about again for every place in which a program may stand. */
const kept = new WeakMap<StageFiles, readonly Process[]>();
/** A step belongs to its own stage and to all that are built on it. */
const keptOfStep = new WeakMap<Step, readonly Process[]>();

/**
 * The commands of the RUN steps of the stage that a path comes from, in order: `go build -o /app ./cmd/api`, `npm run build`.
 * Each stands in its folder and sees its stage's ENV and ARG, so a technology can find the source that a program was
 * built from.
 */
export function buildCommands({ files }: Trace): readonly Process[] {
	const commands = kept.get(files) ?? commandsOf(files);
	kept.set(files, commands);
	return commands;
}

function commandsOf(files: StageFiles): Process[] {
	return files.steps.flatMap((step) => {
		if (step.instruction.keyword !== "RUN") return [];
		const commands = keptOfStep.get(step) ?? commandsOfStep(step);
		keptOfStep.set(step, commands);
		return commands;
	});
}

function commandsOfStep(step: Step): Process[] {
	const { instruction, scope, workdir } = step;
	const from: Process = { argv: [], cwd: workdir, environment: scope, evidence: [], ends: false, conditional: false };
	const runs = runBlindly(step);
	if (instruction.json && runs.length === 0) return [{ ...from, argv: instruction.json.map((word) => known(word.text)) }];
	return runs.flatMap(({ run }) => startedIn(run, from, true).processes);
}
