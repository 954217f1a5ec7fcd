import { type BuildContext, openContext } from "../context/buildContext.ts";
import { chooseContext } from "../context/chooseContext.ts";
import { mountedFiles } from "../context/mountedFiles.ts";
import { oncePerAnalysis } from "../context/oncePerAnalysis.ts";
import { recordReads } from "../context/recordReads.ts";
import { type StageFiles, stageFiles } from "../context/stageFiles.ts";
import type { Dockerfile, Instruction } from "../dockerfile/dockerfile.ts";
import { parseDockerfile } from "../dockerfile/parse.ts";
import type { BuildArguments } from "../dockerfile/walk.ts";
import type { BaseImages } from "../image/baseImage.ts";
import { overrideStart, type StartOverrides } from "../image/overrides.ts";
import { buildStageImages, type StageImage } from "../image/stageImage.ts";
import { stockOf } from "../image/stock.ts";
import { Budget, DEFAULT_LIMITS, type Limits } from "../model/budget.ts";
import type { FileSystem } from "../model/files.ts";
import type { Pause } from "../model/pause.ts";
import type { Evidence } from "../model/text.ts";
import type { Sources } from "../source/sources.ts";
import { judgeExpose, withExposure } from "./exposure.ts";
import { findingsOf } from "./findings/index.ts";
import { predictStage, type StagePrediction, stageScene } from "./predict.ts";
import type { Analysis, StageReport } from "./report.ts";

/** The world that an analysis looks at. */
export interface World {
	readonly files: FileSystem;
	readonly baseImages: BaseImages;
	readonly sources: Sources;
	/** What one stage may cost; the default limits when absent. */
	readonly limits?: Limits;
}

export interface AnalysisRequest {
	readonly uri: string;
	/** The text to analyse, whatever stands on disk. */
	readonly text: string;
	/** URIs of the workspace's folders: no file outside them is looked for. */
	readonly roots: readonly string[];
	/** URI of the build context; found by looking when absent. */
	readonly context?: string;
	/** Name or number of the stage to build; the last one when absent. */
	readonly target?: string;
	readonly buildArguments?: BuildArguments;
	/** What starts the target instead of what the image says; then only the target is looked at. */
	readonly overrides?: StartOverrides;
	/** Where the text comes from when it stands in no file of its own. */
	readonly standsFor?: Evidence;
	/** Absent where nobody else waits for a turn. */
	readonly pause?: Pause;
}

export interface AnalysisResult {
	readonly analysis: Analysis;
	/** Every URI that was looked at or looked for: when one changes, the analysis may be another. */
	readonly asked: ReadonlySet<string>;
}

/**
 * Predicts what each stage of a Dockerfile listens on, and judges what it exposes. Never rejects on user input, only with what
 * `pause` rejects with.
 */
export async function analyse(world: World, request: AnalysisRequest): Promise<AnalysisResult> {
	const { files, asked } = recordReads(oncePerAnalysis(world.files, request.pause));
	const build = request.buildArguments ?? new Map();
	const parsed = parseDockerfile(request.uri, request.text);
	const dockerfile = request.standsFor ? { ...parsed, standsFor: request.standsFor } : parsed;
	const written = await buildStageImages(dockerfile, world.baseImages, build);
	const { overrides } = request;
	const overridden = overrides && chooseTarget(written, request.target);
	const images = overridden ? written.map((image) => (image === overridden ? overrideStart(image, overrides) : image)) : written;
	const target = chooseTarget(images, request.target);
	const steps = images.flatMap((image) => image.walk.steps);
	const context =
		request.context === undefined
			? await chooseContext(files, dockerfile, steps, request.roots)
			: await openContext(files, request.context, request.uri);
	const predictions = new Map<StageImage, StagePrediction>();
	// A budget for each stage, so that a large builder stage leaves enough for the one that runs.
	const fullBudget = () => new Budget(world.limits ?? DEFAULT_LIMITS, request.pause);
	let budget = fullBudget();
	const named = stagesByName(images);
	const built = new Map<StageImage, StageFiles>();
	const filesOf = (one: StageImage): StageFiles => {
		const kept = built.get(one) ?? filesOfStage(one, named, context, dockerfile, () => budget, filesOf);
		built.set(one, kept);
		return kept;
	};
	for (const image of images) {
		if (overrides && image !== target) continue;
		await budget.pause();
		const stageOwn = filesOf(image);
		const seen = overrides ? await mountedFiles(stageOwn, overrides.mounts, files) : stageOwn;
		predictions.set(image, await predictStage(dockerfile, image, stageScene(image, seen, world.sources, budget)));
		// What was not read for want of budget may be read for the next stage.
		if (budget.exhausted !== undefined) built.clear();
		budget = fullBudget();
	}
	const heirs = heirsOf(images, target);
	const stages = images.map((image) => report(image, heirs, predictions));
	const targetReport = stages.find((stage) => stage.image === target);
	return {
		analysis: {
			dockerfile,
			context: context.uri,
			stages,
			target: targetReport,
			findings: targetReport ? findingsOf(targetReport, dockerfile, judgedWith(targetReport, stages, heirs)) : [],
		},
		asked,
	};
}

function filesOfStage(
	image: StageImage,
	named: ReadonlyMap<string, StageImage>,
	context: BuildContext,
	dockerfile: Dockerfile,
	budgetNow: () => Budget,
	filesOf: (image: StageImage) => StageFiles,
): StageFiles {
	return stageFiles({
		dockerfile,
		steps: image.walk.steps,
		context,
		below: image.parent && filesOf(image.parent),
		fromScratch: image.base.kind === "scratch",
		stock: stockOf(dockerfile, image),
		stage(name) {
			// Only a stage before this one can be copied from, so that this ends.
			const other = named.get(name.toLowerCase());
			return other && other.stage.index < image.stage.index ? filesOf(other) : undefined;
		},
		get budget() {
			return budgetNow();
		},
	});
}

/** The first stage of each name and number, as COPY --from says it. */
function stagesByName(images: readonly StageImage[]): ReadonlyMap<string, StageImage> {
	const named = new Map<string, StageImage>();
	for (const image of images)
		for (const name of [image.stage.name, String(image.stage.index)]) if (name !== undefined && !named.has(name)) named.set(name, image);
	return named;
}

function chooseTarget(images: readonly StageImage[], wanted: string | undefined): StageImage | undefined {
	if (wanted === undefined) return images.at(-1);
	return images.find((image) => image.stage.name === wanted.toLowerCase() || String(image.stage.index) === wanted);
}

function report(
	image: StageImage,
	heirs: ReadonlyMap<StageImage, StageImage>,
	predictions: ReadonlyMap<StageImage, StagePrediction>,
): StageReport {
	const predictionOf = (one: StageImage): StagePrediction => predictions.get(one) ?? { listeners: [], gaps: [] };
	const prediction = predictionOf(image);
	// A stage without a start command of its own is judged by the stage that is built on it.
	const heir = isStarted(image.cmd) || isStarted(image.entrypoint) ? image : (heirs.get(image) ?? image);
	const judged = predictionOf(heir);
	const judgedListeners = withExposure(heir, judged);
	return {
		image,
		start: startOf(image),
		listeners: withExposure(image, prediction),
		gaps: prediction.gaps,
		exposes: image.exposes.map((expose) => judgeExpose(expose, judgedListeners, judged)),
	};
}

/** The stages below one that start nothing of their own: what they expose is judged by what that one starts. */
function judgedWith(target: StageReport, stages: readonly StageReport[], heirs: ReadonlyMap<StageImage, StageImage>): StageReport[] {
	return stages.filter(
		({ image }) => image !== target.image && heirs.get(image) === target.image && !isStarted(image.cmd) && !isStarted(image.entrypoint),
	);
}

function isStarted(command: StageImage["cmd"]): boolean {
	return command?.instruction !== undefined;
}

/** The instruction of this stage that decides what starts: CMD, or an ENTRYPOINT that ignores or lacks one. */
function startOf(image: StageImage): Instruction | undefined {
	const { entrypoint, cmd, stage } = image;
	const deciding = entrypoint?.run.form === "shell" ? [entrypoint] : [cmd, entrypoint];
	return deciding.map((command) => command?.instruction).find((instruction) => instruction && stage.instructions.includes(instruction));
}

/** The stage that each one ends up in: the target when that is built on it, else the last that is. */
function heirsOf(images: readonly StageImage[], target: StageImage | undefined): ReadonlyMap<StageImage, StageImage> {
	const heirs = new Map<StageImage, StageImage>();
	for (const heir of [...(target ? [target] : []), ...images.toReversed()])
		for (let one = heir.parent; one && !heirs.has(one); one = one.parent) heirs.set(one, heir);
	return heirs;
}
