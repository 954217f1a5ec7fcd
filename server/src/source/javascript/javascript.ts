import type { Run } from "../core/run.ts";
import type { Library, Structure } from "../core/thing.ts";
import type { Module } from "./scope.ts";

/** One JavaScript or TypeScript program under evaluation. */
export interface JavaScript {
	readonly run: Run;
	/** By path, also while they are being evaluated: imports may go in circles. */
	readonly modules: Map<string, Module>;
	/** Libraries by the name they are imported by: one object each. */
	readonly libraries: Map<string, Library>;
	/** `module` of the entry, for `require.main`; undefined before it starts. */
	main: Structure | undefined;
}
