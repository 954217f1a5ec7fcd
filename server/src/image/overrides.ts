import { resolvePath } from "../dockerfile/walk.ts";
import type { Evidence } from "../model/text.ts";
import { type Environment, knownText, type Value } from "../model/value.ts";
import type { StageImage, StartCommand } from "./stageImage.ts";

/** What a compose file says over an image's own configuration. */
export interface StartOverrides {
	/** Absent: the image's own. Without words: none. */
	readonly entrypoint?: OverridingCommand;
	readonly command?: OverridingCommand;
	readonly environment: Environment;
	readonly workdir?: Value;
	readonly mounts: readonly MountedPath[];
}

export interface OverridingCommand {
	readonly words: readonly Value[];
	readonly evidence: Evidence;
}

/** A file or folder of the machine that stands in the container instead of what the image holds there. */
export interface MountedPath {
	/** Absent for volumes and temporary file systems. */
	readonly source?: string;
	/** Absolute path in the container. */
	readonly target: string;
	/** As in `FileMount`. */
	readonly hidden?: string;
	readonly evidence: Evidence;
}

/**
 * The image as a container of it starts with other settings. A new entrypoint takes the image's CMD away with it
 * (docs.docker.com/reference/compose-file/services/#entrypoint).
 */
export function overrideStart(image: StageImage, overrides: StartOverrides): StageImage {
	const entrypoint = overrides.entrypoint ? replacing(overrides.entrypoint) : image.entrypoint;
	const inherited = overrides.entrypoint ? undefined : image.cmd;
	const cmd = overrides.command ? replacing(overrides.command) : inherited;
	const workdir = knownText(overrides.workdir);
	const { entrypoint: _, cmd: __, ...rest } = image;
	return {
		...rest,
		environment: new Map([...image.environment, ...overrides.environment]),
		workdir: workdir === undefined ? image.workdir : resolvePath(image.workdir, workdir),
		...(entrypoint ? { entrypoint } : {}),
		...(cmd ? { cmd } : {}),
	};
}

function replacing({ words, evidence }: OverridingCommand): StartCommand | undefined {
	return words.length > 0 ? { run: { form: "exec", words }, evidence, replaces: true } : undefined;
}
