import type { Port } from "../model/port.ts";
import type { ContainerReport } from "../protocol.ts";
import { byName, exposedPorts, type Observation, reportContainer } from "./containers.ts";
import type { Container, Engine, EngineEvent, EngineProblem, ImageConfig } from "./engine.ts";
import { problemOf } from "./problems.ts";
import { namespaceOf, type SocketReader } from "./sockets.ts";
import { stoppable, type Timers } from "./timers.ts";

/** The containers of one connection to an engine, kept up to date until it is lost or disposed. */
export interface Session {
	/** Sorted by name, as far as they are known now. */
	containers(): readonly ContainerReport[];
	/** Sockets are re-read only while somebody looks; stopped containers are there only with `all`. */
	setVisible(visible: boolean, all: boolean): void;
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
	readonly readSockets: SocketReader;
	readonly timers: Timers;
	readonly visible: boolean;
	readonly all: boolean;
	/** Something in `containers()` may be different. */
	readonly onChange: () => void;
	/** The engine is gone; called at most once, and not before `openSession` has settled. */
	readonly onLost: (problem: EngineProblem) => void;
}

/** Milliseconds after a start: a socket that opens makes no event, and servers need a while. */
const AFTER_START = [500, 2_000, 5_000, 15_000];
/** Milliseconds between readings of all sockets later on. */
const SLOWLY = 20_000;
/** Questions to the engine at a time. */
const AT_ONCE = 4;

/** Reads everything once. Rejects with an `EngineProblem`; the engine is then the caller's to dispose. */
export async function openSession(inputs: SessionInputs): Promise<Session> {
	const { engine, name, readSockets, onChange, onLost } = inputs;
	const timers = stoppable(inputs.timers);
	const observed = new Map<string, Observation>();
	const images = new Map<string, ImageConfig | undefined>();
	const changed = new Set<string>();
	let visible = inputs.visible;
	let all = inputs.all;
	let open = false;
	let over = false;
	let working = false;
	let lost: EngineProblem | undefined;

	const lose = (problem: EngineProblem) => {
		if (over || lost) return;
		lost = problem;
		if (open) onLost(problem);
	};

	const onEvent = ({ action, containerId }: EngineEvent) => {
		changed.add(containerId);
		if (action === "start" || action === "restart") readAfterStart(containerId, timers.now());
		if (open) void work();
	};

	/** One run at a time: what happens meanwhile waits in `changed`, so that a crash loop cannot pile up questions. */
	async function work(): Promise<void> {
		if (working) return;
		working = true;
		try {
			while (changed.size > 0 && !over) {
				const ids = [...changed];
				changed.clear();
				await refresh(ids);
				onChange();
			}
		} catch (error) {
			lose(problemOf(engine.endpoint, error));
		} finally {
			working = false;
		}
	}

	async function refresh(ids: readonly string[]): Promise<void> {
		const waiting = [...ids];
		const next = async () => {
			for (let id = waiting.shift(); id !== undefined && !over; id = waiting.shift()) await inspect(id);
		};
		await Promise.all(Array.from({ length: AT_ONCE }, next));
		if (visible) await readNow(ids);
	}

	/** Stopped containers are wanted, or no longer wanted. */
	async function listAgain(): Promise<void> {
		if (!all) for (const { container } of observed.values()) if (!container.running) observed.delete(container.id);
		onChange();
		if (!all) return;
		try {
			for (const id of await engine.list(true)) if (!observed.has(id)) changed.add(id);
			await work();
		} catch (error) {
			lose(problemOf(engine.endpoint, error));
		}
	}

	async function inspect(id: string): Promise<void> {
		const container = await engine.inspect(id);
		if (!container || (!container.running && !all)) {
			observed.delete(id);
			return;
		}
		if (!images.has(container.imageId)) images.set(container.imageId, await engine.inspectImage(container.imageId));
		const before = observed.get(id);
		const { live, readAt } = before && sameProcess(before.container, container) ? before : NOT_READ;
		observed.set(id, { container, image: images.get(container.imageId), live, readAt });
	}

	async function readNow(ids: Iterable<string>): Promise<void> {
		const containers = [...ids].flatMap((id) => observed.get(id)?.container ?? []);
		const answers = await readSockets(containers);
		for (const container of containers) {
			const current = observed.get(container.id);
			const live = answers.get(container.id);
			// It may have been restarted meanwhile: then its sockets were another process's.
			if (current && live && sameProcess(current.container, container))
				observed.set(container.id, { ...current, live, readAt: timers.now() });
		}
	}

	async function readAgain(ids: Iterable<string>): Promise<void> {
		if (!visible || over) return;
		await readNow(ids);
		if (!over) onChange();
	}

	function readAfterStart(id: string, startedAt: number): void {
		for (const delay of AFTER_START) {
			const left = startedAt + delay - timers.now();
			if (left > 0) timers.after(left, () => void readAgain([id]));
		}
	}

	function readSlowly(): void {
		timers.after(SLOWLY, () => void lookAround().finally(readSlowly));
	}

	/** An engine that hangs keeps its event stream open, so it is asked now and then whether it still answers. */
	async function lookAround(): Promise<void> {
		if (!visible) return;
		await readAgain(observed.keys());
		await engine.check().catch((error) => lose(problemOf(engine.endpoint, error)));
	}

	try {
		// In this order, or what starts between the two is missed.
		await engine.watch(onEvent, lose);
		await refresh(await engine.list(all));
		while (changed.size > 0 && !lost) {
			const ids = [...changed];
			changed.clear();
			await refresh(ids);
		}
		if (lost) throw lost;
	} catch (error) {
		over = true;
		timers.stop();
		throw problemOf(engine.endpoint, error);
	}
	open = true;
	for (const { container } of observed.values()) readAfterStart(container.id, Date.parse(container.startedAt ?? "") || 0);
	readSlowly();

	return {
		containers: () =>
			withNeighbours([...observed.values()])
				.map((observation) => reportContainer(name, observation, timers.now()))
				.sort(byName),
		setVisible(now, allNow) {
			const appears = now && !visible;
			visible = now;
			if (allNow !== all) {
				all = allNow;
				void listAgain();
			}
			if (appears) void readAgain(observed.keys());
		},
		inspectImage: (reference) => engine.inspectImage(reference).catch(() => undefined),
		inspectText: engine.inspectText,
		act: engine.act,
		dispose() {
			over = true;
			timers.stop();
			engine.dispose();
		},
	};
}

const NOT_READ: Pick<Observation, "live" | "readAt"> = { live: { known: false, reason: "not read yet" }, readAt: 0 };

/** Containers in one network namespace see each other's sockets, so a port counts as exposed when one of them says so. */
function withNeighbours(observations: readonly Observation[]): readonly Observation[] {
	const exposed = new Map<string, Port[]>();
	for (const { container, image } of observations) {
		const namespace = namespaceOf(container);
		exposed.set(namespace, [...(exposed.get(namespace) ?? []), ...exposedPorts(container, image)]);
	}
	// On the host's network every container is shown its own sockets only.
	return observations.map((observation) =>
		observation.container.networkMode === "host"
			? observation
			: { ...observation, exposedBeside: exposed.get(namespaceOf(observation.container)) ?? [] },
	);
}

function sameProcess(a: Container, b: Container): boolean {
	return a.pid === b.pid && a.startedAt === b.startedAt;
}
