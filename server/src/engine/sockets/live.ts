import { t } from "../../model/message.ts";
import type { Container } from "../engine.ts";

export interface LiveSocket {
	readonly protocol: "tcp" | "udp";
	readonly address: string;
	readonly port: number;
	/** Null when it may not be known. */
	readonly process: string | null;
}

/** Where sockets were seen: in the kernel's tables, by a program inside the container, by the helper container. */
export type Via = "kernel" | "exec" | "helper";

/** What a container listens on. */
export type Live =
	| {
			readonly known: true;
			readonly via: Via;
			/** Milliseconds since 1970. */
			readonly readAt: number;
			readonly sockets: readonly LiveSocket[];
	  }
	| {
			readonly known: false;
			/** A short phrase, fit for "ports unknown: …". */
			readonly reason: string;
			/** `helper`: the helper container may find out. */
			readonly remedy: "helper" | null;
			/** By `hostKey`: whether something answers at a published port, where somebody tried. A hint, never more. */
			readonly answers?: ReadonlyMap<string, boolean>;
	  };

export function hostKey(hostIp: string, hostPort: number): string {
	return `${hostIp} ${hostPort}`;
}

/** A container whose sockets are wanted, with what only its neighbours and its past tell. */
export interface Target {
	readonly container: Container;
	/**
	 * Whose network namespace it is in: `host`, or the identifier of the container that it belongs to, which may be its own.
	 * Null when that cannot be known: the container whose network it joined is gone.
	 */
	readonly namespace: string | null;
	/** Milliseconds since its start, as far as is known; Infinity when that is long ago. */
	readonly age: number;
}

/** How much may be done to find out: nothing, read the kernel's tables, also run `cat` inside, also run the helper container. */
export type Probe = "off" | "kernel" | "exec" | "helper";

export const PROBES: readonly Probe[] = ["off", "kernel", "exec", "helper"];

/** Reads the live sockets of the containers of one engine, by whatever way works. */
export interface SocketReader {
	/**
	 * Reads them in one go. A container without an answer in the result was asked a short time ago, and what was said then still
	 * holds. Never rejects.
	 */
	read(targets: readonly Target[]): Promise<ReadonlyMap<string, Live>>;
	/** Somebody asked for the helper container by a click: it is used for these containers now and from now on. */
	allowHelper(ids: readonly string[]): void;
	setProbe(probe: Probe): void;
	/** Ends what was started. */
	dispose(): void;
}

/** One way to read sockets. */
export interface Strategy {
	/** Why it is no use for this container; undefined when it should be tried. */
	unfit(target: Target): string | undefined;
	/** As `SocketReader.read`, for containers that it is fit for; only `too early` when its time has not come. */
	read(targets: readonly Target[]): Promise<ReadonlyMap<string, Answer>>;
}

/** Sockets, a reason, or `too early`: what was answered last still holds. */
export type Answer = readonly LiveSocket[] | string | typeof TOO_EARLY;

export const TOO_EARLY = Symbol("too early");

/** Why no way can find sockets; undefined when some may. */
export function notMeasurable({ container }: Target): string | undefined {
	if (container.state === "restarting") return t("the container is restarting");
	if (!container.running || container.pid === 0) return t("the container is not running");
	return undefined;
}

/** Runtimes whose containers are ordinary processes. Others (gVisor, Kata) have a network stack or a kernel of their own. */
const PLAIN_RUNTIMES = new Set(["", "oci", "runc", "crun", "youki", "nvidia", "io.containerd.runc.v2", "io.containerd.runtime.v1.linux"]);

/** Why the tables of the machine's kernel say nothing of this container, whoever reads them. */
export function hiddenFromKernel({ container }: Target): string | undefined {
	return PLAIN_RUNTIMES.has(container.runtime) ? undefined : t("the runtime {0} hides its sockets", container.runtime);
}

/** Why sockets that are there are not known to be the container's. */
export function notItsOwn({ namespace }: Target): string | undefined {
	if (namespace === null) return t("shares the network of a container that is gone");
	return namespace === "host" ? t("shares the host's network: cannot tell its sockets apart") : undefined;
}
