import type { ContainersReport, ContextReport } from "../protocol.ts";
import { announcer } from "./announcer.ts";
import { connect } from "./connect.ts";
import type { EngineChoice, EngineLocation } from "./contexts.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Engine, ImageConfig } from "./engine.ts";
import { silent } from "./problems.ts";
import type { Session } from "./session.ts";
import type { Probe, SocketReader } from "./sockets/live.ts";
import type { Timers } from "./timers.ts";
import { type EngineWatch, watchEngine } from "./watcher.ts";

/** Everything outside that watching containers depends on. The real one is `realEngineWorld()`. */
export interface EngineWorld {
	/** The engine of a Docker context or at an endpoint's URL; null: the one that the docker command would use. Never rejects. */
	locate(name: string | null): Promise<EngineLocation>;
	/** Everything that could be shown. Never rejects. */
	choices(): Promise<readonly EngineChoice[]>;
	/** Calls back when Docker's configuration may have changed, until what is answered is called. */
	followConfiguration(onChange: () => void): () => void;
	/** Calls back when one of these Unix sockets is made anew, until what is answered is called. */
	followSockets(urls: readonly string[], onChange: () => void): () => void;
	open(endpoint: Endpoint): Engine;
	/** How to read the sockets of the containers of this engine. */
	sockets(engine: Engine, probe: Probe): SocketReader;
}

export interface ContainerWatch {
	/**
	 * What is known now; waits for the first attempt to connect to each engine, and for `refresh`, but not longer than `patience`
	 * milliseconds. Never rejects.
	 */
	report(patience?: number): Promise<ContainersReport>;
	/** Whether somebody looks: sockets are re-read only then, true at first. And whether stopped containers are wanted, at first not. */
	setVisible(visible: boolean, all: boolean): void;
	/** Which engines to show: names of Docker contexts or URLs; none: the one that the docker command would use. */
	setContexts(names: readonly string[]): void;
	/** As `report`, when everything was asked and read that was there; until then reports may say "not read yet". Never rejects. */
	complete(): Promise<ContainersReport>;
	/** What may be done to read sockets, from now on; at first all but the helper container. */
	setProbe(probe: Probe): void;
	/** Looks for the engines now and reads everything again; settles when that is done. Never rejects. */
	refresh(): Promise<void>;
	/**
	 * What could be shown, each with its state: `connecting` where there is no answer after `patience` milliseconds, or `silent` after
	 * as many as an engine is given. Never rejects.
	 */
	contexts(patience?: number): Promise<readonly ContextReport[]>;
	/** The engine of this name, to do something with its containers; undefined when it is not shown, or not connected. */
	engine(name: string): Session | undefined;
	/** The configuration of a locally present image; undefined when it is not there, or no engine is connected. */
	inspectImage(reference: string): Promise<ImageConfig | undefined>;
	/** Leaves nothing running. Nothing is called back afterwards. */
	dispose(): void;
}

/** Milliseconds between two calls of `onChange`. */
const APART = 100;
/** Milliseconds for the state of an engine that is only listed. */
const GLANCE = 5_000;

/**
 * Watches the containers of several engines at once, each by itself: one that fails disturbs no other. `onChange` is called when
 * the report differs from the one that was given last.
 */
export function watchContainers(world: EngineWorld, timers: Timers, onChange: () => void, names: readonly string[] = []): ContainerWatch {
	/** By name as it was asked for; null: the one that the docker command would use. In the order of the report. */
	let watches = new Map<string | null, EngineWatch>();
	/** Engines that are only listed, so that `dispose` ends what hangs. */
	const glances = new Set<Engine>();
	let look = { visible: true, all: false };
	let probe: Probe = "exec";
	let given = false;
	let over = false;

	const report = (): ContainersReport => {
		const all = [...watches.values()];
		return { engines: all.map((watch) => watch.report()), containers: all.flatMap((watch) => watch.containers()) };
	};
	const news = () => JSON.stringify([...watches.values()].map((watch) => watch.version()));
	const announcement = announcer(timers, APART, news, () => {
		if (!over) onChange();
	});
	const changed = () => {
		// Who has not asked yet will see it in the answer.
		if (given && !over) announcement.due();
	};

	function give(): ContainersReport {
		given = true;
		announcement.skip();
		return report();
	}

	function setContexts(wanted: readonly string[]): void {
		if (over) return;
		const keys = wanted.length === 0 ? [null] : [...new Set(wanted)];
		const before = watches;
		watches = new Map(keys.map((key) => [key, before.get(key) ?? start(key)]));
		for (const [key, watch] of before) if (!watches.has(key)) watch.dispose();
		changed();
	}

	function start(key: string | null): EngineWatch {
		const watch = watchEngine({ ...world, locate: () => world.locate(key) }, key ?? "default", timers, changed);
		watch.setVisible(look.visible, look.all);
		watch.setProbe(probe);
		return watch;
	}

	async function glance(
		{ location, description, current, onlyIfThere }: EngineChoice,
		patience: number,
	): Promise<ContextReport | undefined> {
		const shown = [...watches.values()].map((watch) => watch.report()).find(({ name }) => name === location.name);
		const { endpoint, state, message } = shown ?? (await askBriefly(location, patience));
		if (onlyIfThere && !shown && state === "absent") return undefined;
		const url = endpoint ?? (location.endpoints.length === 1 ? (location.endpoints[0]?.url ?? null) : null);
		return { name: location.name, endpoint: url, description, shown: shown !== undefined, current, state, message };
	}

	async function askBriefly(location: EngineLocation, patience: number): Promise<Pick<ContextReport, "endpoint" | "state" | "message">> {
		const opened: Engine[] = [];
		const asking = connect(location, (endpoint) => {
			const engine = world.open(endpoint);
			opened.push(engine);
			glances.add(engine);
			return engine;
		});
		let cancel = () => {};
		const tooLate = new Promise<undefined>((resolve) => {
			cancel = timers.after(Math.min(patience, GLANCE), () => resolve(undefined));
		});
		const connection = await Promise.race([asking, tooLate]);
		cancel();
		for (const engine of opened) {
			engine.dispose();
			glances.delete(engine);
		}
		if (connection) return connection.report;
		if (patience < GLANCE) return { endpoint: opened.at(-1)?.endpoint ?? null, state: "connecting", message: null };
		const { state, message } = silent(opened.at(-1)?.endpoint ?? location.name);
		return { endpoint: opened.at(-1)?.endpoint ?? null, state, message };
	}

	setContexts(names);
	const unfollow = world.followConfiguration(() => {
		for (const watch of watches.values()) void watch.relocate();
	});

	return {
		async report(patience = Number.POSITIVE_INFINITY) {
			await within(timers, patience, Promise.all([...watches.values()].map(({ attempt }) => attempt)));
			return give();
		},
		async complete() {
			await Promise.all([...watches.values()].map((watch) => watch.attempt.then(() => watch.session?.complete())));
			return give();
		},
		setProbe(next) {
			probe = next;
			for (const watch of watches.values()) watch.setProbe(next);
		},
		setVisible(visible, all) {
			look = { visible, all };
			for (const watch of watches.values()) watch.setVisible(visible, all);
		},
		setContexts,
		async refresh() {
			await Promise.all([...watches.values()].map((watch) => watch.refresh()));
		},
		async contexts(patience = GLANCE) {
			const choices = await world.choices();
			const named = await Promise.all(choices.filter(({ onlyIfThere }) => !onlyIfThere).map((choice) => glance(choice, patience)));
			// The socket that `default` stands for need not be listed twice, unless it was chosen by its own name.
			const listed = new Set(named.map((one) => one?.endpoint));
			const shown = new Set([...watches.values()].map((watch) => watch.report().name));
			const others = choices.filter(({ location, onlyIfThere }) => onlyIfThere && (shown.has(location.name) || !listed.has(location.name)));
			return [...named, ...(await Promise.all(others.map((choice) => glance(choice, patience))))].filter((one) => one !== undefined);
		},
		engine: (name) => [...watches.values()].find((watch) => watch.report().name === name)?.session,
		async inspectImage(reference) {
			for (const { session } of watches.values()) {
				const image = await session?.inspectImage(reference);
				if (image) return image;
			}
			return undefined;
		},
		dispose() {
			over = true;
			unfollow();
			for (const watch of watches.values()) watch.dispose();
			for (const engine of glances) engine.dispose();
		},
	};
}

/** Settles with `work`, or after so many milliseconds. */
async function within(timers: Timers, patience: number, work: Promise<unknown>): Promise<void> {
	if (patience === Number.POSITIVE_INFINITY) {
		await work;
		return;
	}
	if (patience <= 0) return;
	let cancel = () => {};
	const enough = new Promise<void>((resolve) => {
		cancel = timers.after(patience, resolve);
	});
	await Promise.race([work, enough]);
	cancel();
}
