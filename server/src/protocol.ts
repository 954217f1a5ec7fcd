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
	/** Stopped containers are wanted too. */
	readonly all: boolean;
}

/** Request, client to server, no parameters, no answer: reconnects to the engine now and reads everything again. */
export const CONTAINERS_REFRESH = "portlight/containersRefresh";

/** Request, `ContextsParams`, answers `ContextReport[]`: every Docker context and every known socket that is there, with its state. */
export const CONTEXTS_REQUEST = "portlight/engineContexts";
export interface ContextsParams {
	/** Answers at once: what an engine has not said within a moment is left at `connecting`. */
	readonly soon: boolean;
}
export interface ContextReport {
	/** What `portlight.engine.contexts` takes: a Docker context, or an endpoint as a URL. */
	readonly name: string;
	/** As a URL; null when the context names none. */
	readonly endpoint: string | null;
	/** Docker's description of the context, or who makes this socket. */
	readonly description: string;
	/** Whether its containers are among those of `ContainersReport`. */
	readonly shown: boolean;
	/** The one that the docker command would use. */
	readonly current: boolean;
	readonly state: EngineReport["state"];
	readonly message: string | null;
}

/** Request, `ContainerActionParams`: does it, answers null. An error's message is a sentence for people. */
export const CONTAINER_ACTION = "portlight/containerAction";
export interface ContainerActionParams {
	/** Name of the engine, as in `ContainerReport`. */
	readonly engine: string;
	readonly id: string;
	readonly action: ContainerAction;
}
/** `remove` stops what runs, and leaves volumes alone. */
export type ContainerAction = "start" | "stop" | "restart" | "pause" | "unpause" | "remove";

/** Request, `ContainerInspectParams`, answers what the engine says of the container: JSON text, indented. */
export const CONTAINER_INSPECT = "portlight/containerInspect";
export interface ContainerInspectParams {
	readonly engine: string;
	readonly id: string;
}

/** Request, `ContainerMeasureParams`, answers null: reads live sockets now with the helper container, whatever the setting says. */
export const CONTAINER_MEASURE = "portlight/containerMeasure";
export interface ContainerMeasureParams {
	readonly engine: string;
	/** Null: every container of the engine. */
	readonly id: string | null;
}

/** Request, `ContainerDockerfileParams`, answers `ContainerDockerfileReport`: what the container's image was built from. */
export const CONTAINER_DOCKERFILE = "portlight/containerDockerfile";
export interface ContainerDockerfileParams {
	readonly engine: string;
	readonly id: string;
	/** URIs of the Dockerfiles that the editor knows. */
	readonly candidates: readonly string[];
}
export interface ContainerDockerfileReport {
	/** URIs. */
	readonly dockerfiles: readonly string[];
	/** `compose`: the project's own files say so. `start`: they start the same program in the same folder as the image does. */
	readonly by: "compose" | "start";
}

/** Request, `ExposeLiveParams`, answers LSP's `TextEdit[]`: documents ports in an open Dockerfile; none that it exposes already. */
export const EXPOSE_LIVE = "portlight/exposeLive";
export interface ExposeLiveParams {
	readonly uri: string;
	readonly ports: readonly { readonly port: number; readonly protocol: PortReport["protocol"] }[];
}

export interface ContainersReport {
	/** The engines that are shown, in the order of the setting; at least one. */
	readonly engines: readonly EngineReport[];
	/** Of all engines: by engine, then name. Of an engine that is not connected none: nothing stale is shown as live. */
	readonly containers: readonly ContainerReport[];
}

export interface EngineReport {
	/** The Docker context, `default`, or the endpoint; unique among those that are shown. */
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
	/** Null until it has answered. */
	readonly kind: "docker" | "podman" | null;
	/** It runs on this machine: addresses and host ports of its containers can be reached from here. */
	readonly local: boolean;
	/** The command line that talks to this engine, for terminals: `["docker", "--context", "x"]`, `["podman", "--url", "unix:///…"]`. */
	readonly command: readonly string[];
}

export interface ContainerReport {
	/** Name of the engine's context. */
	readonly engine: string;
	/** Full identifier: 64 hexadecimal digits. */
	readonly id: string;
	/** Without the leading slash. */
	readonly name: string;
	readonly image: string;
	/** `sha256:…` */
	readonly imageId: string;
	readonly command: string;
	/** Docker's word: running, paused, restarting, … */
	readonly state: string;
	/** As in `docker ps`: true for paused and restarting ones too. */
	readonly running: boolean;
	/** Docker's words: `Up 3 minutes (healthy)`, `Exited (1) 2 hours ago`. */
	readonly status: string;
	/** Docker's word: starting, healthy, unhealthy. Null without a health check. */
	readonly health: string | null;
	/** Null while it runs, and before it ran. */
	readonly exitCode: number | null;
	/** RFC 3339. */
	readonly createdAt: string;
	/** RFC 3339; null before the first start. */
	readonly startedAt: string | null;
	readonly labels: Readonly<Record<string, string>>;
	/** Compose project, swarm stack, or swarm service without a stack; else null. */
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
	| {
			readonly known: true;
			readonly via: "kernel" | "exec" | "helper";
			readonly reason: null;
			/** Milliseconds since 1970, by this machine's clock. */
			readonly readAt: number;
	  }
	| {
			readonly known: false;
			readonly via: null;
			readonly reason: string;
			/** `helper`: `portlight/containerMeasure` may find out. */
			readonly remedy: "helper" | null;
	  };

export interface PortReport {
	/** 1 to 65535. */
	readonly port: number;
	readonly protocol: "tcp" | "udp" | "sctp";
	/** Documented by EXPOSE in the image, or by `docker run --expose`; not merely published. */
	readonly exposed: boolean;
	readonly published: readonly PublishedReport[];
	/** A process listens; null when the sockets could not be read, or may be a client's (see `maybeClient`). */
	readonly live: boolean | null;
	/** Addresses listened on; empty unless live, or maybe a client's. */
	readonly addresses: readonly string[];
	/** Name of the listening process when it is known. */
	readonly process: string | null;
	/**
	 * A UDP socket on a port such as the kernel gives to clients, and nobody exposes or publishes it: a client's socket that has no
	 * peer yet looks just the same. Left out otherwise.
	 */
	readonly maybeClient?: true;
	readonly verdict: PortVerdict;
}

export interface PublishedReport {
	readonly hostIp: string;
	readonly hostPort: number;
	/** Whether something answers there: a hint, given only where the sockets are unknown. */
	readonly answers?: boolean;
}

export type PortVerdict = "ok" | "not-exposed" | "nothing-listens" | "loopback-only" | "unknown";
