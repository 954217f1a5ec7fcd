import { setImmediate } from "node:timers/promises";
import type { Timers } from "../../../server/src/engine/timers.ts";

/** A clock that only moves when a test turns it. */
export interface HandTimers extends Timers {
	/** Moves on by so many milliseconds, firing what falls due in order, and lets everything that follows from it settle. */
	turn(milliseconds: number): Promise<void>;
	/** How many timers are waiting. */
	readonly pending: number;
}

export function handTimers(start: number): HandTimers {
	let now = start;
	const waiting = new Set<{ readonly at: number; readonly callback: () => void }>();
	return {
		now: () => now,
		date: () => now,
		after(delay, callback) {
			const timer = { at: now + Math.max(0, delay), callback };
			waiting.add(timer);
			return () => waiting.delete(timer);
		},
		get pending() {
			return waiting.size;
		},
		async turn(milliseconds) {
			const end = now + milliseconds;
			await settle();
			for (;;) {
				const [next] = [...waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
				if (!next) break;
				waiting.delete(next);
				now = Math.max(now, next.at);
				next.callback();
				await settle();
			}
			now = end;
		},
	};
}

/** Promises that are already on their way come to rest: fakes answer without real input or output. */
async function settle(): Promise<void> {
	for (let round = 0; round < 5; round++) await setImmediate();
}
