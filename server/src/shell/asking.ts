import type { TextFile } from "../model/text.ts";

/**
 * What a shell wants to know of the files around it. It asks and is answered by whoever runs it, so that the same evaluation
 * serves callers that may wait for files and callers that have none.
 */
export interface Question {
	readonly ask: "look" | "read" | "list";
	/** Absolute path in the container. */
	readonly path: string;
}

export interface Answer {
	readonly entry: "file" | "folder" | "absent" | "unknown";
	/** When a file was read. */
	readonly file?: TextFile;
	/** When a folder was listed, and all of it is in view. */
	readonly names?: readonly string[];
}

/** A computation that may ask. */
export type Asking<T> = Generator<Question, T, Answer>;

/** Runs a computation to its end where no file can be seen. */
export function withoutFiles<T>(asking: Asking<T>): T {
	let step = asking.next();
	while (!step.done) step = asking.next({ entry: "unknown" });
	return step.value;
}

/** Runs a computation to its end with answers from elsewhere. */
export async function withFiles<T>(asking: Asking<T>, answer: (question: Question) => Promise<Answer>): Promise<T> {
	let step = asking.next();
	while (!step.done) step = asking.next(await answer(step.value));
	return step.value;
}
