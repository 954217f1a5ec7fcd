import { recordReads } from "../context/recordReads.ts";
import { type AnalysisRequest, type AnalysisResult, analyse, type World } from "../verdict/analyse.ts";
import { agreedBuild, type Builder, buildersOf } from "./builtBy.ts";

export interface DockerfileResult extends AnalysisResult {
	/** The compose services that build this Dockerfile. */
	readonly builders: readonly Builder[];
}

/**
 * Analyses a Dockerfile with the context and the arguments of the compose file that builds it, unless the request names them.
 * Its target is judged only where `judge` is `compose`: `docker build` knows no compose file and builds the last stage.
 */
export async function analyseDockerfile(
	world: World,
	request: AnalysisRequest,
	judge: "compose" | "last stage",
): Promise<DockerfileResult> {
	const { files, asked } = recordReads(world.files);
	const builders = await buildersOf(files, request.uri, request.roots);
	const agreed = agreedBuild(builders);
	const build = judge === "compose" ? agreed : { ...agreed, target: undefined };
	const result = await analyse(world, {
		...request,
		...(request.context === undefined && build.context !== undefined ? { context: build.context } : {}),
		...(request.target === undefined && build.target !== undefined ? { target: build.target } : {}),
		...(build.args ? { buildArguments: new Map([...build.args, ...(request.buildArguments ?? [])]) } : {}),
	});
	// A target that the Dockerfile does not have is the compose file's mistake, and no reason to say nothing here.
	const missing = request.target === undefined && build.target !== undefined && !result.analysis.target;
	// Its ground is that of the first one now.
	const { earlier: _, ...again } = request;
	const answer = missing ? await analyse(world, again) : result;
	return { ...answer, asked: new Set([...asked, ...answer.asked]), builders };
}
