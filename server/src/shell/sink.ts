import type { Evidence } from "../model/text.ts";
import type { Environment, Value } from "../model/value.ts";
import type { FileChange } from "./changes.ts";
import { bothDoubts, type Doubt } from "./state.ts";

/** A program that a shell text starts. */
export interface StartedProgram {
	readonly kind: "program";
	readonly argv: readonly Value[];
	readonly cwd: string;
	readonly environment: Environment;
	readonly user: string;
	/** The line of the script, when it is a file. */
	readonly evidence: readonly Evidence[];
	readonly background: boolean;
	/** Another program follows in the foreground, so this one is expected to end. */
	ends: boolean;
	doubt: Doubt;
	/** It takes the shell's place (`exec`), so nothing waits for it to end. */
	readonly last: boolean;
	/** It does a job and ends: `apt-get`, `curl`. */
	readonly chore: boolean;
	/** Of a pipe: its parts do not wait for each other. */
	readonly pipe?: number;
	/** It does not start as things are, but would if this variable of the container were set otherwise. */
	insteadIf?: string;
}

/** A file that a shell text makes, changes or removes. */
export interface WrittenFile {
	readonly kind: "file";
	readonly change: FileChange;
	readonly evidence: readonly Evidence[];
	doubt: Doubt;
}

export type Action = StartedProgram | WrittenFile;

/** Where the effects of commands are collected; a branch has its own until it is known whether it happens. */
export interface Sink {
	readonly actions: Action[];
	readonly gaps: string[];
	readonly above?: Sink;
	readonly pipe?: number;
	/** What goes to standard output, when something reads that. */
	readonly printed?: Value[];
}

export function emptySink(above?: Sink): Sink {
	return {
		actions: [],
		gaps: [],
		...(above ? { above } : {}),
		...(above?.pipe === undefined ? {} : { pipe: above.pipe }),
		...(above?.printed ? { printed: [] } : {}),
	};
}

/** How a list of commands ends: whether the next one is reached. */
export interface Flow {
	readonly how: "on" | "exit" | "fail" | "return" | "break";
	/** Whether it may have ended before, on a condition. */
	readonly leaks: boolean;
}

/** A program starts: those before it, on the way here, have ended. */
export function start(program: Omit<StartedProgram, "kind" | "pipe">, sink: Sink): void {
	if (!program.background && !program.chore) {
		for (let one: Sink | undefined = sink; one; one = one.above)
			for (const action of one.actions)
				if (action.kind === "program" && !action.background && !action.last && (action.pipe === undefined || action.pipe !== sink.pipe))
					action.ends = true;
	}
	sink.actions.push({ ...program, kind: "program", ...(sink.pipe === undefined ? {} : { pipe: sink.pipe }) });
}

/** Adds what a branch did; `cause` says why that is not sure. */
export function adopt(sink: Sink, branch: Omit<Sink, "printed">, cause: Doubt): void {
	for (const action of branch.actions) {
		action.doubt = bothDoubts(action.doubt, cause);
		sink.actions.push(action);
	}
	sink.gaps.push(...branch.gaps);
}
