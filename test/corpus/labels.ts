import { readFile } from "node:fs/promises";

/** A port of a label or a prediction. */
export interface LabelPort {
	readonly port: number;
	readonly protocol?: string;
}

/** What somebody who read a repository found that one of its images listens on. */
export interface Label {
	readonly id: string;
	/** owner/name */
	readonly repo: string;
	/** Path of the Dockerfile in the repository. */
	readonly dockerfile: string;
	/** The build context, as a path in the repository. */
	readonly context?: string;
	readonly target?: string;
	readonly buildArgs?: Readonly<Record<string, string>>;
	/** What listens; empty for workers and tools. */
	readonly ports: readonly LabelPort[];
	/** Open only under other settings, or on loopback beside the main ones: neither rewarded nor punished. */
	readonly optionalPorts?: readonly LabelPort[];
	readonly loopbackPorts?: readonly LabelPort[];
	readonly loopbackOnly?: boolean;
	/** `hand`, or how else the label came about. */
	readonly labelSource: string;
	readonly language: string;
	/** The port comes only from a variable that a manifest sets: left out of the figures. */
	readonly runtimeEnv?: boolean;
	readonly evidence?: string;
}

/** One label a line, as JSON. */
export async function readLabels(file: string): Promise<Label[]> {
	const text = await readFile(file, "utf8");
	return text
		.split("\n")
		.filter(Boolean)
		.map((line) => JSON.parse(line));
}
