import { t } from "../model/message.ts";
import type { ContainerReport } from "../protocol.ts";
import type { Observation } from "./containers.ts";
import type { Container, Engine, EngineEvent, EngineProblem, ImageConfig } from "./engine.ts";
import { HELPER_LABEL } from "./helper/image.ts";
import { observations } from "./observations.ts";
import { inParallel } from "./parallel.ts";
import { problemOf } from "./problems.ts";
import { readingSchedule } from "./readingSchedule.ts";
import type { Live, Probe, SocketReader } from "./sockets/live.ts";
import { stoppable, type Timers } from "./timers.ts";

/** The containers of one connection to an engine, kept up to date until it is lost or disposed. */
export interface Session {
	/** Sorted by name, as far as they are known now. */
	containers(): readonly ContainerReport[];
	/** Another one whenever `containers` says something new: cheaper to compare. */
	version(): number;
	/** Settles when nothing is left to be asked or read. Never rejects. */
	complete(): Promise<void>;
	/** Sockets are re-read only while somebody looks; stopped containers are there only with `all`. */
	setVisible(visible: boolean, all: boolean): void;
	/** What may be done to read sockets, from now on. */
	setProbe(probe: Probe): void;
	/** Reads the sockets of a container, or of all with null, with the helper container; settles when that is done. Never rejects. */
	measure(id: string | null): Promise<void>;
	/** Undefined when the image is not there, or the engine does not answer. */
	inspectImage(reference: string): Promise<ImageConfig | undefined>;
	/** As the engine's own. */
	readonly inspectText: Engine["inspectText"];
	readonly act: Engine["act"];
	dispose(): void;
}

export interface SessionInputs {
	readonly engine: Engine;
	/** Of the Docker context. */
	readonly name: string;
	readonly sockets: SocketReader;
	readonly timers: Timers;
	readonly visible: boolean;
	readonly all: boolean;
	/** Something in `containers()` may be different. */
	readonly onChange: () => void;
	/** The engine is gone; called at most once, and not before `openSession` has settled. */
	readonly onLost: (problem: EngineProblem) => void;
}

/** Milliseconds between readings of all sockets, long after a start. */
const SLOWLY = 20_000;
/** How many times as long as a reading of all sockets the pause after it is at the least. */
const IDLE = 20;
/** Questions to the engine at a time. */
const AT_ONCE = 4;
/** Containers that are asked about, or read, before what came meanwhile has its turn. */
const BATCH = 32;
/** Milliseconds between two announcements while more than a batch waits. */
const LARGE_APART = 1_000;
/** Milliseconds between the answers to two storms of events. */
const APART = 100;

/**
 * Lists the containers and then finds out the rest. Settles with the list; rejects with an `EngineProblem`, and the engine is then
 * the caller's to dispose.
 */
export async function openSession(inputs: SessionInputs): Promise<Session> {
	const { engine, name, sockets, onChange, onLost } = inputs;
	const timers = stoppable(inputs.timers);
	const known = observations(name);
	const schedule = readingSchedule();
	const images = new Map<string, Promise<ImageConfig | undefined>>();
	/** Containers that the engine is to be asked about, and containers whose sockets are to be read. */
	const changed = new Set<string>();
	const unread = new Set<string>();
	let { visible, all } = inputs;
	let open = false;
	let over = false;
	let version = 0;
	let announcedAt = Number.NEGATIVE_INFINITY;
	let lost: EngineProblem | undefined;
	let waiters: { readonly until: () => boolean; readonly go: () => void }[] = [];

	const asking = batches(changed, inspectAll, APART);
	const reading = batches(unread, readAll, 0);

	const lose = (problem: EngineProblem) => {
		if (over || lost) return;
		lost = problem;
		if (open) onLost(problem);
	};

	function onEvent({ action, containerId }: EngineEvent): void {
		if (action === "start" || action === "restart") plan(containerId, 0);
		changed.add(containerId);
		if (open) asking.wake();
	}

	/**
	 * Takes what waits, some at a time and one batch after the other, so that a storm of events piles up nothing: it only makes the
	 * next batch fuller. Batches begin `apart` milliseconds apart unless more waits than fits in.
	 */
	function batches(waiting: Set<string>, work: (ids: readonly string[]) => Promise<void>, apart: number) {
		let working = false;
		let pausing = false;
		async function run(): Promise<void> {
			working = true;
			// Events that arrive together are answered together.
			await undefined;
			while (waiting.size > 0 && !over) {
				// The latest first: somebody is looking at what has just happened.
				const ids = [...waiting].slice(-BATCH);
				for (const id of ids) waiting.delete(id);
				const began = timers.now();
				await work(ids).catch((error) => lose(problemOf(engine.endpoint, error)));
				announce();
				const pause = began + apart - timers.now();
				if (ids.length < BATCH && pause > 0) {
					pausing = true;
					timers.after(pause, () => {
						pausing = false;
						wake();
					});
					break;
				}
			}
			working = false;
			settle();
		}
		function wake(): void {
			if (waiting.size > 0 && !working && !pausing && !over) void run();
		}
		return { wake, idle: () => over || (!working && waiting.size === 0) };
	}

	/** While very much is being found out, in larger portions: who is told of a change asks for everything. */
	function announce(): void {
		if (changed.size + unread.size > BATCH && timers.now() - announcedAt < LARGE_APART) return;
		if (!known.takeNews()) return;
		announcedAt = timers.now();
		version++;
		onChange();
	}

	function settle(): void {
		const free = waiters.filter(({ until }) => until());
		waiters = waiters.filter((waiter) => !free.includes(waiter));
		for (const { go } of free) go();
	}

	function when(until: () => boolean): Promise<void> {
		return new Promise((go) => {
			waiters.push({ until, go });
			settle();
		});
	}

	async function inspectAll(ids: readonly string[]): Promise<void> {
		let failed = false;
		await inParallel(ids, AT_ONCE, (id) =>
			inspect(id).catch(() => {
				failed = true;
				const before = known.get(id);
				if (before) known.set({ ...before, live: unknown(t("the engine does not describe the container")) });
			}),
		);
		// One container that the engine chokes on is no reason to give up all others.
		if (failed && !over) await engine.check();
		if (visible) read(ids);
	}

	async function inspect(id: string): Promise<void> {
		const container = await engine.inspect(id);
		if (!container || isHelper(container) || (!container.running && !all)) {
			forget(id);
			return;
		}
		const missing = known.missing(container);
		if (missing !== undefined) known.remember(missing, (await engine.inspect(missing))?.networkMode ?? GONE);
		const before = known.get(id);
		const same = before !== undefined && before.container.listed === undefined && sameProcess(before.container, container);
		if (!same && container.running && schedule.age(id, timers.now()) === Number.POSITIVE_INFINITY) plan(id, ageOf(container));
		known.set({ container, image: await imageOf(container), live: same ? before.live : unknown(t("not read yet")) });
	}

	function imageOf({ imageId }: Container): Promise<ImageConfig | undefined> {
		const image = images.get(imageId) ?? engine.inspectImage(imageId).catch(() => undefined);
		images.set(imageId, image);
		return image;
	}

	/** By the engine's clock, which may be wrong: a hint, and a start in the future is none. */
	function ageOf({ startedAt }: Container): number {
		const age = timers.date() - Date.parse(startedAt ?? "");
		return age >= 0 ? age : Number.POSITIVE_INFINITY;
	}

	function forget(id: string): void {
		known.delete(id);
		schedule.gone(id);
		unread.delete(id);
	}

	function read(ids: Iterable<string>): void {
		for (const id of ids) unread.add(id);
		reading.wake();
	}

	async function readAll(ids: readonly string[]): Promise<void> {
		const wanted = ids.flatMap((id) => known.get(id) ?? []).filter(({ container }) => container.listed === undefined);
		const answers = await sockets.read(
			wanted.map((one) => ({
				container: one.container,
				namespace: known.namespace(one),
				age: schedule.age(one.container.id, timers.now()),
			})),
		);
		for (const { container } of wanted) {
			const current = known.get(container.id);
			const live = answers.get(container.id);
			// It may have been restarted meanwhile: then its sockets were another process's.
			if (current && live && sameProcess(current.container, container)) known.set({ ...current, live });
		}
	}

	function plan(id: string, age: number): void {
		schedule.started(id, timers.now(), age);
		if (open) waitForNext();
	}

	let cancelNext = () => {};
	function waitForNext(): void {
		cancelNext();
		const delay = schedule.next(timers.now());
		if (delay === undefined) return;
		cancelNext = timers.after(delay, () => {
			const ids = schedule.due(timers.now());
			if (visible) read(ids.filter((id) => known.get(id)));
			waitForNext();
		});
	}

	function lookAroundIn(delay: number): void {
		timers.after(delay, async () => {
			const began = timers.now();
			await lookAround();
			lookAroundIn(Math.max(SLOWLY, (timers.now() - began) * IDLE));
		});
	}

	/** An engine that hangs keeps its event stream open, so it is asked now and then whether it still answers. */
	async function lookAround(): Promise<void> {
		if (!visible) return;
		read([...known.all()].map(({ container }) => container.id));
		await when(reading.idle);
		await engine.check().catch((error) => lose(problemOf(engine.endpoint, error)));
	}

	/** What is not known yet, or is known to be different, is shown as the list has it until the engine has been asked. */
	async function list(): Promise<void> {
		const listed = (await engine.list(all)).filter((container) => !isHelper(container));
		const there = new Set(listed.map(({ id }) => id));
		for (const { container } of [...known.all()]) if (!there.has(container.id)) forget(container.id);
		for (const container of listed) {
			if (!known.get(container.id)) known.set({ container, image: undefined, live: unknown(t("not read yet")) });
			changed.add(container.id);
		}
	}

	/** Stopped containers are wanted, or no longer wanted. */
	async function listAgain(): Promise<void> {
		if (all) await list().catch((error) => lose(problemOf(engine.endpoint, error)));
		else for (const { container } of [...known.all()]) if (!container.running) forget(container.id);
		announce();
		asking.wake();
	}

	try {
		// In this order, or what starts between the two is missed.
		await engine.watch(onEvent, lose);
		await list();
		if (lost) throw lost;
	} catch (error) {
		over = true;
		timers.stop();
		sockets.dispose();
		throw problemOf(engine.endpoint, error);
	}
	open = true;
	known.takeNews();
	asking.wake();
	waitForNext();
	lookAroundIn(SLOWLY);

	return {
		containers: () => known.reports(timers.date()),
		version: () => version,
		complete: () => when(() => asking.idle() && reading.idle()),
		setVisible(now, allNow) {
			const appears = now && !visible;
			visible = now;
			if (allNow !== all) {
				all = allNow;
				void listAgain();
			}
			// While nobody looked, nobody noticed if it hung.
			if (appears) void lookAround();
		},
		setProbe(probe) {
			sockets.setProbe(probe);
			if (visible) read([...known.all()].map(({ container }) => container.id));
		},
		async measure(id) {
			const ids = id === null ? [...known.all()].map(({ container }) => container.id) : [id];
			sockets.allowHelper(ids);
			read(ids);
			await when(reading.idle);
		},
		inspectImage: (reference) => engine.inspectImage(reference).catch(() => undefined),
		inspectText: engine.inspectText,
		act: engine.act,
		dispose() {
			over = true;
			timers.stop();
			settle();
			sockets.dispose();
			engine.dispose();
		},
	};
}

/** A network mode that tells nothing: that of a container which is no longer there. */
const GONE = "ns:";

function unknown(reason: string): Live {
	return { known: false, reason, remedy: null };
}

/** The helper container is Portlight's own business. */
function isHelper({ labels }: Container): boolean {
	return labels[HELPER_LABEL] !== undefined;
}

function sameProcess(a: Observation["container"], b: Container): boolean {
	return a.pid === b.pid && a.startedAt === b.startedAt;
}
