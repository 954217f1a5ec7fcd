import type { ProgramCase } from "../../../support/program.ts";
import { record } from "./seeds.ts";

export * from "../../../support/program.ts";

export async function runProgram(language: string, given: ProgramCase): Promise<never> {
	return record({ kind: "program", language, given });
}
