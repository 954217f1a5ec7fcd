import { recordReads } from "../context/recordReads.ts";
import { type AnalysisRequest, type AnalysisResult, analyse, type World } from "../verdict/analyse.ts";
import { agreedBuild, type Builder, buildersOf } from "./builtBy.ts";

export interface DockerfileResult extends AnalysisResult {
	/** The compose services that build this Dockerfile. */
	readonly builders: readonly Builder[];
}

/** Analyses a Dockerfile as the compose file that builds it says: its context, target and arguments, unless the request names them. */
export async function analyseDockerfile(world: World, request: AnalysisRequest): Promise<DockerfileResult> {
	const { files, asked } = recordReads(world.files);
	const builders = await buildersOf(files, request.uri, request.roots);
	const build = agreedBuild(builders);
	const result = await analyse(world, {
		...request,
		...(request.context === undefined && build.context !== undefined ? { context: build.context } : {}),
		...(request.target === undefined && build.target !== undefined ? { target: build.target } : {}),
		...(build.args ? { buildArguments: new Map([...build.args, ...(request.buildArguments ?? [])]) } : {}),
	});
	// A target that the Dockerfile does not have is the compose file's mistake, and no reason to say nothing here.
	if (request.target === undefined && build.target !== undefined && !result.analysis.target)
		return { ...(await analyse(world, request)), builders };
	return { ...result, asked: new Set([...asked, ...result.asked]), builders };
}
