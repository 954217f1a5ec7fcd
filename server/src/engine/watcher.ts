import { t } from "../model/message.ts";
import type { ContainerReport, EngineReport } from "../protocol.ts";
import { connect, connecting } from "./connect.ts";
import type { EngineLocation } from "./contexts.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Engine, ProblemState } from "./engine.ts";
import { problemOf } from "./problems.ts";
import { openSession, type Session } from "./session.ts";
import type { Probe, SocketReader } from "./sockets/live.ts";
import { stoppable, type Timers } from "./timers.ts";

/** What watching one engine depends on. */
export interface WatchWorld {
	/** Asked again at every attempt, so that another Docker context is noticed. Never rejects. */
	locate(): Promise<EngineLocation>;
	/** Calls back when one of these Unix sockets is made anew, until what is answered is called. */
	followSockets(urls: readonly string[], onChange: () => void): () => void;
	open(endpoint: Endpoint): Engine;
	/** How to read the sockets of the containers of this engine. */
	sockets(engine: Engine, probe: Probe): SocketReader;
}

/** One engine that is shown. */
export interface EngineWatch {
	report(): EngineReport;
	containers(): readonly ContainerReport[];
	/** Another text whenever `report` or `containers` says something new: cheaper to compare. */
	version(): string;
	/** The latest attempt to connect; settles when it has ended, however it ended. */
	readonly attempt: Promise<void>;
	/** Undefined while it is not connected. */
	readonly session: Session | undefined;
	/** Sockets are re-read only while somebody looks; stopped containers are there only with `all`. */
	setVisible(visible: boolean, all: boolean): void;
	/** What may be done to read sockets, from now on; at first all but the helper container. */
	setProbe(probe: Probe): void;
	/** Looks for the engine now and reads everything again; settles when that is done. Never rejects. */
	refresh(): Promise<void>;
	/** Docker's configuration may have changed: when it says another place now, goes there. */
	relocate(): Promise<void>;
	/** Leaves nothing running. Nothing is called back afterwards. */
	dispose(): void;
}

/** Milliseconds before each further attempt; the last one repeats for ever. */
const RETRY = [250, 500, 1_000, 2_000, 5_000, 10_000, 15_000];
/** Likewise where ssh was refused: a host that is asked too often closes its door. */
const RETRY_LOGIN = [60_000, 300_000, 900_000];
/** Milliseconds that a connection must have lasted for the next loss to count as the first. */
const STEADY = 10_000;

/** Keeps a connection to the engine, and reconnects for ever. `onChange`: something in `report` or `containers` may be different. */
export function watchEngine(world: WatchWorld, name: string, systemTimers: Timers, onChange: () => void): EngineWatch {
	const timers = stoppable(systemTimers);
	let engine = connecting({ name, endpoints: [], problem: null, warning: null, isContext: false }, null);
	let session: Session | undefined;
	/** Of the latest attempt, to tell when it has changed. */
	let place = "";
	let sockets: readonly string[] = [];
	let visible = true;
	let all = false;
	let probe: Probe = "exec";
	let over = false;
	/** Counts attempts: only the latest may change anything. */
	let latest = 0;
	let failures = 0;
	let sessions = 0;
	let cancelRetry = () => {};

	/** Engines that are being tried or used, so that `dispose` ends what hangs. */
	const engines = new Set<Engine>();
	const open = (endpoint: Endpoint): Engine => {
		const opened = world.open(endpoint);
		if (over) opened.dispose();
		else engines.add(opened);
		return {
			...opened,
			dispose() {
				engines.delete(opened);
				opened.dispose();
			},
		};
	};

	async function attempt(): Promise<void> {
		cancelRetry();
		const mine = ++latest;
		const { report: outcome, session: opened } = await tryOnce(mine);
		if (over || mine !== latest) {
			opened?.dispose();
			return over ? undefined : current;
		}
		session?.dispose();
		session = opened;
		sessions++;
		session?.setVisible(visible, all);
		engine = outcome;
		if (!opened) retry();
		onChange();
	}

	async function tryOnce(mine: number): Promise<{ report: EngineReport; session?: Session }> {
		const location = await world.locate();
		if (mine === latest) {
			place = JSON.stringify(location);
			sockets = location.endpoints.map(({ url }) => url).filter((url) => url.startsWith("unix:"));
		}
		const connection = await connect(location, open);
		const candidate = connection.engine;
		if (!candidate) return connection;
		const since = timers.now();
		try {
			const opened = await openSession({
				engine: candidate,
				name: connection.report.name,
				sockets: world.sockets(candidate, probe),
				timers,
				visible,
				all,
				onChange,
				onLost: () => {
					if (mine !== latest || over) return;
					if (timers.now() - since >= STEADY) failures = 0;
					leave(t("The connection to the engine was lost. Connecting again."));
					retry();
				},
			});
			return { report: connection.report, session: opened };
		} catch (error) {
			candidate.dispose();
			const { state, message } = problemOf(candidate.endpoint, error);
			return { report: { ...connection.report, state, message } };
		}
	}

	/** Nothing stale is shown as live. */
	function leave(message: string): void {
		session?.dispose();
		session = undefined;
		engine = { ...engine, state: "connecting", message };
		onChange();
	}

	function retry(): void {
		const delays = engine.endpoint?.startsWith("ssh:") && engine.state === ("denied" satisfies ProblemState) ? RETRY_LOGIN : RETRY;
		const delay = delays[Math.min(failures++, delays.length - 1)] ?? 0;
		const cancel = timers.after(delay, () => {
			current = attempt();
		});
		const unfollow = world.followSockets(sockets, () => void refresh());
		cancelRetry = () => {
			cancel();
			unfollow();
			cancelRetry = () => {};
		};
	}

	function refresh(): Promise<void> {
		if (over) return Promise.resolve();
		failures = 0;
		current = attempt();
		return current;
	}

	let current = attempt();
	return {
		report: () => engine,
		containers: () => session?.containers() ?? [],
		version: () => `${JSON.stringify(engine)} ${sessions} ${session?.version()}`,
		get attempt() {
			return current;
		},
		get session() {
			return session;
		},
		setProbe(next) {
			probe = next;
			session?.setProbe(next);
		},
		setVisible(now, allNow) {
			visible = now;
			all = allNow;
			session?.setVisible(visible, all);
		},
		refresh,
		async relocate() {
			const location = await world.locate();
			if (over || JSON.stringify(location) === place) return;
			engine = connecting(location, null);
			leave(t("Another engine was chosen. Connecting to it."));
			await refresh();
		},
		dispose() {
			over = true;
			cancelRetry();
			timers.stop();
			session?.dispose();
			session = undefined;
			for (const one of engines) one.dispose();
		},
	};
}
