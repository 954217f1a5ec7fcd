/** The clock that the watcher lives by; tests bring one that they turn by hand. Milliseconds. */
export interface Timers {
	/** Since 1970. */
	now(): number;
	/** Answers how to cancel it. */
	after(delay: number, callback: () => void): () => void;
}

export const systemTimers: Timers = {
	now: () => Date.now(),
	after(delay, callback) {
		const timer = setTimeout(callback, delay);
		return () => clearTimeout(timer);
	},
};

/** Timers that can be stopped all at once; afterwards new ones never fire. */
export function stoppable(timers: Timers): Timers & { stop(): void } {
	const pending = new Set<() => void>();
	let stopped = false;
	return {
		now: () => timers.now(),
		after(delay, callback) {
			if (stopped) return () => {};
			const cancelTimer = timers.after(delay, () => {
				pending.delete(cancel);
				callback();
			});
			const cancel = () => {
				pending.delete(cancel);
				cancelTimer();
			};
			pending.add(cancel);
			return cancel;
		},
		stop() {
			stopped = true;
			for (const cancel of [...pending]) cancel();
		},
	};
}
