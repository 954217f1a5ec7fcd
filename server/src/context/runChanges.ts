import { runScripts } from "../dockerfile/runScript.ts";
import type { Step } from "../dockerfile/walk.ts";
import { type Answer, type Asking, type Question, withFiles } from "../shell/asking.ts";
import type { FileChange } from "../shell/changes.ts";
import { run, type ShellRun } from "../shell/run.ts";
import type { ImageFiles } from "./imageFiles.ts";

/** What a RUN step does to files. */
export interface RunChanges {
	readonly changes: readonly FileChange[];
	/** Whether all of it was understood, so that what is not among the changes is as before. */
	readonly whole: boolean;
}

/** The scripts of a RUN step as they run where no file can be seen. */
interface BlindRun {
	readonly run: ShellRun;
	/** Whether it wanted to know of a file, and might go another way among files. */
	readonly asks: boolean;
}

/** What the build's commands are and what they do to files is asked of the same steps. */
const blindRuns = new WeakMap<Step, readonly BlindRun[]>();

/** Runs the scripts of a RUN step, in order, where no file can be seen. */
export function runBlindly(step: Step): readonly BlindRun[] {
	const kept = blindRuns.get(step) ?? shellsOf(step).map(withoutAnswers);
	blindRuns.set(step, kept);
	return kept;
}

function shellsOf({ instruction, scope, workdir }: Step): Asking<ShellRun>[] {
	return runScripts(instruction).map(({ text }) => run({ text, args: [], script: "sh" }, { environment: scope, cwd: workdir }));
}

function withoutAnswers(asking: Asking<ShellRun>): BlindRun {
	let asks = false;
	let step = asking.next();
	while (!step.done) {
		asks = true;
		step = asking.next({ entry: "unknown" });
	}
	return { run: step.value, asks };
}

/** Runs the shell of a RUN step among the files that stand there before it. */
export async function runChanges(step: Step, before: ImageFiles): Promise<RunChanges> {
	const changes: FileChange[] = [];
	const blind = runBlindly(step);
	let whole = blind.length > 0;
	for (const [i, shell] of shellsOf(step).entries()) {
		const seen = blind[i]?.asks === false ? blind[i].run : undefined;
		const { actions, gaps } = seen ?? (await withFiles(shell, (question) => answer(question, before)));
		whole &&= gaps.length === 0;
		for (const action of actions)
			if (action.kind === "file") changes.push(action.doubt.undecided ? { kind: "unknown", path: action.change.path } : action.change);
	}
	return { changes, whole };
}

async function answer({ ask, path }: Question, before: ImageFiles): Promise<Answer> {
	if (ask === "look") return { entry: (await before.look(path)).kind };
	if (ask === "list") {
		const names = await before.list(path);
		return names.length > 0 ? { entry: "folder", names } : { entry: "unknown" };
	}
	const read = await before.read(path);
	return read.kind === "text" ? { entry: "file", file: read.file } : { entry: read.kind };
}
