import type { Port } from "../model/port.ts";
import type { ContainerAction, EngineReport, NetworkReport } from "../protocol.ts";

/**
 * What Portlight asks of a container engine, in its own types. `docker.ts` speaks to a real one; tests bring their own.
 * Every promise rejects with an `EngineProblem` and nothing else, and every promise settles: a silent engine is a problem.
 */
export interface Engine {
	/** As a URL: `unix:///var/run/docker.sock`. */
	readonly endpoint: string;
	/** Whether its process identifiers can be this machine's: a socket in the file system, not a network address. */
	readonly local: boolean;
	/** What `check` was told. */
	about(): EngineFacts;
	/** Asks whether an engine answers, and whose it is. */
	check(): Promise<EngineKind>;
	/**
	 * The running containers: paused and restarting ones are among them, as in `docker ps`; with `all`, every one. The list tells
	 * less than `inspect` (see `Container.listed`).
	 */
	list(all: boolean): Promise<readonly Container[]>;
	/** Undefined when there is no such container any more. */
	inspect(id: string): Promise<Container | undefined>;
	/** The configuration of a locally present image, by name or identifier; undefined when it is not there. */
	inspectImage(reference: string): Promise<ImageConfig | undefined>;
	/** Everything that the engine says of the container, as indented JSON; undefined when there is no such container any more. */
	inspectText(id: string): Promise<string | undefined>;
	/** Null when it is done; else why the engine refuses, in its own words. */
	act(id: string, action: ContainerAction): Promise<string | null>;
	/** Runs a program inside a running container, in "/", to its end. Undefined when the container is gone, stopped or paused. */
	exec(id: string, argv: readonly string[]): Promise<ExecResult | undefined>;
	/** Makes an image of a root file system. `reference` is `name:tag`. */
	importImage(reference: string, tar: Buffer, platform: string, labels: Readonly<Record<string, string>>): Promise<void>;
	/**
	 * Creates, connects and starts a container; `config` is the body of `POST /containers/create`. Its standard input ends when this
	 * process closes the connection or dies.
	 */
	runAttached(config: object): Promise<AttachedContainer>;
	/**
	 * Settles once the engine has accepted the subscription. `onLost` is called at most once, when the stream ends for
	 * any reason but `dispose`.
	 */
	watch(onEvent: (event: EngineEvent) => void, onLost: (problem: EngineProblem) => void): Promise<void>;
	/** Ends the event stream and every connection. Nothing is called back afterwards. */
	dispose(): void;
}

export type EngineKind = NonNullable<EngineReport["kind"]>;

export interface EngineFacts {
	/** Null until `check` has been answered. */
	readonly kind: EngineKind | null;
	/** The processor of its machine in Docker's word: amd64, arm64, s390x, … Empty until `check` has been answered. */
	readonly architecture: string;
}

export interface ExecResult {
	/** 126 or 127 when the program could not be run. */
	readonly exitCode: number;
	/** What it wrote to its standard output. */
	readonly output: string;
}

export interface AttachedContainer {
	/** To its standard input. */
	write(text: string): void;
	/**
	 * Its standard output up to the next such byte, which is left out. Rejects with an `EngineProblem`, and closes, when the
	 * container ends before or `patience` milliseconds pass.
	 */
	readUntil(byte: number, patience: number): Promise<string>;
	close(): void;
}

export interface EngineEvent {
	/** Docker's word: start, die, destroy, pause, rename, connect, … */
	readonly action: string;
	readonly containerId: string;
}

/** A container as `GET /containers/{id}/json` describes it, without what Portlight does not use. */
export interface Container {
	/** 64 hexadecimal digits. */
	readonly id: string;
	/** Without the leading slash. */
	readonly name: string;
	/** As it was written when the container was created. */
	readonly image: string;
	/** `sha256:…`: the name may have moved to another image since. */
	readonly imageId: string;
	/** Entrypoint and command together: what was started. */
	readonly argv: readonly string[];
	/** Docker's word: running, paused, restarting, … */
	readonly state: string;
	/** As in `docker ps`: true for paused and restarting ones too. */
	readonly running: boolean;
	/** Of the first process, on the engine's machine; 0 while there is none, which a restarting container may have. */
	readonly pid: number;
	/** RFC 3339, by the engine's clock. */
	readonly createdAt: string;
	/** Likewise; null before the first start. */
	readonly startedAt: string | null;
	/** Likewise; null before the first end. */
	readonly finishedAt: string | null;
	/** Of the last run; senseless while it runs. */
	readonly exitCode: number;
	/** Docker's word: starting, healthy, unhealthy; null without a health check. */
	readonly health: string | null;
	readonly labels: Readonly<Record<string, string>>;
	readonly project: string | null;
	readonly networkMode: string;
	readonly runtime: string;
	readonly networks: readonly NetworkReport[];
	/** `Config.ExposedPorts`: EXPOSE, `--expose` and, without a way to tell them apart, `--publish`. */
	readonly declared: readonly Port[];
	/** The container's side of `HostConfig.PortBindings`: what `--publish` asked for. */
	readonly requested: readonly Port[];
	/** `NetworkSettings.Ports`: the host ports that the engine really bound. They change on a restart. */
	readonly published: readonly PublishedPort[];
	/**
	 * Only from the list, which knows neither process nor runtime, start nor end, nor what `--publish` asked for; and the command
	 * comes as one word. `status` is what `docker ps` writes.
	 */
	readonly listed?: { readonly status: string };
}

export interface PublishedPort extends Port {
	readonly hostIp: string;
	readonly hostPort: number;
}

export interface ImageConfig {
	/** `sha256:…` */
	readonly id: string;
	readonly exposed: readonly Port[];
	/** `NAME=value` */
	readonly env: readonly string[];
	readonly entrypoint: readonly string[];
	readonly cmd: readonly string[];
	readonly workingDir: string;
	readonly user: string;
	/** Digests of the file systems that it is made of, from the lowest on; empty when the engine does not say. */
	readonly layers: readonly string[];
}

export type ProblemState = Exclude<EngineReport["state"], "connecting" | "connected">;

/** Why an engine does not serve. The message is for people: what is, and what to do. */
export class EngineProblem extends Error {
	readonly state: ProblemState;

	constructor(state: ProblemState, message: string) {
		super(message);
		this.state = state;
	}
}
