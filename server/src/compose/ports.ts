import { type ConfigNode, type ConfigScalar, child, type Place } from "../config/node.ts";
import { t } from "../model/message.ts";
import { type Protocol, parsePort } from "../model/port.ts";
import { likelyText, outcomes, type Value } from "../model/value.ts";
import { interpolate, type Variables } from "./interpolate.ts";

/** First and last port, both within. */
export interface PortRange {
	readonly first: number;
	readonly last: number;
}

/** One entry of `ports`: what the engine forwards to the service. */
export interface ServicePort {
	/** Where the entry stands. */
	readonly place: Place;
	/** Absent when it cannot be read: then the reason is there. */
	readonly target?: PortRange;
	/** Absent: the engine chooses a free port. */
	readonly published?: PortRange;
	/** Absent: all addresses of the host. */
	readonly hostIp?: string;
	readonly protocol: Protocol;
	/** Where the digits of the container's port stand, when they are written there and do not come from a variable. */
	readonly targetPlace?: Place;
	/** The same of the host's port. */
	readonly publishedPlace?: Place;
	readonly reason?: string;
}

/** One entry of `expose`: documentation, like EXPOSE. */
export interface ServiceExpose extends PortRange {
	readonly protocol: Protocol;
	readonly place: Place;
}

/** The entries of `ports`, short and long syntax (docs.docker.com/reference/compose-file/services/#ports). */
export function readPorts(node: ConfigNode | undefined, variables: Variables): readonly ServicePort[] {
	if (node?.kind !== "list") return [];
	return node.items.flatMap((item) => {
		if (item.kind === "scalar") return item.isNull ? [] : [readShort(item, variables)];
		return item.kind === "map" ? [readLong(item, variables)] : [];
	});
}

export function readExposes(node: ConfigNode | undefined, variables: Variables): readonly ServiceExpose[] {
	if (node?.kind !== "list") return [];
	return node.items.flatMap((item) => {
		const text = item.kind === "scalar" ? likelyText(interpolate(item.text, variables, item.place)) : undefined;
		const [, ports = "", protocol = "tcp"] = /^([\d-]+)(?:\/(\w+))?$/.exec(text ?? "") ?? [];
		const range = readRange(ports);
		const known = readProtocol(protocol);
		return range && known ? [{ ...range, protocol: known, place: item.place }] : [];
	});
}

/** `[[IP:]HOST:]CONTAINER[/PROTOCOL]`, HOST and CONTAINER single ports or ranges; IPv6 addresses in brackets. */
const SHORT = /^(?:(?:(\[[^\]]*\]|[^:[\]]*):)?([\d-]*):)?([\d-]+)(?:\/(\w+))?$/;

function readShort(item: ConfigScalar, variables: Variables): ServicePort {
	const { place } = item;
	const value = interpolate(item.text, variables, place);
	const text = likelyText(value);
	if (text === undefined) return { place, protocol: "tcp", reason: openReason(value) };
	const mapping = readMapping(text);
	if (!mapping) return { place, protocol: "tcp", reason: t("{0} is not a port mapping", text) };
	const { container, host, ...entry } = mapping;
	return { place, ...entry, ...shortPlaces(item, container, host) };
}

/** A port mapping as `docker run -p` reads it. */
interface PortMapping extends Required<Pick<ServicePort, "target" | "protocol">>, Pick<ServicePort, "published" | "hostIp"> {
	/** As they are written; `host` is empty without one. */
	readonly container: string;
	readonly host: string;
}

/** Undefined for a text that is none. */
export function readMapping(text: string): PortMapping | undefined {
	const [, ip, host = "", container = "", suffix = "tcp"] = SHORT.exec(text.trim()) ?? [];
	const target = readRange(container);
	const published = readRange(host);
	const protocol = readProtocol(suffix);
	if (!target || !protocol || (host !== "" && !published)) return undefined;
	return { target, protocol, container, host, ...(published ? { published } : {}), ...(ip ? { hostIp: ip.replace(/^\[|\]$/g, "") } : {}) };
}

/** The digits as they are written, when the text holds no variable. */
function shortPlaces(item: ConfigScalar, container: string, host: string): Pick<ServicePort, "targetPlace" | "publishedPlace"> {
	const { file, start, end } = item.place;
	const written = file.text.slice(start, end);
	const at = written.indexOf(item.text);
	if (item.text.includes("$") || at < 0) return {};
	const [ports = ""] = item.text.split("/");
	const targetEnd = start + at + ports.length;
	const targetPlace = { file, start: targetEnd - container.length, end: targetEnd };
	if (host === "") return { targetPlace };
	const publishedEnd = targetPlace.start - 1;
	return { targetPlace, publishedPlace: { file, start: publishedEnd - host.length, end: publishedEnd } };
}

function readLong(item: ConfigNode, variables: Variables): ServicePort {
	const field = (name: string) => {
		const node = child(item, name);
		return node?.kind === "scalar" && !node.isNull ? { node, value: interpolate(node.text, variables, node.place) } : undefined;
	};
	const { place } = item;
	const [target, published, hostIp, named] = ["target", "published", "host_ip", "protocol"].map(field);
	const protocol = readProtocol(likelyText(named?.value) ?? "tcp");
	if (!target) return { place, protocol: protocol ?? "tcp", reason: t("target is missing") };
	const text = likelyText(target.value);
	const range = readRange(text ?? "");
	const host = readRange(likelyText(published?.value) ?? "");
	const literal = (at: typeof target | undefined) => (at && !at.node.text.includes("$") ? digitsOf(at.node) : undefined);
	const targetPlace = literal(target);
	const publishedPlace = literal(published);
	if (!range || !protocol) {
		return { place, protocol: protocol ?? "tcp", reason: text === undefined ? openReason(target.value) : t("{0} is not a port", text) };
	}
	const address = likelyText(hostIp?.value);
	return {
		place,
		target: range,
		protocol,
		...(host ? { published: host } : {}),
		...(address ? { hostIp: address } : {}),
		...(targetPlace ? { targetPlace } : {}),
		...(publishedPlace && host ? { publishedPlace } : {}),
	};
}

/** Without the quotes around it. */
function digitsOf({ place: { file, start, end }, text }: ConfigScalar): Place | undefined {
	const at = file.text.slice(start, end).indexOf(text);
	return at < 0 ? undefined : { file, start: start + at, end: start + at + text.length };
}

function readRange(text: string): PortRange | undefined {
	const [, low = "", high = low] = /^(\d+)(?:-(\d+))?$/.exec(text.trim()) ?? [];
	const first = parsePort(low);
	const last = parsePort(high);
	return first !== undefined && last !== undefined && first <= last ? { first, last } : undefined;
}

function readProtocol(text: string): Protocol | undefined {
	const lower = text.toLowerCase();
	return lower === "tcp" || lower === "udp" || lower === "sctp" ? lower : undefined;
}

function openReason(value: Value): string {
	return outcomes(value).open[0] ?? t("it may be one of several");
}
