import type { Port } from "../model/port.ts";

/** The kinds of hints, each with a setting `portlight.hints.<kind>`. */
export const HINT_KINDS = ["start", "expose", "from", "compose", "manifests", "live"] as const;
export type HintKind = (typeof HINT_KINDS)[number];

/** A running container of the image that a document describes, and what it was seen to listen on. */
export interface LiveContainer {
	readonly name: string;
	/** Reachable from outside the container. */
	readonly ports: readonly Port[];
}

export interface HintOptions {
	readonly shown: ReadonlySet<HintKind>;
	readonly live: readonly LiveContainer[];
}

export const ALL_HINTS: HintOptions = { shown: new Set(HINT_KINDS), live: [] };
