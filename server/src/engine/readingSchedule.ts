/** Milliseconds after a start at which sockets are read: one that opens makes no event, and servers need a while. */
const AFTER_START = [500, 2_000, 5_000, 15_000];
/** What falls due within so many milliseconds is read in one go. */
const TOGETHER = 50;

/** When the sockets of containers that have just started are to be read. Times are those of a clock that never jumps. */
export interface ReadingSchedule {
	/** It started, so long ago. What was planned for an earlier start, as in a crash loop, is dropped. */
	started(id: string, now: number, age: number): void;
	/** Milliseconds since its start, as far as is known; Infinity when that is long ago. */
	age(id: string, now: number): number;
	gone(id: string): void;
	/** Milliseconds until something is due; undefined when nothing is planned. */
	next(now: number): number | undefined;
	/** The containers whose time has come; they are planned again for their next time. */
	due(now: number): readonly string[];
}

export function readingSchedule(): ReadingSchedule {
	const births = new Map<string, number>();
	/** When each is to be read next. */
	const plans = new Map<string, number>();
	const plan = (id: string, born: number, after: number) => {
		const delay = AFTER_START.find((time) => born + time > after);
		if (delay === undefined) plans.delete(id);
		else plans.set(id, born + delay);
	};
	return {
		started(id, now, age) {
			births.set(id, now - age);
			plan(id, now - age, now);
		},
		age: (id, now) => now - (births.get(id) ?? Number.NEGATIVE_INFINITY),
		gone(id) {
			births.delete(id);
			plans.delete(id);
		},
		next: (now) => (plans.size === 0 ? undefined : Math.max(0, Math.min(...plans.values()) - now)),
		due(now) {
			const ids = [...plans].filter(([, at]) => at <= now + TOGETHER).map(([id]) => id);
			for (const id of ids) plan(id, births.get(id) ?? now, now + TOGETHER);
			return ids;
		},
	};
}
