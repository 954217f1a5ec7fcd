import type { Evidence } from "./text.ts";

export type Protocol = "tcp" | "udp" | "sctp";

/** How sure a claim is. `certain` must hold in 199 of 200 real cases, so demote rather than boast. */
export type Certainty =
	/** A literal, or an ENV set in this image. */
	| "certain"
	/** A default that a run-time variable may override: `overriddenBy` names it. */
	| "default"
	/** The framework's or the image's own default, and nothing in sight overrides it. */
	| "convention";

export interface Port {
	/** 1 to 65535. */
	readonly port: number;
	readonly protocol: Protocol;
}

/** A claim that a process of the image accepts traffic. */
export interface Listener extends Port {
	/** As the socket table shows it: `0.0.0.0`, `::`, `127.0.0.1`, … */
	readonly address: string;
	readonly certainty: Certainty;
	/** The variable or flag that changes the port at run time. */
	readonly overriddenBy?: string;
	/** From the start command to the place that decides, in that order; never empty. */
	readonly evidence: readonly Evidence[];
}

/** Why the picture is not whole. The reason is a short phrase without a full stop, fit for "ports unknown: …". */
export interface Gap {
	readonly reason: string;
	readonly evidence?: Evidence;
	/** The source was read and no listening call seen in it: what else the program is found to start explains that. */
	readonly noCall?: true;
}

/** What a stage will listen on. Only without gaps may "nothing else listens" be said. */
export interface Prediction {
	readonly listeners: readonly Listener[];
	readonly gaps: readonly Gap[];
}

/** Key that identifies a port within one container: `80/tcp`. */
export function portKey(port: Port): string {
	return `${port.port}/${port.protocol}`;
}

/** The number in `text` when it is a port that can be listened on (1 to 65535), else undefined. */
export function parsePort(text: string): number | undefined {
	const trimmed = text.trim();
	if (!/^[0-9]{1,6}$/.test(trimmed)) return undefined;
	const port = Number(trimmed);
	return port >= 1 && port <= 65535 ? port : undefined;
}

/** Whether only processes in the same network namespace can reach this address: 127.0.0.0/8, ::1, localhost. */
export function isLoopback(address: string): boolean {
	return address === "localhost" || address === "::1" || /^(::ffff:)?127\./i.test(address);
}

/** Whether this address means every interface. */
export function isWildcard(address: string): boolean {
	return address === "0.0.0.0" || address === "::";
}
