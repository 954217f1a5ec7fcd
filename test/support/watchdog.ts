import { writeSync } from "node:fs";
import { isMainThread, Worker, workerData } from "node:worker_threads";

/** Watches this thread for work that never ends. */
export interface Watchdog {
	/** Says what is worked on from now on. */
	begin(what: string): void;
	/** Nothing is worked on. */
	rest(): void;
}

const TEXT_BYTES = 4_096;

/**
 * Ends the process when one piece of work takes longer than `milliseconds`, and says on standard error which. A thread that is
 * caught in a loop cannot do that itself, and a test runner's time limit tells nothing of what it was caught with.
 */
export function startWatchdog(milliseconds: number): Watchdog {
	const shared = new SharedArrayBuffer(8 + TEXT_BYTES);
	const state = new Int32Array(shared, 0, 2);
	const text = new Uint8Array(shared, 8);
	const worker = new Worker(import.meta.filename, { workerData: { shared, milliseconds } });
	worker.unref();
	let round = 0;
	return {
		begin(what) {
			const { written } = new TextEncoder().encodeInto(what, text);
			Atomics.store(state, 1, written);
			round = (round + 1) % 1_000_000_000;
			Atomics.store(state, 0, round + 1);
		},
		rest: () => Atomics.store(state, 0, 0),
	};
}

if (!isMainThread) {
	const { shared, milliseconds } = workerData as { shared: SharedArrayBuffer; milliseconds: number };
	const state = new Int32Array(shared, 0, 2);
	const text = new Uint8Array(shared, 8);
	let seen = 0;
	let since = Date.now();
	setInterval(() => {
		const round = Atomics.load(state, 0);
		if (round !== seen || round === 0) {
			seen = round;
			since = Date.now();
		} else if (Date.now() - since > milliseconds) {
			const what = new TextDecoder().decode(text.slice(0, Atomics.load(state, 1)));
			writeSync(2, `\nhangs for more than ${milliseconds / 1000} s: ${what}\n`);
			process.kill(process.pid, "SIGKILL");
		}
	}, 250);
}
