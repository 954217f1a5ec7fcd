import type { ContainersReport, EngineReport } from "../protocol.ts";
import { announcer } from "./announcer.ts";
import { connect } from "./connect.ts";
import type { EngineLocation } from "./contexts.ts";
import type { Engine, ImageConfig } from "./engine.ts";
import { problemOf } from "./problems.ts";
import { openSession, type Session } from "./session.ts";
import type { SocketReader } from "./sockets.ts";
import { stoppable, type Timers } from "./timers.ts";

/** Everything outside that watching containers depends on. The real one is `realEngineWorld()`. */
export interface EngineWorld {
	/** Asked again at every attempt, so that another Docker context is noticed. Never rejects. */
	locate(): Promise<EngineLocation>;
	open(endpoint: string): Engine;
	/** How to read the sockets of the containers of this engine. */
	sockets(engine: Engine): SocketReader;
}

export interface ContainerWatch {
	/** What is known now; waits for the first attempt to connect, and for `refresh`. Never rejects. */
	report(): Promise<ContainersReport>;
	/** Whether somebody looks: sockets are re-read only then, true at first. And whether stopped containers are wanted, at first not. */
	setVisible(visible: boolean, all: boolean): void;
	/** Looks for the engine now and reads everything again; settles when that is done. Never rejects. */
	refresh(): Promise<void>;
	/** The configuration of a locally present image; undefined when it is not there, or no engine is connected. */
	inspectImage(reference: string): Promise<ImageConfig | undefined>;
	/** The engine of that name, to do something with its containers; undefined while it is not connected. */
	engine(name: string): Pick<Engine, "act" | "inspectText"> | undefined;
	/** Leaves nothing running. Nothing is called back afterwards. */
	dispose(): void;
}

/** Milliseconds before each further attempt; the last one repeats for ever. */
const RETRY = [250, 500, 1_000, 2_000, 5_000, 10_000, 15_000];
/** Milliseconds that a connection must have lasted for the next loss to count as the first. */
const STEADY = 10_000;
/** Milliseconds between two calls of `onChange`. */
const APART = 100;

/**
 * Watches the running containers of the engine that Docker's configuration points to, and reconnects for ever.
 * `onChange` is called when the report differs from the one before.
 */
export function watchContainers(world: EngineWorld, systemTimers: Timers, onChange: () => void): ContainerWatch {
	const timers = stoppable(systemTimers);
	let engine: EngineReport = {
		name: "default",
		endpoint: null,
		state: "connecting",
		message: null,
		tried: [],
		kind: null,
		local: true,
		command: ["docker"],
	};
	let session: Session | undefined;
	let visible = true;
	let all = false;
	let over = false;
	/** Counts attempts: only the latest may change anything. */
	let latest = 0;
	let failures = 0;
	let asked = false;
	let cancelRetry = () => {};

	const report = (): ContainersReport => ({ engines: [engine], containers: session?.containers() ?? [] });
	// That sockets were read again and are the same is no news.
	const news = () => JSON.stringify(report(), (name, value) => (name === "readAt" ? undefined : value));
	const announcement = announcer(timers, APART, news, onChange);
	/** Engines that are being tried or used, so that `dispose` ends what hangs. */
	const engines = new Set<Engine>();
	const open = (endpoint: string): Engine => {
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
		session?.setVisible(visible, all);
		engine = outcome;
		if (!opened) retry();
		// Whoever waited for the first outcome has it from `report`.
		if (asked) announcement.due();
		else announcement.skip();
		asked = true;
	}

	async function tryOnce(mine: number): Promise<{ report: EngineReport; session?: Session }> {
		const connection = await connect(await world.locate(), open);
		const candidate = connection.engine;
		if (!candidate) return connection;
		const since = timers.now();
		try {
			const opened = await openSession({
				engine: candidate,
				name: connection.report.name,
				readSockets: world.sockets(candidate),
				timers,
				visible,
				all,
				onChange: announcement.due,
				onLost: () => {
					if (mine !== latest || over) return;
					if (timers.now() - since >= STEADY) failures = 0;
					session?.dispose();
					session = undefined;
					engine = { ...engine, state: "connecting", message: "The connection to the engine was lost. Connecting again." };
					retry();
					announcement.due();
				},
			});
			return { report: connection.report, session: opened };
		} catch (error) {
			candidate.dispose();
			const { state, message } = problemOf(candidate.endpoint, error);
			return { report: { ...connection.report, state, message } };
		}
	}

	function retry(): void {
		const delay = RETRY[Math.min(failures++, RETRY.length - 1)] ?? 0;
		cancelRetry = timers.after(delay, () => void attempt());
	}

	let current = attempt();
	return {
		report: () => current.then(report),
		engine: (name) => (name === engine.name ? session : undefined),
		inspectImage: (reference) => session?.inspectImage(reference) ?? Promise.resolve(undefined),
		setVisible(now, allNow) {
			visible = now;
			all = allNow;
			session?.setVisible(visible, all);
		},
		refresh() {
			if (over) return Promise.resolve();
			failures = 0;
			current = attempt();
			return current;
		},
		dispose() {
			over = true;
			timers.stop();
			session?.dispose();
			session = undefined;
			for (const one of engines) one.dispose();
		},
	};
}
