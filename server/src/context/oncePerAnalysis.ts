import type { FileSystem } from "../model/files.ts";
import type { Pause } from "../model/pause.ts";

/**
 * A file system that asks each question once: within one analysis the world stands still, and folders are looked at often. A
 * question is also the place for a pause, as answers that are kept elsewhere would never let anybody else have a turn.
 */
export function oncePerAnalysis(files: FileSystem, pause: Pause = () => undefined): FileSystem {
	const paused = <T>(ask: (uri: string) => Promise<T>) =>
		once((uri) => {
			const turn = pause();
			return turn ? turn.then(() => ask(uri)) : ask(uri);
		});
	return { read: paused((uri) => files.read(uri)), list: paused((uri) => files.list(uri)), real: paused((uri) => files.real(uri)) };
}

function once<T>(ask: (uri: string) => Promise<T>): (uri: string) => Promise<T> {
	const answers = new Map<string, Promise<T>>();
	return (uri) => {
		const kept = answers.get(uri) ?? ask(uri);
		answers.set(uri, kept);
		return kept;
	};
}
