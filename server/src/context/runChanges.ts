import { runScripts } from "../dockerfile/runScript.ts";
import type { Step } from "../dockerfile/walk.ts";
import { withFiles } from "../shell/asking.ts";
import type { FileChange } from "../shell/changes.ts";
import { run } from "../shell/run.ts";
import type { ImageFiles } from "./imageFiles.ts";

/** What a RUN step does to files. */
export interface RunChanges {
	readonly changes: readonly FileChange[];
	/** Whether all of it was understood, so that what is not among the changes is as before. */
	readonly whole: boolean;
}

/** Runs the shell of a RUN step among the files that stand there before it. */
export async function runChanges({ instruction, scope, workdir }: Step, before: ImageFiles): Promise<RunChanges> {
	const changes: FileChange[] = [];
	const scripts = runScripts(instruction);
	let whole = scripts.length > 0;
	for (const { text } of scripts) {
		const shell = run({ text, args: [], script: "sh" }, { environment: scope, cwd: workdir });
		const { actions, gaps } = await withFiles(shell, async ({ ask, path }) => {
			if (ask === "look") return { entry: (await before.look(path)).kind };
			if (ask === "list") {
				const names = await before.list(path);
				return names.length > 0 ? { entry: "folder", names } : { entry: "unknown" };
			}
			const read = await before.read(path);
			return read.kind === "text" ? { entry: "file", file: read.file } : { entry: read.kind };
		});
		whole &&= gaps.length === 0;
		for (const action of actions)
			if (action.kind === "file") changes.push(action.doubt.undecided ? { kind: "unknown", path: action.change.path } : action.change);
	}
	return { changes, whole };
}
