import { chooseContext } from "../context/chooseContext.ts";
import { mountedFiles } from "../context/mountedFiles.ts";
import type { Instruction } from "../dockerfile/dockerfile.ts";
import { parseDockerfile } from "../dockerfile/parse.ts";
import type { BuildArguments } from "../dockerfile/walk.ts";
import type { BaseImages } from "../image/baseImage.ts";
import { overrideStart, type StartOverrides } from "../image/overrides.ts";
import { buildStageImages, type StageImage } from "../image/stageImage.ts";
import { DEFAULT_LIMITS, type Limits } from "../model/budget.ts";
import type { FileSystem } from "../model/files.ts";
import type { Pause } from "../model/pause.ts";
import type { Evidence } from "../model/text.ts";
import type { Sources } from "../source/sources.ts";
import { judgeExpose, withExposure } from "./exposure.ts";
import { findingsOf } from "./findings/index.ts";
import { Ground } from "./ground.ts";
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
	/** What the analysis of another version of the text left: it is used up. */
	readonly earlier?: Ground;
}

export interface AnalysisResult {
	readonly analysis: Analysis;
	/** Every URI that was looked at or looked for: when one changes, the analysis may be another. */
	readonly asked: ReadonlySet<string>;
	/** For the analysis of the next version of the text; absent where that has to begin anew. */
	readonly ground?: Ground;
}

/**
 * Predicts what each stage of a Dockerfile listens on, and judges what it exposes. Never rejects on user input, only with what
 * `pause` rejects with.
 */
export async function analyse(world: World, request: AnalysisRequest): Promise<AnalysisResult> {
	const { overrides } = request;
	const build = request.buildArguments ?? new Map();
	const ground = await groundOf(world, request, build);
	const earlier = ground.dockerfile && { dockerfile: ground.dockerfile, images: ground.images };
	const parsed = parseDockerfile(request.uri, request.text, earlier?.dockerfile);
	const dockerfile = request.standsFor ? { ...parsed, standsFor: request.standsFor } : parsed;
	const written = await buildStageImages(dockerfile, world.baseImages, build, earlier);
	const overridden = overrides && chooseTarget(written, request.target);
	const images = overridden ? written.map((image) => (image === overridden ? overrideStart(image, overrides) : image)) : written;
	const target = chooseTarget(images, request.target);
	const steps = images.flatMap((image) => image.walk.steps);
	const open = (uri: string) => ground.openContext(uri);
	const context = request.context === undefined ? await chooseContext(open, dockerfile, steps, request.roots) : await open(request.context);
	ground.begin(dockerfile, images, context);
	const predictions = new Map<StageImage, StagePrediction>();
	let exhausted = false;
	for (const image of images) {
		if (overrides && image !== target) continue;
		await ground.budget.pause();
		const before = ground.predictions.get(image);
		if (before) {
			predictions.set(image, before);
			continue;
		}
		const stageOwn = ground.filesOf(image);
		const seen = overrides ? await mountedFiles(stageOwn, overrides.mounts, ground.files) : stageOwn;
		predictions.set(image, await predictStage(dockerfile, image, stageScene(image, seen, world.sources, ground.budget)));
		// What was not read for want of budget may be read for the next stage.
		if (ground.budget.exhausted !== undefined) {
			ground.forgetFiles();
			exhausted = true;
		}
		// Each stage has a budget of its own, so that a large builder stage leaves enough for the one that runs.
		ground.budget = ground.fullBudget();
	}
	ground.predictions = predictions;
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
		asked: ground.asked,
		...(exhausted || overrides || request.standsFor ? {} : { ground }),
	};
}

/** The one that the request brings, where it still holds, or a new one. */
async function groundOf(world: World, request: AnalysisRequest, buildArguments: BuildArguments): Promise<Ground> {
	const { uri, pause, earlier } = request;
	const wanted = { uri, buildArguments, limits: world.limits ?? DEFAULT_LIMITS };
	if (!earlier || request.overrides || request.standsFor || !(await earlier.serves(wanted))) return new Ground(world.files, wanted, pause);
	earlier.takeOver(pause);
	return earlier;
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
