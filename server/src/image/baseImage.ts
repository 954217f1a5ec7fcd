import type { Port } from "../model/port.ts";

/** What is known of an image that a Dockerfile starts from. */
export interface BaseImage {
	/** As the FROM line names it. */
	readonly reference: string;
	readonly exposed: readonly Port[];
	readonly environment: ReadonlyMap<string, string>;
	/** Absolute path in the container. */
	readonly workdir: string;
	readonly entrypoint: readonly string[];
	readonly cmd: readonly string[];
	/** The program that the entrypoint runs when its first argument is a flag; undefined when it replaces nothing. */
	readonly entrypointProgram?: string;
	/** First arguments before which the entrypoint puts the program too: the `server` of `vault server`. */
	readonly entrypointVerbs: readonly string[];
	/** Whether the entrypoint ends in running its arguments, so that the CMD is the process. */
	readonly entrypointRunsArguments: boolean;
	/** Scripts of its own that other images start, by path, with the words of the program that each ends in. */
	readonly scripts: ReadonlyMap<string, readonly string[]>;
	/** What its own start command listens on when nothing is configured. */
	readonly listens: readonly BaseListener[];
	/** Its configuration as far as it decides ports: absolute container path to text. */
	readonly files: ReadonlyMap<string, string>;
	/** Folders and files whose replacement may change what it listens on. */
	readonly configuredBy: readonly string[];
	/** Where the facts come from. */
	readonly source: string;
}

export interface BaseListener extends Port {
	/** As the socket table shows it. */
	readonly address: string;
	/** The environment variable that changes the port. */
	readonly variable?: string;
}

/** Answers what is known of an image; undefined when that is nothing. */
export interface BaseImages {
	find(reference: string): Promise<BaseImage | undefined>;
	/** What holds for every version of an image, where the version in its tag is not known; undefined when versions differ. */
	findAny?(reference: string): Promise<BaseImage | undefined>;
}
