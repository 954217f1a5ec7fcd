import type { EngineLocation } from "../../../server/src/engine/contexts.ts";
import {
	type Container,
	type Engine,
	type EngineEvent,
	EngineProblem,
	type ExecResult,
	type ImageConfig,
} from "../../../server/src/engine/engine.ts";
import type { EngineWorld } from "../../../server/src/engine/engines.ts";
import type { Live, LiveSocket } from "../../../server/src/engine/sockets/live.ts";

/** An engine in memory, with containers and sockets that a test changes, and a record of what was asked. */
export interface FakeWorld extends EngineWorld {
	readonly containers: Map<string, Container>;
	readonly images: Map<string, ImageConfig>;
	readonly live: Map<string, Live>;
	/** `open`, `dispose`, `list`, `inspect web`, `read web`, … in order. */
	readonly asked: string[];
	/** While set, nothing answers. */
	problem: EngineProblem | undefined;
	/** Runs when the list is asked for, before it is answered. */
	beforeList: () => void;
	/** Who wants to know when the socket is made anew. */
	readonly socketFollowers: Set<() => void>;
	emit(action: string, containerId: string): void;
	/** Breaks the event stream. */
	lose(): void;
}

export function fakeWorld(...containers: readonly Container[]): FakeWorld {
	let streams: { onEvent(event: EngineEvent): void; onLost(problem: EngineProblem): void }[] = [];
	const answer = async <T>(value: () => T): Promise<T> => {
		if (world.problem) throw world.problem;
		return value();
	};
	const world: FakeWorld = {
		containers: new Map(containers.map((container) => [container.id, container])),
		images: new Map(),
		live: new Map(),
		asked: [],
		problem: undefined,
		beforeList: () => {},
		emit(action, containerId) {
			for (const stream of streams) stream.onEvent({ action, containerId });
		},
		lose() {
			const lost = streams;
			streams = [];
			for (const stream of lost) stream.onLost(new EngineProblem("refused", "the stream broke"));
		},
		locate: async () => location("default", ["unix:///fake"]),
		choices: async () => [],
		followConfiguration: () => () => {},
		followSockets(_, onChange) {
			world.socketFollowers.add(onChange);
			return () => world.socketFollowers.delete(onChange);
		},
		socketFollowers: new Set(),
		open({ url: endpoint }): Engine {
			let stream: (typeof streams)[number] | undefined;
			world.asked.push("open");
			return {
				endpoint,
				local: true,
				about: () => ({ kind: "docker", architecture: "amd64" }),
				check: () => answer(() => "docker"),
				list: (all) =>
					answer(() => {
						world.asked.push(all ? "list all" : "list");
						world.beforeList();
						return [...world.containers.values()].filter(({ running }) => running || all).map(listed);
					}),
				inspect: (id) =>
					answer(() => {
						const found = world.containers.get(id);
						world.asked.push(`inspect ${found?.name ?? "?"}`);
						return found;
					}),
				inspectText: (id) => answer(() => (world.containers.has(id) ? JSON.stringify(world.containers.get(id), null, 2) : undefined)),
				act: (id, action) =>
					answer(() => {
						const found = world.containers.get(id);
						world.asked.push(`${action} ${found?.name ?? "?"}`);
						return found ? null : "There is no such container any more.";
					}),
				inspectImage: (reference) => answer(() => world.images.get(reference)),
				exec: () => answer((): ExecResult | undefined => undefined),
				importImage: () => answer(() => {}),
				runAttached: () => Promise.reject(new EngineProblem("denied", "The fake engine runs nothing.")),
				watch: (onEvent, onLost) =>
					answer(() => {
						world.asked.push("watch");
						stream = { onEvent, onLost };
						streams.push(stream);
					}),
				dispose() {
					world.asked.push("dispose");
					streams = streams.filter((one) => one !== stream);
				},
			};
		},
		sockets: () => ({
			async read(targets) {
				for (const { container } of targets) world.asked.push(`read ${container.name}`);
				return new Map(targets.map(({ container: { id } }) => [id, world.live.get(id) ?? known()]));
			},
			allowHelper: (ids) => void world.asked.push(`helper for ${ids.map((id) => world.containers.get(id)?.name).join(" ")}`),
			setProbe: (probe) => void world.asked.push(`probe ${probe}`),
			dispose: () => {},
		}),
	};
	return world;
}

/** A place that was found without any trouble; what the test is about replaces the rest. */
export function location(name: string, urls: readonly string[], facts: Partial<EngineLocation> = {}): EngineLocation {
	return { name, endpoints: urls.map((url) => ({ url, tls: null })), problem: null, warning: null, isContext: false, ...facts };
}

/** Sockets that were read in the kernel's tables. */
export function known(...sockets: readonly LiveSocket[]): Live {
	return { known: true, via: "kernel", readAt: 0, sockets };
}

export function unknown(reason: string): Live {
	return { known: false, reason, remedy: null };
}

/** The container as the engine's list has it. */
function listed(container: Container): Container {
	return { ...container, pid: 0, startedAt: null, finishedAt: null, runtime: "", requested: [], listed: { status: "Up" } };
}
