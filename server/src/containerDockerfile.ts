import { URI } from "vscode-uri";
import { readProject } from "./compose/project.ts";
import { parseDockerfile } from "./dockerfile/parse.ts";
import type { ImageConfig } from "./engine/engine.ts";
import type { BaseImages } from "./image/baseImage.ts";
import { buildStageImages, isOwn, type StageImage } from "./image/stageImage.ts";
import type { FileSystem } from "./model/files.ts";
import { knownText } from "./model/value.ts";
import type { ContainerDockerfileReport } from "./protocol.ts";

export interface ContainerOrigin {
	readonly labels: Readonly<Record<string, string>>;
	/** As the container's image is here; undefined when it is not there any more. */
	readonly image: ImageConfig | undefined;
	/** URIs of the Dockerfiles that it may have been built from. */
	readonly candidates: readonly string[];
}

/**
 * The Dockerfile of a container: what its compose service builds, else those candidates with a stage that starts the same
 * program in the same folder as the image. Several may, and none is certain but compose's own. Never rejects.
 */
export async function findContainerDockerfile(
	world: { readonly files: FileSystem; readonly baseImages: BaseImages },
	{ labels, image, candidates }: ContainerOrigin,
): Promise<ContainerDockerfileReport> {
	const composed = await fromCompose(world.files, labels);
	if (composed !== undefined) return { dockerfiles: [composed], by: "compose" };
	if (image === undefined) return { dockerfiles: [], by: "start" };
	const fitting: string[] = [];
	for (const uri of candidates) if (await builds(world, uri, image)) fitting.push(uri);
	return { dockerfiles: fitting, by: "start" };
}

/** Labels of https://docs.docker.com/compose/: the files that the project was started from, on the machine where it was. */
async function fromCompose(files: FileSystem, labels: ContainerOrigin["labels"]): Promise<string | undefined> {
	const service = labels["com.docker.compose.service"];
	const paths = (labels["com.docker.compose.project.config_files"] ?? "").split(",").filter(isLocalPath);
	// The last file is on top: its build wins.
	for (const path of paths.reverse()) {
		const uri = URI.file(path).toString();
		const read = await files.read(uri);
		if (read.kind !== "text") continue;
		const { services } = await readProject(files, uri, read.text);
		const dockerfile = services.find(({ name }) => name === service)?.build?.dockerfile;
		if (dockerfile !== undefined && (await files.read(dockerfile)).kind === "text") return dockerfile;
	}
	return undefined;
}

/** A label is anybody's words: a path of another machine (`\\server\share`) must not be asked for. */
function isLocalPath(path: string): boolean {
	return /^(\/(?![\\/])|[A-Za-z]:[\\/])/.test(path);
}

async function builds(
	world: { readonly files: FileSystem; readonly baseImages: BaseImages },
	uri: string,
	image: ImageConfig,
): Promise<boolean> {
	const read = await world.files.read(uri);
	if (read.kind !== "text") return false;
	const stages = await buildStageImages(parseDockerfile(uri, read.text), world.baseImages, new Map());
	return stages.some((stage) => startsAs(stage, image));
}

/** What every image of a base starts is no sign: the stage must say itself what starts. */
function startsAs(stage: StageImage, image: ImageConfig): boolean {
	const { entrypoint, cmd, workdir } = stage;
	if (!isOwn(entrypoint) && !isOwn(cmd)) return false;
	const same = (command: StageImage["cmd"], words: readonly string[]) => {
		const own = command === undefined ? [] : wordsOf(command, stage.shell);
		return own !== undefined && own.length === words.length && own.every((word, index) => word === words[index]);
	};
	return same(entrypoint, image.entrypoint) && same(cmd, image.cmd) && (image.workingDir || "/") === (workdir || "/");
}

/** As they stand in the image's configuration; undefined when a word is not known. */
function wordsOf({ run }: NonNullable<StageImage["cmd"]>, shell: readonly string[]): readonly string[] | undefined {
	if (run.form === "shell") return [...shell, run.text];
	const words = run.words.map(knownText);
	return words.every((word) => word !== undefined) ? words : undefined;
}
