import type { Evidence } from "../model/text.ts";
import type { Environment, Value } from "../model/value.ts";

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
}
