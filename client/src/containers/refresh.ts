import type { ContainersReport } from "../../../server/src/protocol.ts";

/** What keeps the tree fresh talks to these; the extension passes the language client's, a test its own. */
export interface RefreshWorld {
	/** Asks the server for the report. Rejects while the server is away. */
	readonly ask: () => Promise<ContainersReport>;
	/** Tells the server whether anybody looks: it re-reads sockets only then. */
	readonly tellVisible: (visible: boolean) => Promise<void>;
	/** Undefined: the server did not answer. */
	readonly show: (report: ContainersReport | undefined) => void;
	/** Calls back once after some milliseconds; answers what to call to prevent it. */
	readonly after: (milliseconds: number, callback: () => void) => () => void;
}

export interface Refresher {
	/** The view was shown or hidden. */
	visible(visible: boolean): void;
	/** What is wanted of the server is not what it was told: stopped containers too, or no more. */
	otherWish(): void;
	/** The server says that the report changed. */
	changed(): void;
	/** A server has just started, the first one or after a crash: it knows nothing of what was said before. */
	serverStarted(): void;
	serverStopped(): void;
	dispose(): void;
}

/** A burst of engine events (`docker compose up`) asks once; one event is on the screen within a tenth of a second. */
const DEBOUNCE_MS = 80;

/** Asks for the report when somebody looks and it changed, one request at a time, the last word never lost. */
export function createRefresher(world: RefreshWorld): Refresher {
	let looking = false;
	let everLooked = false;
	let running = false;
	let asking = false;
	let askAgain = false;
	let cancel: (() => void) | undefined;

	const ask = async () => {
		if (asking) {
			askAgain = true;
			return;
		}
		asking = true;
		do {
			askAgain = false;
			const report = await world.ask().catch(() => undefined);
			if (running) world.show(report);
		} while (askAgain && running);
		asking = false;
	};
	const askSoon = () => {
		cancel ??= world.after(DEBOUNCE_MS, () => {
			cancel = undefined;
			void ask();
		});
	};
	const start = () => {
		// A server that is gone by now is told when it comes back.
		world.tellVisible(looking).catch(() => {});
		void ask();
	};

	return {
		visible(visible) {
			if (looking === visible) return;
			looking = visible;
			everLooked ||= visible;
			if (!running) return;
			if (visible) start();
			else world.tellVisible(false).catch(() => {});
		},
		otherWish() {
			if (running && everLooked) start();
		},
		changed() {
			// Hidden, too: the badge counts problems. But the engine is left alone until somebody looked once.
			if (running && everLooked) askSoon();
		},
		serverStarted() {
			running = true;
			if (everLooked) start();
		},
		serverStopped() {
			running = false;
			askAgain = false;
			world.show(undefined);
		},
		dispose() {
			running = false;
			cancel?.();
		},
	};
}
