/** How often within the span a server that ended is started again before the user is told. */
export const MAX_RESTARTS = 5;
const SPAN = 3 * 60 * 1000;

/** Whether a server that ended is started again: at most five times in three minutes. */
export interface RestartPolicy {
	/** It has ended; answers whether to start it. */
	ended(): boolean;
	/** The user starts it: what was before does not count any more. */
	forget(): void;
}

/** `now` answers milliseconds. */
export function restartPolicy(now: () => number): RestartPolicy {
	let restarts: readonly number[] = [];
	return {
		ended() {
			const at = now();
			restarts = restarts.filter((one) => at - one < SPAN);
			if (restarts.length >= MAX_RESTARTS) return false;
			restarts = [...restarts, at];
			return true;
		},
		forget() {
			restarts = [];
		},
	};
}
