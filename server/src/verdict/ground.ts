import { type BuildContext, openContext } from "../context/buildContext.ts";
import { type FilesAskedOnce, oncePerAnalysis } from "../context/oncePerAnalysis.ts";
import { recordReads } from "../context/recordReads.ts";
import { type StageFiles, stageFiles } from "../context/stageFiles.ts";
import type { Dockerfile } from "../dockerfile/dockerfile.ts";
import type { BuildArguments } from "../dockerfile/walk.ts";
import type { StageImage } from "../image/stageImage.ts";
import { stockOf } from "../image/stock.ts";
import { Budget, type Limits } from "../model/budget.ts";
import type { FileSystem } from "../model/files.ts";
import type { Pause } from "../model/pause.ts";
import type { StagePrediction } from "./predict.ts";

/** What a ground was made for; another one is needed where any of it is different. */
export interface GroundRequest {
	readonly uri: string;
	readonly buildArguments: BuildArguments;
	readonly limits: Limits;
}

/**
 * What an analysis stands on: the files that it looked at, the images and files of the stages and what is predicted of them. The analysis
 * of the next version of the text takes it over, with the stages before the first difference. It belongs to one analysis at a time,
 * and is of no use after one that did not come to its end.
 */
export class Ground {
	/** Every URI that was looked at or looked for. */
	readonly asked: ReadonlySet<string>;
	readonly files: FileSystem;
	/** Of the analysis under way. */
	budget: Budget;
	dockerfile: Dockerfile | undefined;
	images: readonly StageImage[] = [];
	predictions: ReadonlyMap<StageImage, StagePrediction> = new Map();
	readonly #request: GroundRequest;
	readonly #once: FilesAskedOnce;
	readonly #contexts = new Map<string, Promise<BuildContext>>();
	/** Questions to the file system that the first analysis asked. */
	#few = 0;
	#pause: Pause | undefined;
	#context: BuildContext | undefined;
	#named: ReadonlyMap<string, StageImage> = new Map();
	#built = new WeakMap<StageImage, StageFiles>();

	constructor(files: FileSystem, request: GroundRequest, pause: Pause | undefined) {
		this.#request = request;
		this.#pause = pause;
		this.#once = oncePerAnalysis(files, () => this.#pause?.());
		({ files: this.files, asked: this.asked } = recordReads(this.#once));
		this.budget = this.fullBudget();
	}

	/** Whether the analysis of another text may take it over; nothing on the disk may have changed. */
	async serves({ uri, buildArguments, limits }: GroundRequest): Promise<boolean> {
		const before = this.#request;
		if (uri !== before.uri || limits !== before.limits || !sameEntries(buildArguments, before.buildArguments)) return false;
		// What nobody asks any more is asked again each time: when that is most of it, a new beginning costs less.
		this.#few ||= this.asked.size;
		return this.asked.size <= 2 * this.#few + 100 && (await this.#once.unchanged());
	}

	/** From now on it belongs to another analysis. */
	takeOver(pause: Pause | undefined): void {
		this.#pause = pause;
		this.budget = this.fullBudget();
	}

	fullBudget(): Budget {
		return new Budget(this.#request.limits, this.#pause);
	}

	openContext(uri: string): Promise<BuildContext> {
		const context = this.#contexts.get(uri) ?? openContext(this.files, uri, this.#request.uri);
		this.#contexts.set(uri, context);
		return context;
	}

	/** Sets what is analysed now. What is known of stages stays as long as they are built in the same context. */
	begin(dockerfile: Dockerfile, images: readonly StageImage[], context: BuildContext): void {
		if (context !== this.#context) {
			this.forgetFiles();
			this.predictions = new Map();
		}
		this.dockerfile = dockerfile;
		this.images = images;
		this.#context = context;
		this.#named = stagesByName(images);
	}

	/** The next that asks begins anew. */
	forgetFiles(): void {
		this.#built = new WeakMap();
	}

	filesOf(image: StageImage): StageFiles {
		const kept = this.#built.get(image) ?? this.#filesOf(image);
		this.#built.set(image, kept);
		return kept;
	}

	#filesOf(image: StageImage): StageFiles {
		const { dockerfile } = this;
		const context = this.#context;
		if (!dockerfile || !context) throw new Error("nothing is analysed yet");
		const budget = (): Budget => this.budget;
		return stageFiles({
			dockerfile,
			steps: image.walk.steps,
			context,
			below: image.parent && this.filesOf(image.parent),
			fromScratch: image.base.kind === "scratch",
			stock: stockOf(dockerfile, image),
			stage: (name) => {
				// Only a stage before this one can be copied from, so that this ends.
				const other = this.#named.get(name.toLowerCase());
				return other && other.stage.index < image.stage.index ? this.filesOf(other) : undefined;
			},
			get budget() {
				return budget();
			},
		});
	}
}

/** The first stage of each name and number, as COPY --from says it. */
function stagesByName(images: readonly StageImage[]): ReadonlyMap<string, StageImage> {
	const named = new Map<string, StageImage>();
	for (const image of images)
		for (const name of [image.stage.name, String(image.stage.index)]) if (name !== undefined && !named.has(name)) named.set(name, image);
	return named;
}

function sameEntries(one: BuildArguments, other: BuildArguments): boolean {
	return one.size === other.size && [...one].every(([name, value]) => other.get(name) === value);
}
