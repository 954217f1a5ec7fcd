/**
 * The messages that Portlight adds to the Language Server Protocol, as method names and payloads. The client may
 * import this file and no other of the server; it imports nothing. `portlight ps --format json` prints
 * `ContainerReport[]`, so the same shapes are a contract in the terminal.
 */

/** Request, client to server, no parameters, answers `ContainersReport`. Starts watching the engine on first use. */
export const CONTAINERS_REQUEST = "portlight/containers";

/** Notification, server to client, no parameters: the answer to `portlight/containers` has changed. */
export const CONTAINERS_CHANGED = "portlight/containersChanged";

/** Notification, client to server: sockets are re-read only while somebody looks. */
export const CONTAINERS_VISIBLE = "portlight/containersVisible";
export interface ContainersVisibleParams {
	readonly visible: boolean;
}

/** Request, client to server, no parameters, no answer: reconnects to the engine now and reads everything again. */
export const CONTAINERS_REFRESH = "portlight/containersRefresh";

export interface ContainersReport {
	readonly engine: EngineReport;
	/** Running containers, sorted by name. Empty while the engine is not connected: nothing stale is shown as live. */
	readonly containers: readonly ContainerReport[];
}

export interface EngineReport {
	/** The Docker context, or `default`. */
	readonly name: string;
	/** As a URL: `unix:///var/run/docker.sock`. Null when none was found. */
	readonly endpoint: string | null;
	/**
	 * `absent`: no engine was found (`tried` says where) · `denied`: no permission on the socket · `refused`: a socket
	 * without an engine behind it · `silent`: no answer in time · `foreign`: something answers, but it is not Docker.
	 */
	readonly state: "connecting" | "connected" | "absent" | "denied" | "refused" | "silent" | "foreign";
	/** One sentence for people: what is, and what to do. Null when connected. */
	readonly message: string | null;
	/** Every endpoint that was tried, in order. */
	readonly tried: readonly string[];
}

export interface ContainerReport {
	/** Name of the engine's context. */
	readonly engine: string;
	/** Full identifier: 64 hexadecimal digits. */
	readonly id: string;
	/** Without the leading slash. */
	readonly name: string;
	readonly image: string;
	readonly command: string;
	/** Docker's word: running, paused, restarting, … */
	readonly state: string;
	/** Compose project, else null. */
	readonly project: string | null;
	/** bridge, host, none, container:<id>, or the name of a network. */
	readonly networkMode: string;
	readonly networks: readonly NetworkReport[];
	readonly sockets: SocketsReport;
	/** Sorted by number, then protocol. */
	readonly ports: readonly PortReport[];
}

export interface NetworkReport {
	readonly name: string;
	readonly ip: string | null;
	readonly ip6: string | null;
}

/** How the live sockets were read; `known` false comes with its reason, fit for "ports unknown: …". */
export type SocketsReport =
	| { readonly known: true; readonly via: "kernel"; readonly reason: null }
	| { readonly known: false; readonly via: null; readonly reason: string };

export interface PortReport {
	/** 1 to 65535. */
	readonly port: number;
	readonly protocol: "tcp" | "udp" | "sctp";
	/** Documented by EXPOSE in the image, or by `docker run --expose`; not merely published. */
	readonly exposed: boolean;
	readonly published: readonly { readonly hostIp: string; readonly hostPort: number }[];
	/** A process listens; null when the sockets could not be read. */
	readonly live: boolean | null;
	/** Addresses listened on; empty unless live. */
	readonly addresses: readonly string[];
	/** Name of the listening process when it is known. */
	readonly process: string | null;
	readonly verdict: PortVerdict;
}

export type PortVerdict = "ok" | "not-exposed" | "nothing-listens" | "loopback-only" | "unknown";
