import type { ImageFiles } from "../context/imageFiles.ts";
import type { Budget } from "../model/budget.ts";
import type { Prediction } from "../model/port.ts";
import type { Process } from "../process/process.ts";
import type { Sources } from "../source/sources.ts";

/** Everything that a technology may look at besides the process itself. */
export interface Scene {
	readonly files: ImageFiles;
	readonly sources: Sources;
	readonly budget: Budget;
}

/**
 * One framework, server or runtime that can open a port. Its file holds the facts (how it is recognised, its default
 * port and address, its flags, variables and calls) and the manual that says so; the machinery is shared.
 */
export interface Technology {
	/** Stable and lower-case: `flask`, `express`. */
	readonly name: string;
	/** As its makers write it, for tooltips: `Flask`. */
	readonly title: string;
	/** What this process listens on because of this technology; undefined when the process is not one of its own. */
	predict(process: Process, scene: Scene): Promise<Prediction | undefined>;
}
