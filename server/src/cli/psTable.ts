import { isLoopback, isWildcard } from "../model/port.ts";
import type { ContainerReport, PortReport } from "../protocol.ts";
import { type Column, formatTable } from "./table.ts";

/** The containers as `docker ps` lists them, with IP addresses and live ports. `width` in characters. */
export function psTable(containers: readonly ContainerReport[], width: number | undefined): string {
	const names = new Map(containers.map(({ id, name }) => [id, name]));
	const columns: readonly Column<ContainerReport>[] = [
		{ title: "CONTAINER ID", cell: ({ id }) => [id.slice(0, 12)], least: 12, tooLong: "cut" },
		{ title: "NAME", cell: ({ name }) => [name], least: 8, tooLong: "cut" },
		{ title: "IMAGE", cell: ({ image }) => [image], least: 7, tooLong: "cut" },
		{ title: "IP", cell: (container) => addresses(container, names), least: 11, tooLong: "wrap" },
		{ title: "EXPOSED", cell: ({ ports }) => ranges(ports.filter((port) => port.exposed)), least: 8, tooLong: "wrap" },
		{ title: "PUBLISHED", cell: ({ ports }) => ports.flatMap(published), least: 13, tooLong: "wrap" },
		{ title: "LIVE", cell: live, least: 9, tooLong: "wrap" },
	];
	return formatTable(columns, containers, width);
}

/** A container without a network of its own says whose it uses. */
function addresses({ networkMode, networks }: ContainerReport, names: ReadonlyMap<string, string>): string[] {
	const own = networks.flatMap(({ ip, ip6 }) => [ip, ip6]).filter((address) => address !== null);
	if (own.length > 0) return own;
	if (!networkMode.startsWith("container:")) return networkMode === "host" || networkMode === "none" ? [networkMode] : [];
	const other = networkMode.slice("container:".length);
	return [`container:${names.get(other) ?? other.slice(0, 12)}`];
}

function published({ port, protocol, published: hosts }: PortReport): string[] {
	return hosts.map(({ hostIp, hostPort }) => `${inUrl(hostIp)}:${hostPort}->${port}/${protocol}`);
}

/** What could not be read is never shown as nothing. */
function live({ sockets, ports }: ContainerReport): string[] {
	if (!sockets.known) return [`unknown: ${sockets.reason}`];
	const everywhere = ports.filter((port) => port.live && port.addresses.some(isWildcard));
	const somewhere = ports.filter((port) => port.live && !port.addresses.some(isWildcard));
	const open = ports.filter((port) => port.live === null);
	const values = [
		...ranges(everywhere),
		...somewhere.flatMap(({ port, protocol, addresses: on }) =>
			on.map((address) => `${inUrl(address)}:${port}/${protocol}${isLoopback(address) ? " loopback only" : ""}`),
		),
		...open.map(({ port, protocol }) => `${port}/${protocol} unknown`),
	];
	return values.length > 0 ? values : ["none"];
}

/** Neighbouring ports as one, the way `docker ps` writes them: 8000-8002/tcp. */
function ranges(ports: readonly PortReport[]): string[] {
	const found: { first: number; last: number; protocol: string }[] = [];
	for (const { port, protocol } of [...ports].sort((a, b) =>
		a.protocol === b.protocol ? a.port - b.port : a.protocol < b.protocol ? -1 : 1,
	)) {
		const current = found.at(-1);
		if (current && current.protocol === protocol && current.last + 1 === port) current.last = port;
		else found.push({ first: port, last: port, protocol });
	}
	return found
		.sort((a, b) => a.first - b.first)
		.map(({ first, last, protocol }) => `${first}${last > first ? `-${last}` : ""}/${protocol}`);
}

function inUrl(address: string): string {
	return address.includes(":") ? `[${address}]` : address;
}
