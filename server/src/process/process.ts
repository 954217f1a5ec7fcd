import type { Gap } from "../model/port.ts";
import type { Evidence } from "../model/text.ts";
import type { Environment, Value } from "../model/value.ts";
import type { FileChange } from "../shell/changes.ts";

/** A program that runs in the container, after shells and wrappers have been peeled off. */
export interface Process {
	/** Program and arguments; `argv[0]` as written (`python`, `/usr/bin/node`). Never empty. */
	readonly argv: readonly Value[];
	/** Absolute path in the container. */
	readonly cwd: string;
	/** The image's ENV, with what wrappers and scripts set on the way. */
	readonly environment: Environment;
	/** From the CMD or ENTRYPOINT to the line that starts this program. */
	readonly evidence: readonly Evidence[];
	/** Another program follows in the foreground, so this one is expected to end: migrations before a server. */
	readonly ends: boolean;
	/** It starts only under a condition that could not be decided. */
	readonly conditional: boolean;
	/** A variable of the container that decides whether it starts like this; it does as long as nobody sets that. */
	readonly hangsOn?: string;
	/** Name or number of its user; root, or what the image says, when absent. */
	readonly user?: string;
	/** What the start command did to files before this program started. */
	readonly changes?: readonly FileChange[];
}

/** The programs that a start command leads to. */
export interface Started {
	readonly processes: readonly Process[];
	readonly gaps: readonly Gap[];
}

/** The same process with other words. */
export function withArgv(process: Process, argv: readonly Value[]): Process {
	return { ...process, argv };
}

/** The last part of a program's path: `python` of `/usr/local/bin/python`. */
export function programName(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1);
}
