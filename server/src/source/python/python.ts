import type { Run } from "../core/run.ts";
import type { Library, Structure } from "../core/thing.ts";

/** One Python program under evaluation. */
export interface Python {
	readonly run: Run;
	/** Modules by their full name, also while they are being evaluated: imports may go in circles. */
	readonly modules: Map<string, Structure>;
	/** Top-level modules of libraries: one object each, so that what is set on one place is seen in another. */
	readonly libraries: Map<string, Library>;
	/** Absolute folders in which modules are looked for, as in `sys.path`. */
	readonly searchPath: string[];
	/** Imports a module of the program by its full name; undefined when it is not in view. */
	importModule(name: string): Structure | undefined;
}
