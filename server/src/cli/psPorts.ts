import { isLoopback, isWildcard } from "../model/port.ts";
import type { ContainerReport, PortReport } from "../protocol.ts";

/** IP addresses; a container without a network of its own says whose it uses. `names` by container identifier. */
export function addressesOf({ networkMode, networks }: ContainerReport, names: ReadonlyMap<string, string>): string[] {
	const own = networks.flatMap(({ ip, ip6 }) => [ip, ip6]).filter((address) => address !== null);
	if (own.length > 0) return own;
	if (!networkMode.startsWith("container:")) return networkMode === "host" || networkMode === "none" ? [networkMode] : [];
	const other = networkMode.slice("container:".length);
	return [`container:${names.get(other) ?? other.slice(0, 12)}`];
}

export function exposedOf({ ports }: ContainerReport): string[] {
	return ranges(ports.filter((port) => port.exposed)).map(rangeText);
}

/** Host ends and the ports that they lead to, neighbours as one: 0.0.0.0:8000-8002->8000-8002/tcp. */
export function publishedOf({ ports }: ContainerReport): string[] {
	const ends = ports.flatMap(({ port, protocol, published }) => published.map((end) => ({ port, protocol, ...end })));
	const found: { hostIp: string; host: number; first: number; count: number; protocol: string }[] = [];
	for (const { port, protocol, hostIp, hostPort } of ends) {
		const range = found.find(
			(one) => one.protocol === protocol && one.hostIp === hostIp && one.first + one.count === port && one.host + one.count === hostPort,
		);
		if (range) range.count++;
		else found.push({ hostIp, host: hostPort, first: port, count: 1, protocol });
	}
	return found.map(
		({ hostIp, host, first, count, protocol }) => `${inUrl(hostIp)}:${span(host, count)}->${span(first, count)}/${protocol}`,
	);
}

/** As the column PORTS of `docker ps`: published ports with their host ends, others that are exposed without. */
export function configuredOf(container: ContainerReport): string[] {
	const { ports } = container;
	return [...publishedOf(container), ...ranges(ports.filter(({ exposed, published }) => exposed && published.length === 0)).map(rangeText)];
}

/** What could not be read is never shown as nothing. */
export function liveOf({ running, sockets, ports }: ContainerReport): string[] {
	if (!running) return [];
	if (!sockets.known) return [`unknown: ${sockets.reason}`];
	const everywhere = ports.filter((port) => port.live && port.addresses.some(isWildcard));
	const somewhere = ports.filter((port) => port.live && !port.addresses.some(isWildcard));
	const clients = ports.filter((port) => port.maybeClient);
	const open = ports.filter((port) => port.live === null && !port.maybeClient);
	const values = [
		...ranges(everywhere).map(rangeText),
		...somewhere.flatMap(({ port, protocol, addresses: on }) =>
			on.map((address) => `${inUrl(address)}:${port}/${protocol}${isLoopback(address) ? " loopback only" : ""}`),
		),
		...ranges(open).map((range) => `${rangeText(range)} unknown`),
		...ranges(clients).map((range) => `${rangeText(range)} maybe a client`),
	];
	return values.length > 0 ? values : ["none"];
}

interface Range {
	readonly first: number;
	readonly count: number;
	readonly protocol: string;
}

/** Neighbouring ports as one, sorted by number. */
function ranges(ports: readonly PortReport[]): Range[] {
	const found: { first: number; count: number; protocol: string }[] = [];
	for (const { port, protocol } of [...ports].sort((a, b) =>
		a.protocol === b.protocol ? a.port - b.port : a.protocol < b.protocol ? -1 : 1,
	)) {
		const current = found.at(-1);
		if (current && current.protocol === protocol && current.first + current.count === port) current.count++;
		else found.push({ first: port, count: 1, protocol });
	}
	return found.sort((a, b) => a.first - b.first);
}

function rangeText({ first, count, protocol }: Range): string {
	return `${span(first, count)}/${protocol}`;
}

function span(first: number, count: number): string {
	return count > 1 ? `${first}-${first + count - 1}` : String(first);
}

function inUrl(address: string): string {
	return address.includes(":") ? `[${address}]` : address;
}
