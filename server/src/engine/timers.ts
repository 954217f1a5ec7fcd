/** The clocks that the watcher lives by; tests bring their own and turn it by hand. Milliseconds. */
export interface Timers {
	/** Since some moment. Never jumps: for what is to happen when. */
	now(): number;
	/** Since 1970, by this machine's clock, which somebody may set: for what people read. */
	date(): number;
	/** Answers how to cancel it. */
	after(delay: number, callback: () => void): () => void;
}

export const systemTimers: Timers = {
	now: () => performance.now(),
	date: () => Date.now(),
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
		date: () => timers.date(),
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
