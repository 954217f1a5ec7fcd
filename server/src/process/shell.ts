import type { ImageFiles } from "../context/imageFiles.ts";
import { t } from "../model/message.ts";
import type { Gap } from "../model/port.ts";
import { likelyText } from "../model/value.ts";
import { type Answer, type Question, withFiles, withoutFiles } from "../shell/asking.ts";
import { type FileChange, variablesIn } from "../shell/changes.ts";
import { run, type ShellRun } from "../shell/run.ts";
import type { StartedProgram, WrittenFile } from "../shell/sink.ts";
import type { ShellText } from "../shell/state.ts";
import type { Process, Started } from "./process.ts";

/** The programs that a shell text starts, in order, where no file can be seen; those that only do a job are among them on request. */
export function runShell(shell: ShellText, from: Process, chores = false): Started {
	return startedIn(withoutFiles(run(shell, from)), from, chores);
}

/** The programs that a shell text starts, in order, run where and with what `from` says, in an image with these files. */
export async function runShellIn(shell: ShellText, from: Process, files: ImageFiles): Promise<Started> {
	return startedIn(await withFiles(run(shell, from), (question) => answer(question, files)), from, false);
}

/** What a shell text does to files, in order; what hangs on an undecided condition is unknown. */
export async function changesIn(shell: ShellText, from: Process, files: ImageFiles): Promise<readonly FileChange[]> {
	const { actions } = await withFiles(run(shell, from), (question) => answer(question, files));
	return actions.flatMap((action) => (action.kind === "file" ? [changeOf(action)] : []));
}

function changeOf({ doubt, change }: WrittenFile): FileChange {
	return doubt.undecided ? { kind: "unknown", path: change.path } : change;
}

async function answer({ ask, path }: Question, files: ImageFiles): Promise<Answer> {
	if (ask === "look") return { entry: (await files.look(path)).kind };
	if (ask === "read") {
		const read = await files.read(path);
		return read.kind === "text" ? { entry: "file", file: read.file } : { entry: read.kind };
	}
	const names = await files.list(path);
	// An empty list may also mean that nobody can see what is there.
	return names.length > 0 ? { entry: "folder", names } : { entry: "unknown" };
}

/** The programs among what a shell does; `chores`: also those that only do a job. */
export function startedIn({ actions, gaps }: ShellRun, from: Process, chores: boolean): Started {
	const processes: Process[] = [];
	const reasons: string[] = [];
	const instead: StartedProgram[] = [];
	const changes: FileChange[] = [...(from.changes ?? [])];
	const hangs = new Set<string>(from.hangsOn === undefined ? [] : [from.hangsOn]);
	for (const action of actions) {
		if (action.kind === "file") {
			changes.push(changeOf(action));
			for (const name of action.doubt.variables) hangs.add(name);
		} else if (action.chore && !chores) continue;
		else if (action.insteadIf !== undefined) instead.push(action);
		else {
			const process = processOf(action, from, [...changes], hangs);
			processes.push(process);
			if (process.conditional && !process.ends && !from.conditional) reasons.push(t("a condition in the start command is not decided"));
		}
	}
	for (const one of instead)
		if (!one.ends && !processes.some((other) => sameWords(one, other)))
			reasons.push(t("{0} may start another program", one.insteadIf ?? ""));
	const all: Gap[] = [...new Set([...reasons, ...gaps])].map((reason) => ({ reason }));
	return { processes, gaps: all };
}

function processOf(action: StartedProgram, from: Process, changes: readonly FileChange[], hangs: ReadonlySet<string>): Process {
	const { argv, cwd, environment, user } = action;
	const hangsOn = action.doubt.variables[0] ?? [...hangs, ...variablesIn(changes)][0];
	return {
		argv,
		cwd,
		environment,
		evidence: [...from.evidence, ...action.evidence],
		ends: from.ends || action.ends,
		conditional: from.conditional || action.doubt.undecided,
		...(from.user === undefined && user === "root" ? {} : { user }),
		...(hangsOn === undefined ? {} : { hangsOn }),
		...(changes.length === 0 ? {} : { changes }),
	};
}

function sameWords(a: Pick<Process, "argv">, b: Pick<Process, "argv">): boolean {
	return (
		a.argv.length === b.argv.length &&
		a.argv.every((word, i) => likelyText(word) !== undefined && likelyText(word) === likelyText(b.argv[i]))
	);
}
