import { isDeepStrictEqual } from "node:util";
import type { FileSystem } from "../model/files.ts";
import type { Pause } from "../model/pause.ts";

export interface FilesAskedOnce extends FileSystem {
	/** Asks all questions again: whether each has the answer that was given. */
	unchanged(): Promise<boolean>;
}

/**
 * A file system that asks each question once: within one analysis the world stands still, and folders are looked at often. A
 * question is also the place for a pause, as answers that are kept elsewhere would never let anybody else have a turn.
 */
export function oncePerAnalysis(files: FileSystem, pause: Pause = () => undefined): FilesAskedOnce {
	const read = once((uri) => files.read(uri), pause);
	const list = once((uri) => files.list(uri), pause);
	const real = once((uri) => files.real(uri), pause);
	return {
		read: read.ask,
		list: list.ask,
		real: real.ask,
		unchanged: async () => (await Promise.all([read, list, real].map((one) => one.unchanged()))).every(Boolean),
	};
}

function once<T>(answerTo: (uri: string) => Promise<T>, pause: Pause) {
	const answers = new Map<string, Promise<T>>();
	return {
		ask(uri: string): Promise<T> {
			const kept = answers.get(uri);
			if (kept) return kept;
			const turn = pause();
			const answer = turn ? turn.then(() => answerTo(uri)) : answerTo(uri);
			answers.set(uri, answer);
			return answer;
		},
		async unchanged(): Promise<boolean> {
			const again = [...answers].map(async ([uri, answer]) => {
				const [before, now] = await Promise.all([answer, answerTo(uri)]);
				return before === now || isDeepStrictEqual(before, now);
			});
			return (await Promise.all(again)).every(Boolean);
		},
	};
}
