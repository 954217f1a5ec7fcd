import { ARGUMENT_PARSERS } from "./argumentParsers.ts";
import { COMMANDER } from "./commander.ts";
import { ENVIRONMENT_SCHEMAS } from "./environmentSchemas.ts";
import type { Model } from "./libraries.ts";
import { NEST } from "./nest.ts";
import { OBJECT_LIBRARIES } from "./objectLibraries.ts";
import { SETTINGS } from "./settings.ts";
import { YARGS } from "./yargs.ts";

let families: ReadonlyMap<string, Model> | undefined;

/** The model of a library whose calls are understood as a family, by the package that they come from. */
export function familyOf(name: string): Model | undefined {
	// Put together on first use: these modules and the evaluator import each other.
	families ??= new Map(
		Object.entries({ ...ARGUMENT_PARSERS, ...COMMANDER, ...ENVIRONMENT_SCHEMAS, ...NEST, ...OBJECT_LIBRARIES, ...SETTINGS, ...YARGS }),
	);
	return families.get(name);
}
