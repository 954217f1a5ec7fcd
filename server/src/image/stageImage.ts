import { type Dockerfile, evidenceOf, type Instruction, lastOf, type Stage } from "../dockerfile/dockerfile.ts";
import { expand } from "../dockerfile/expand.ts";
import { type ExposeWord, readExpose } from "../dockerfile/expose.ts";
import { type BuildArguments, type Step, type Walk, walkGlobalArgs, walkStage } from "../dockerfile/walk.ts";
import { splitWords } from "../dockerfile/words.ts";
import { t } from "../model/message.ts";
import type { Port } from "../model/port.ts";
import type { Evidence } from "../model/text.ts";
import { type Environment, known, likelyText, type Value } from "../model/value.ts";
import type { BaseImage, BaseImages } from "./baseImage.ts";

/** What one stage builds: its image's configuration, with where each part comes from. */
export interface StageImage {
	readonly stage: Stage;
	readonly walk: Walk;
	/** The stage that FROM names, when it is one of this file. */
	readonly parent?: StageImage;
	readonly base: Base;
	/** ENV of this stage and of everything below it. */
	readonly environment: Environment;
	/** Absolute path in the container. */
	readonly workdir: string;
	/** What runs a shell-form command: `["/bin/sh", "-c"]` or what SHELL says. */
	readonly shell: readonly string[];
	readonly entrypoint?: StartCommand;
	readonly cmd?: StartCommand;
	/** The EXPOSE words of this stage, in order. */
	readonly exposes: readonly StageExpose[];
	/** What the stages and the base image below this one expose. */
	readonly inheritedExposes: readonly InheritedExpose[];
}

/** The image at the bottom of a stage's chain of FROMs. */
export type Base =
	| { readonly kind: "known"; readonly image: BaseImage }
	| { readonly kind: "scratch" }
	| { readonly kind: "unknown"; readonly reference: string; readonly reason: string };

/** ENTRYPOINT or CMD as it takes effect. */
export interface StartCommand {
	/** Exec form: the words. Shell form: one text, run by the stage's SHELL. */
	readonly run: { readonly form: "exec"; readonly words: readonly Value[] } | { readonly form: "shell"; readonly text: string };
	/** The instruction, or the FROM line when it comes with the base image. */
	readonly evidence: Evidence;
	/** The instruction in this file; absent when it comes with the base image. */
	readonly instruction?: Instruction;
	/** Whether it takes the place of the image's own, as `command` of a compose file does. */
	readonly replaces?: true;
}

/** Whether a command is written for this image: it does not come with the base image. */
export function isOwn(command: StartCommand | undefined): boolean {
	return command?.instruction !== undefined || command?.replaces === true;
}

export interface StageExpose extends ExposeWord {
	readonly instruction: Instruction;
}

export interface InheritedExpose {
	readonly first: number;
	readonly last: number;
	readonly protocol: Port["protocol"];
	/** The image or stage that exposes it. */
	readonly from: string;
}

/** The images of an earlier text of a Dockerfile, built with the same arguments. */
export interface EarlierImages {
	readonly dockerfile: Dockerfile;
	readonly images: readonly StageImage[];
}

/**
 * Builds the images of all stages, in order: a stage can only start from one before it. Those of stages that are the earlier
 * Dockerfile's own are taken from there; where a stage is, all before it are (`parseDockerfile`).
 */
export async function buildStageImages(
	dockerfile: Dockerfile,
	baseImages: BaseImages,
	build: BuildArguments,
	earlier?: EarlierImages,
): Promise<StageImage[]> {
	const globals = walkGlobalArgs(dockerfile, build);
	const images: StageImage[] = [];
	for (const [i, stage] of dockerfile.stages.entries()) {
		const before = earlier?.dockerfile.stages[i]?.from === stage.from ? earlier.images[i] : undefined;
		const isSame = before && earlier?.dockerfile.stages[i] === stage;
		images.push(isSame ? before : await buildStageImage(dockerfile, stage, images, globals, baseImages, build, before?.walk.steps));
	}
	return images;
}

async function buildStageImage(
	dockerfile: Dockerfile,
	written: Stage,
	earlier: readonly StageImage[],
	globals: Environment,
	baseImages: BaseImages,
	build: BuildArguments,
	earlierSteps: readonly Step[] | undefined,
): Promise<StageImage> {
	const reference = readReference(dockerfile, written, globals);
	const parent = reference === undefined ? undefined : earlier.findLast((image) => image.stage.name === reference.toLowerCase());
	const stage = withTriggers(written, parent);
	const base = parent?.base ?? (await findBase(dockerfile, stage, reference, baseImages));
	const below = parent ?? startOf(dockerfile, stage, base);
	const walk = walkStage(dockerfile, stage, below, globals, build, earlierSteps);
	const entrypoint = startCommand(dockerfile, stage, "ENTRYPOINT");
	const cmd = startCommand(dockerfile, stage, "CMD");
	return {
		stage,
		walk,
		parent,
		base,
		environment: walk.environment,
		workdir: walk.workdir,
		shell: lastOf(stage, "SHELL")?.json?.map((word) => word.text) ?? below.shell,
		entrypoint: entrypoint ?? below.entrypoint,
		// Setting ENTRYPOINT resets a CMD that was inherited (docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact).
		cmd: cmd ?? (entrypoint ? undefined : below.cmd),
		exposes: walk.steps
			.filter((step) => step.instruction.keyword === "EXPOSE")
			.flatMap((step) => readExpose(dockerfile, step.instruction, step.scope).map((word) => ({ ...word, instruction: step.instruction }))),
		inheritedExposes: parent
			? [
					...parent.inheritedExposes,
					...parent.exposes.flatMap((word) => (word.ports ? [{ ...word.ports, from: parent.stage.name ?? "a stage" }] : [])),
				]
			: below.inheritedExposes,
	};
}

/** What the stage below leaves to those that are built on it comes first (docs.docker.com/reference/dockerfile/#onbuild). */
function withTriggers(stage: Stage, parent: StageImage | undefined): Stage {
	const triggers = parent?.stage.instructions.flatMap(({ trigger }) => trigger ?? []) ?? [];
	return triggers.length === 0 ? stage : { ...stage, instructions: [...triggers, ...stage.instructions] };
}

/** The image that FROM names, variables resolved; undefined when they leave it open. */
function readReference(dockerfile: Dockerfile, stage: Stage, globals: Environment): string | undefined {
	const word = splitWords(stage.from.args, dockerfile.escape)[0];
	return word && likelyText(expand(word.text, globals, dockerfile.escape));
}

async function findBase(dockerfile: Dockerfile, stage: Stage, reference: string | undefined, baseImages: BaseImages): Promise<Base> {
	const written = splitWords(stage.from.args, dockerfile.escape)[0]?.text ?? "";
	if (!reference) {
		const image = await findByName(written, baseImages);
		if (image) return { kind: "known", image };
		return { kind: "unknown", reference: written, reason: written ? t("{0} is not set", written) : t("FROM names no image") };
	}
	if (reference === "scratch") return { kind: "scratch" };
	const image = await baseImages.find(reference);
	return image ? { kind: "known", image } : { kind: "unknown", reference, reason: t("nothing is known about {0}", reference) };
}

/** The image of a name whose tag holds variables that nobody sets, `postgres:${VERSION}-alpine`, where its versions do not differ. */
async function findByName(written: string, baseImages: BaseImages): Promise<BaseImage | undefined> {
	const [, name, tag = ""] = /^([^$@]+):([^:@/]*\$[^:@/]*)$/.exec(written) ?? [];
	return name === undefined ? undefined : baseImages.findAny?.(`${name}:${tag.replace(/\$(?:\w+|\{[^}]*\})/g, "")}`);
}

/** The builder sets PATH where an image does not; those that do hold these folders too (github.com/moby/buildkit, util/system). */
const USUAL_PATH: [string, Value] = ["PATH", known("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")];

type Below = Pick<StageImage, "environment" | "workdir" | "shell" | "entrypoint" | "cmd" | "inheritedExposes">;

/** What a stage has before its first instruction. */
function startOf(dockerfile: Dockerfile, stage: Stage, base: Base): Below {
	const evidence = evidenceOf(dockerfile, stage.from);
	const shell = ["/bin/sh", "-c"];
	if (base.kind !== "known") return { environment: new Map([USUAL_PATH]), workdir: "/", shell, inheritedExposes: [] };
	const { image } = base;
	const start = (words: readonly string[]): StartCommand | undefined =>
		words.length > 0 ? { run: { form: "exec", words: words.map((word) => known(word, evidence)) }, evidence } : undefined;
	return {
		environment: new Map([USUAL_PATH, ...[...image.environment].map(([name, text]): [string, Value] => [name, known(text, evidence)])]),
		workdir: image.workdir,
		shell,
		entrypoint: start(image.entrypoint),
		cmd: start(image.cmd),
		inheritedExposes: image.exposed.map((port) => ({ first: port.port, last: port.port, protocol: port.protocol, from: image.reference })),
	};
}

function startCommand(dockerfile: Dockerfile, stage: Stage, keyword: "CMD" | "ENTRYPOINT"): StartCommand | undefined {
	const instruction = lastOf(stage, keyword);
	if (!instruction) return undefined;
	const evidence = evidenceOf(dockerfile, instruction);
	const run = instruction.json
		? ({
				form: "exec",
				words: instruction.json.map((word) =>
					known(word.text, dockerfile.standsFor ?? { uri: dockerfile.uri, range: word.range, text: word.text }),
				),
			} as const)
		: ({ form: "shell", text: instruction.args.text } as const);
	return { run, evidence, instruction };
}
