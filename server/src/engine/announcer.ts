import type { Timers } from "./timers.ts";

export interface Announcer {
	/** Something may have changed. */
	due(): void;
	/** What is now needs no announcement. */
	skip(): void;
}

/** Calls `notify` when `state()` differs from the last time, never twice within `apart` milliseconds. */
export function announcer(timers: Timers, apart: number, state: () => string, notify: () => void): Announcer {
	let said: string | undefined;
	let last = Number.NEGATIVE_INFINITY;
	let waiting = false;
	const speak = () => {
		waiting = false;
		const now = state();
		if (now === said) return;
		said = now;
		last = timers.now();
		notify();
	};
	return {
		due() {
			if (waiting) return;
			waiting = true;
			timers.after(Math.max(0, last + apart - timers.now()), speak);
		},
		skip() {
			said = state();
		},
	};
}
