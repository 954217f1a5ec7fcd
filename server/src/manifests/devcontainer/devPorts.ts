import { type PortRange, readMapping } from "../../compose/ports.ts";
import { type ConfigMap, type ConfigNode, child, type Place } from "../../config/node.ts";
import { t } from "../../model/message.ts";
import { type Protocol, parsePort } from "../../model/port.ts";
import { likelyText, outcomes, type Value } from "../../model/value.ts";

/** A port that a dev container file speaks of. */
export interface DevPort {
	/**
	 * `forwarded`: the editor connects from inside the container, so that the loopback interface counts. `published`: as
	 * `docker run -p` does. `described`: `portsAttributes` says how it is forwarded.
	 */
	readonly kind: "forwarded" | "published" | "described";
	/** Where the entry stands. */
	readonly place: Place;
	/** Another host than the container: a service of the compose file. */
	readonly host?: string;
	/** Absent when it cannot be read: then the reason is there. */
	readonly target?: PortRange;
	readonly protocol: Protocol;
	/** Where the digits of the container's port stand, when they are written there. */
	readonly targetPlace?: Place;
	readonly reason?: string;
}

/** More ports than these are no list that a person wrote. */
const MAX_PORTS = 200;

type Read = (node: ConfigNode | undefined) => Value | undefined;

/**
 * The ports of `forwardPorts` and `appPort`, and those of `portsAttributes` that are not among them: ranges and patterns there describe
 * whatever is forwarded, and claim nothing.
 */
export function readDevPorts(root: ConfigMap, read: Read): readonly DevPort[] {
	const ports = [
		...itemsOf(child(root, "forwardPorts")).map((item) => forwarded(item, read(item))),
		...itemsOf(child(root, "appPort")).map((item) => published(item, read(item))),
	].slice(0, MAX_PORTS);
	const attributes = child(root, "portsAttributes");
	if (attributes?.kind !== "map") return ports;
	for (const [name, { key, value }] of attributes.entries) {
		const spot = readSpot(name);
		if (!spot || ports.some(({ host, target }) => host === spot.host && target?.first === spot.target.first)) continue;
		ports.push({ kind: "described", place: { ...key, end: value.place.end }, protocol: "tcp", ...spot, ...digits(key, spot) });
	}
	return ports.slice(0, MAX_PORTS);
}

function itemsOf(node: ConfigNode | undefined): readonly ConfigNode[] {
	if (node?.kind === "list") return node.items;
	return node?.kind === "scalar" && !node.isNull ? [node] : [];
}

function forwarded({ place }: ConfigNode, value: Value | undefined): DevPort {
	const common = { kind: "forwarded", place, protocol: "tcp" } as const;
	const text = likelyText(value);
	const spot = readSpot(text ?? "");
	return spot ? { ...common, ...spot, ...digits(place, spot) } : { ...common, reason: reasonOf(text, value) };
}

/** A number is the same port on both sides, a text is passed on to `docker run -p` (devcontainers/cli, singleContainer.ts). */
function published({ place }: ConfigNode, value: Value | undefined): DevPort {
	const common = { kind: "published", place } as const;
	const text = likelyText(value);
	const mapping = readMapping(text ?? "");
	if (!mapping) return { ...common, protocol: "tcp", reason: reasonOf(text, value) };
	const { target, protocol } = mapping;
	return { ...common, target, protocol, ...digits(place, { target }) };
}

interface Spot {
	readonly host?: string;
	readonly target: PortRange;
}

/** `3000`, `db:5432`; `localhost` is the container itself. */
function readSpot(text: string): Spot | undefined {
	const [, host, digits = ""] = /^(?:([\w.-]+):)?(\d+)$/.exec(text.trim()) ?? [];
	const port = parsePort(digits);
	if (port === undefined) return undefined;
	const isSelf = host === undefined || host === "localhost" || host === "127.0.0.1";
	return { target: { first: port, last: port }, ...(isSelf ? {} : { host }) };
}

/** The last number of an entry is the container's, where it is one port and stands there. */
function digits({ file, start, end }: Place, { target: { first, last } }: Spot): { readonly targetPlace?: Place } {
	const written = file.text.slice(start, end);
	const at = first === last ? written.search(new RegExp(`(?<!\\d)${first}(?!\\d)(?=(?:/\\w+)?"?$)`)) : -1;
	return at < 0 ? {} : { targetPlace: { file, start: start + at, end: start + at + String(first).length } };
}

function reasonOf(text: string | undefined, value: Value | undefined): string {
	if (text !== undefined) return t("{0} is not a port", text);
	return (value && outcomes(value).open[0]) ?? t("it is not a port");
}
