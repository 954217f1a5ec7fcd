import type { PredictionCase } from "../../../support/predict.ts";
import type { ProgramCase } from "../../../support/program.ts";

/** What a unit test hands to the analysis. */
export type Seed =
	/** Files of a workspace, and which of them is analysed. */
	| { readonly kind: "project"; readonly files: Readonly<Record<string, string>>; readonly path: string }
	/** A start command in an image that holds files by absolute path or by path below /app. */
	| { readonly kind: "command"; readonly command: readonly string[]; readonly given: PredictionCase }
	/** A program that is evaluated by itself. */
	| { readonly kind: "program"; readonly language: string; readonly given: ProgramCase }
	/** A shell script in an image that holds files by absolute path. */
	| { readonly kind: "script"; readonly text: string; readonly files: Readonly<Record<string, string>> };

export const recorded: Seed[] = [];

/** Thrown instead of an analysis, so that a test ends where it was recorded. */
export class Recorded extends Error {}

export function record(seed: Seed): never {
	recorded.push(seed);
	throw new Recorded();
}
