import { isLoopback, type Port, portKey } from "../model/port.ts";
import { maskedValues, withoutSecrets } from "../model/secrets.ts";
import type { ContainerReport, PortReport, PortVerdict } from "../protocol.ts";
import type { Container, ImageConfig } from "./engine.ts";
import { hostKey, type Live, type LiveSocket } from "./sockets/live.ts";
import { FIRST_EPHEMERAL_PORT, LAST_EPHEMERAL_PORT } from "./sockets/procNet.ts";
import { statusOf } from "./status.ts";

/** Everything known of one container. `image` is undefined when the image is no longer there. */
export interface Observation {
	readonly container: Container;
	readonly image: ImageConfig | undefined;
	readonly live: Live;
	/** What the containers expose that share this one's network: their sockets are among its own. */
	readonly exposedBeside?: readonly Port[];
}

/**
 * The three facts about each port, exposed, published and live, put side by side. `engine` is the context's name, `now` is in
 * milliseconds since 1970.
 */
export function reportContainer(engine: string, observation: Observation, now: number): ContainerReport {
	const { container, live } = observation;
	return {
		engine,
		id: container.id,
		name: container.name,
		image: container.image,
		imageId: container.imageId,
		command: withoutSecrets(container.argv.join(" ")),
		state: container.state,
		running: container.running,
		status: statusOf(container, now),
		health: container.health,
		exitCode: container.running || container.startedAt === null ? null : container.exitCode,
		createdAt: container.createdAt,
		startedAt: container.startedAt,
		labels: maskedValues(container.labels),
		project: container.project,
		networkMode: container.networkMode,
		networks: container.networks,
		sockets: live.known
			? { known: true, via: live.via, reason: null, readAt: live.readAt }
			: { known: false, via: null, reason: live.reason, remedy: live.remedy },
		ports: reportPorts(observation),
	};
}

/** By name, as people look for them; names are unique within an engine. */
export function byName(a: ContainerReport, b: ContainerReport): number {
	return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function reportPorts({ container, image, live, exposedBeside = [] }: Observation): PortReport[] {
	const documentedBeside = new Set(exposedBeside.map(portKey));
	const exposed = new Map(exposedPorts(container, image).map((port) => [portKey(port), port]));
	const published = group(container.published);
	const wanted = new Set([...exposed.keys(), ...published.keys()]);
	const sockets = group(live.known ? live.sockets : []);

	const ports = new Map<string, Port>();
	for (const port of [...exposed.values(), ...container.published, ...[...sockets.values()].flat()]) ports.set(portKey(port), port);
	return [...ports]
		.sort(([, a], [, b]) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1))
		.map(([key, { port, protocol }]) => {
			const listening = sockets.get(key) ?? [];
			// SCTP endpoints are in none of the tables that are read.
			const isExposed = exposed.has(key) || (listening.length > 0 && documentedBeside.has(key));
			const maybeClient = !wanted.has(key) && listening.length > 0 && listening.every(mayBeClient);
			const isLive = live.known && protocol !== "sctp" && !maybeClient ? listening.length > 0 : null;
			return {
				port,
				protocol,
				exposed: isExposed,
				published: (published.get(key) ?? []).map(({ hostIp, hostPort }) => ({ hostIp, hostPort, ...answers(live, hostIp, hostPort) })),
				live: isLive,
				addresses: [...new Set(listening.map((socket) => socket.address))].sort(),
				process: listening.find((socket) => socket.process !== null)?.process ?? null,
				...(maybeClient ? { maybeClient } : {}),
				verdict: judge(isLive, isExposed, listening),
			};
		});
}

/**
 * EXPOSE is in the image's configuration. The container's adds `--expose`, but `--publish` too, and does not tell which:
 * what was also published counts as exposed only if the image says so.
 */
export function exposedPorts(container: Container, image: ImageConfig | undefined): readonly Port[] {
	const requested = new Set(container.requested.map(portKey));
	return [...(image?.exposed ?? []), ...container.declared.filter((port) => !requested.has(portKey(port)))];
}

function answers(live: Live, hostIp: string, hostPort: number): { answers?: boolean } {
	const heard = live.known ? undefined : live.answers?.get(hostKey(hostIp, hostPort));
	return heard === undefined ? {} : { answers: heard };
}

/** A UDP socket that never was given a port (a resolver's, a game client's) looks just like a server's. */
function mayBeClient(socket: LiveSocket): boolean {
	return socket.protocol === "udp" && socket.port >= FIRST_EPHEMERAL_PORT && socket.port <= LAST_EPHEMERAL_PORT;
}

function judge(live: boolean | null, exposed: boolean, listening: readonly LiveSocket[]): PortVerdict {
	if (live === null) return "unknown";
	if (!live) return "nothing-listens";
	if (listening.every((socket) => isLoopback(socket.address))) return "loopback-only";
	return exposed ? "ok" : "not-exposed";
}

function group<T extends Port>(ports: readonly T[]): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const port of ports) groups.set(portKey(port), [...(groups.get(portKey(port)) ?? []), port]);
	return groups;
}
