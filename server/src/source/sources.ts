import type { Program, ProgramStart } from "./program.ts";
import type { Grammars } from "./syntax.ts";

export type SourceLanguage = "python" | "javascript";

/** Evaluates programs from their source; what is read of a program is in the image, nothing is ever run. */
export interface Sources {
	/** Never rejects: what cannot be read or followed is a gap of the program. `javascript` includes TypeScript. */
	run(language: SourceLanguage, start: ProgramStart): Promise<Program>;
}

export function createSources(_grammars: Grammars): Sources {
	return { run: async () => ({ calls: [], gaps: [{ reason: "source is not read yet" }], strangers: [] }) };
}
