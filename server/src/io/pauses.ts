import type { Pauses } from "../model/pause.ts";
import { Superseded } from "../model/pause.ts";

/** Messages wait no longer than this: less than what a person notices, and many times what a turn costs. */
const MOST_MILLISECONDS = 8;

/** The turns of this process's event loop, shared by all that is computed in it. */
export function eventLoopPauses(): Pauses {
	let since = performance.now();
	return (isWanted) => () => {
		if (!isWanted()) return Promise.reject(new Superseded());
		if (performance.now() - since < MOST_MILLISECONDS) return undefined;
		return new Promise((resolve, reject) => {
			setImmediate(() => {
				since = performance.now();
				if (isWanted()) resolve();
				else reject(new Superseded());
			});
		});
	};
}
