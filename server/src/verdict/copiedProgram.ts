import { readCopy } from "../context/copies.ts";
import { joinPath } from "../context/imagePaths.ts";
import type { StageFiles } from "../context/stageFiles.ts";
import { type Dockerfile, evidenceOf } from "../dockerfile/dockerfile.ts";
import type { StageImage } from "../image/stageImage.ts";
import { known } from "../model/value.ts";
import { buildCommands } from "../process/builds.ts";
import { type Process, programName } from "../process/process.ts";

/** Compilers that leave one program behind. */
const COMPILERS = /^(go|xx-go|cargo|rustc|gcc|g\+\+|cc|swift|ghc|stack|cabal|zig|crystal|nim)$/;

/**
 * The program that a stage is for when its start command comes with a base image that nobody knows: the only file that it takes
 * from a stage of this Dockerfile in which a compiler ran. Undefined when it takes anything else besides.
 */
export async function copiedProgram(dockerfile: Dockerfile, image: StageImage, files: StageFiles): Promise<Process | undefined> {
	if (image.parent || image.base.kind !== "unknown" || image.entrypoint || image.cmd) return undefined;
	const changing = image.walk.steps.filter(({ instruction: { keyword } }) => keyword === "COPY" || keyword === "ADD" || keyword === "RUN");
	const [step, ...others] = changing;
	const copy = step && others.length === 0 && step.instruction.keyword === "COPY" ? readCopy(dockerfile, step) : undefined;
	const [source, ...more] = copy?.sources ?? [];
	if (!step || !copy || source?.kind !== "stage" || more.length > 0) return undefined;
	const path = copy.intoFolder ? joinPath(copy.target, programName(source.path)) : copy.target;
	const trace = await files.movedFrom(path);
	if (!trace || !buildCommands(trace).some(({ argv: [program] }) => program?.kind === "known" && COMPILERS.test(programName(program.text))))
		return undefined;
	return {
		argv: [known(path)],
		cwd: image.workdir,
		environment: image.environment,
		evidence: [evidenceOf(dockerfile, step.instruction)],
		ends: false,
		conditional: false,
	};
}
