import type Docker from "dockerode";
import { t } from "../model/message.ts";
import { perform } from "./actions.ts";
import { execInside, importArchive, runWithInput } from "./dockerRun.ts";
import { type Endpoint, isLocal } from "./endpoint.ts";
import { type AttachedContainer, type Engine, type EngineEvent, type EngineKind, EngineProblem, type ExecResult } from "./engine.ts";
import { eventReader } from "./events.ts";
import { readContainer, readImage, readListed } from "./inspect.ts";
import { foreign, problemOf, silent } from "./problems.ts";
import { withRemedy } from "./socketGroup.ts";
import type { Transport } from "./transport.ts";

export type DockerClient = Docker;

/** Milliseconds that an engine may take for one answer before it counts as silent. A busy engine needs a second or two. */
const ANSWER_TIMEOUT = 10_000;
/** Milliseconds for the first answer, which needs no work: people wait for it. */
const CHECK_TIMEOUT = 4_000;
/** Milliseconds for an action: a container may take its whole stop timeout, which its owner chose. */
const ACTION_TIMEOUT = 120_000;
/** Likewise over ssh, which has to log in first. */
const LOGIN_TIMEOUT = 20_000;

export interface DockerEngineOptions {
	/** Milliseconds for one answer. */
	readonly timeout?: number;
	/** How ssh is called, its own options included. */
	readonly ssh?: readonly string[];
}

/**
 * An engine that speaks Docker's API: Docker itself, Podman and the like. Nothing is sent before the first question, and
 * the API's version is left to the engine, because new ones refuse old versions.
 */
export function dockerEngine(at: Endpoint, { timeout = ANSWER_TIMEOUT, ssh = ["ssh"] }: DockerEngineOptions = {}): Engine {
	const endpoint = at.url;
	const login = endpoint.startsWith("ssh:") ? LOGIN_TIMEOUT : CHECK_TIMEOUT;
	let connection: Promise<Connection> | undefined;
	let disposed = false;
	let events: NodeJS.ReadableStream | undefined;
	/** How to give up each question that waits for its answer. */
	const waiting = new Set<() => void>();
	let kind: EngineKind | null = null;
	let architecture = "";
	const attached = new Set<AttachedContainer>();

	/** One question; the timer is needed because a socket may accept a connection and never answer. */
	async function ask<T>(question: (docker: Docker) => Promise<T>, patience = timeout): Promise<T> {
		let timer: NodeJS.Timeout | undefined;
		let giveUp = () => {};
		try {
			if (disposed) throw silent(endpoint);
			connection ??= connect(at, ssh);
			const { client } = await connection;
			if (disposed) throw silent(endpoint);
			const answer = question(client);
			const tooLate = new Promise<never>((_, reject) => {
				giveUp = () => reject(silent(endpoint));
				timer = setTimeout(giveUp, patience);
				waiting.add(giveUp);
			});
			return await Promise.race([answer, tooLate]);
		} catch (error) {
			const problem = problemOf(endpoint, error);
			throw problem.state === "denied" ? await withRemedy(problem, endpoint) : problem;
		} finally {
			clearTimeout(timer);
			waiting.delete(giveUp);
		}
	}

	/** As `ask`, for things that may be gone by now. */
	async function askFor<T>(
		question: (docker: Docker) => Promise<unknown>,
		read: (answer: unknown) => T | undefined,
	): Promise<T | undefined> {
		const gone = Symbol();
		const answer = await ask((docker) =>
			question(docker).catch((error) => {
				// A container that is being removed answers 409 for a moment.
				if (error?.statusCode === 404 || error?.statusCode === 409) return gone;
				throw error;
			}),
		);
		if (answer === gone) return undefined;
		const value = read(answer);
		if (value === undefined) throw foreign(endpoint);
		return value;
	}

	return {
		endpoint,
		local: isLocal(endpoint),
		about: () => ({ kind, architecture }),
		async check() {
			const version: unknown = await ask((docker) => docker.version(), Math.min(timeout, login));
			// A web server answers as well, with a page (which arrives as a Buffer) or with JSON of its own.
			if (typeof (version as { ApiVersion?: unknown } | null)?.ApiVersion !== "string") throw foreign(endpoint);
			const { Arch } = version as { Arch?: unknown };
			architecture = typeof Arch === "string" ? Arch : "";
			kind = kindOf(version);
			return kind;
		},
		async list(all) {
			const answer: unknown = await ask((docker) => docker.listContainers({ all }));
			if (!Array.isArray(answer)) throw foreign(endpoint);
			return answer.flatMap((item) => readListed(item) ?? []);
		},
		inspect: (id) => askFor((docker) => docker.getContainer(id).inspect(), readContainer),
		inspectText: (id) =>
			askFor(
				(docker) => docker.getContainer(id).inspect(),
				(answer) =>
					typeof answer === "object" && answer !== null && !Buffer.isBuffer(answer) ? JSON.stringify(answer, null, 2) : undefined,
			),
		act: (id, action) => ask((docker) => perform(docker.getContainer(id), action), ACTION_TIMEOUT),
		async inspectImage(reference) {
			// The reference becomes part of a path, and may come from a Dockerfile that anybody wrote.
			if (!/^[\w][\w.:@/-]*$/.test(reference) || /\.\.|\/\//.test(reference)) return undefined;
			return askFor((docker) => docker.getImage(reference).inspect(), readImage);
		},
		async exec(id, argv) {
			const abort = new AbortController();
			try {
				return await askFor(
					(docker) => execInside(docker, id, argv, abort.signal),
					(result) => result as ExecResult,
				);
			} finally {
				// Nobody waits any more for what has not been answered.
				abort.abort(silent(endpoint));
			}
		},
		importImage: (reference, tar, platform, labels) => ask((docker) => importArchive(docker, reference, tar, platform, labels)),
		async runAttached(config) {
			const refusal = (error: { statusCode?: unknown; message?: unknown }) => {
				if (typeof error?.statusCode !== "number") throw error;
				throw new EngineProblem("denied", t("The engine at {0} refuses to run the container: {1}", endpoint, String(error.message)));
			};
			let container: AttachedContainer | undefined;
			// It may end before anybody has it.
			const ended = () => container && attached.delete(container);
			container = await ask((docker) => runWithInput(docker, config, ended).catch(refusal));
			if (disposed) container.close();
			else attached.add(container);
			return container;
		},
		async watch(onEvent, onLost) {
			const stream = await ask((docker) => docker.getEvents({ filters: EVENTS }));
			if (disposed) throw silent(endpoint);
			events = stream;
			follow(stream, onEvent, (error) => {
				if (disposed) return;
				onLost(error ? problemOf(endpoint, error) : new EngineProblem("refused", t("The engine at {0} closed the connection.", endpoint)));
			});
		},
		dispose() {
			disposed = true;
			for (const giveUp of waiting) giveUp();
			for (const container of attached) container.close();
			if (events && "destroy" in events) (events as NodeJS.ReadableStream & { destroy(): void }).destroy();
			connection?.then(({ agent }) => agent.destroy()).catch(() => {});
		},
	};
}

interface Connection extends Pick<Transport, "agent"> {
	readonly client: Docker;
}

/** dockerode, HTTP and TLS take longer to load than all else: who opens no engine does not wait for them. */
async function connect(at: Endpoint, ssh: readonly string[]): Promise<Connection> {
	const [{ transport }, { default: Client }] = await Promise.all([import("./transport.ts"), import("dockerode")]);
	const { agent, options } = transport(at, ssh);
	return { agent, client: newClient(Client, options) };
}

/** Told everything, dockerode still reads DOCKER_HOST and its companions, and throws when their files cannot be read. */
function newClient(Client: typeof Docker, options: Docker.DockerOptions): Docker {
	const { DOCKER_HOST } = process.env;
	delete process.env.DOCKER_HOST;
	try {
		return new Client(options);
	} finally {
		if (DOCKER_HOST !== undefined) process.env.DOCKER_HOST = DOCKER_HOST;
	}
}

/** Podman calls a component of its version "Podman Engine". */
function kindOf(version: unknown): EngineKind {
	const { Components } = version as { Components?: unknown };
	const names = Array.isArray(Components) ? Components.map((one: { Name?: unknown } | null) => one?.Name) : [];
	return names.includes("Podman Engine") ? "podman" : "docker";
}

/**
 * Only these change what Portlight shows. Filtered by the engine, because health checks make several events a second.
 * `died` and `remove` are Podman's words for `die` and `destroy`.
 */
const EVENTS = {
	type: ["container" as const, "network" as const],
	event: ["start", "restart", "die", "died", "destroy", "remove", "rename", "pause", "unpause", "update", "connect", "disconnect"],
};

/** A stream that breaks emits `aborted`, `error` and `close`, but never `end`; without a listener, `error` ends the process. */
function follow(stream: NodeJS.ReadableStream, onEvent: (event: EngineEvent) => void, onEnd: (error: unknown) => void): void {
	let ended = false;
	const end = (error?: unknown) => {
		if (ended) return;
		ended = true;
		onEnd(error);
	};
	stream.on("data", eventReader(onEvent));
	stream.on("error", end);
	stream.on("end", () => end());
	stream.on("close", () => end());
}
