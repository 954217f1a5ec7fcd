import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { Agent } from "node:http";
import { Duplex } from "node:stream";
import type { SshTarget } from "./endpoint.ts";
import { sshProblem } from "./sshProblems.ts";

/** A connection costs a login; those in use at one time are the event stream and a few questions. */
const MAX_CONNECTIONS = 6;
/** Milliseconds after which a connection that nobody uses is given up. */
const IDLE = 60_000;
/** Characters of what ssh says that are kept. */
const MAX_WORDS = 4_000;

/**
 * Connects to the engine of another machine as docker does: the user's own ssh, with their keys, configuration and known
 * hosts, runs `docker system dial-stdio` there (docker/cli, cli/connhelper), which Docker has since 18.09. `command` is how ssh is
 * called, its own options included.
 */
export function sshAgent(target: SshTarget, url: string, command: readonly string[]): Agent {
	const [program = "ssh", ...options] = command;
	const agent = new Agent({ keepAlive: true, maxSockets: MAX_CONNECTIONS, maxFreeSockets: 2, timeout: IDLE });
	const dial = () => new SshStream(spawn(program, [...options, ...sshArguments(target)], { stdio: "pipe", windowsHide: true }), url);
	return Object.assign(agent, { createConnection: dial });
}

/** No shell sees these here; the one there gets words that need no quotes (`readSshUrl` sees to it). */
export function sshArguments({ host, user, port, path }: SshTarget): string[] {
	return [
		// Nobody is there to answer a question.
		...["-o", "BatchMode=yes", "-o", "ConnectTimeout=10", "-T"],
		...(user === undefined ? [] : ["-l", user]),
		...(port === undefined ? [] : ["-p", port]),
		...["--", host, "docker"],
		...(path === undefined ? [] : ["--host", `unix://${path}`]),
		...["system", "dial-stdio"],
	];
}

/** Without streams when it could not be started for want of file descriptors. */
type Ssh = ChildProcess & (ChildProcessWithoutNullStreams | { stdin?: undefined; stdout?: undefined; stderr?: undefined });

/** Standard input and output of an ssh as a socket. When ssh ends by itself, its own words are the reason. */
class SshStream extends Duplex {
	readonly #child: Ssh;
	#idle: NodeJS.Timeout | undefined;
	#patience = 0;

	constructor(child: Ssh, url: string) {
		super();
		this.#child = child;
		let words = "";
		child.on("error", (error: NodeJS.ErrnoException) => this.destroy(sshProblem(url, error.code ?? null, error.message)));
		// Where the system opens no more files there is nothing to read from; the error comes later.
		if (!child.stdin) return;
		child.stderr.setEncoding("utf8").on("data", (text: string) => {
			words = (words + text).slice(0, MAX_WORDS);
		});
		child.stdout.on("data", (chunk: Buffer) => {
			this.#touch();
			if (!this.push(chunk)) child.stdout.pause();
		});
		// What ssh says comes later than the failure to write to it, and is the better reason.
		child.stdin.on("error", () => {});
		child.on("close", (status) => {
			if (status === 0) this.push(null);
			else this.destroy(sshProblem(url, status, words));
		});
	}

	override _read(): void {
		this.#child.stdout?.resume();
	}

	override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
		this.#touch();
		if (this.#child.stdin) this.#child.stdin.write(chunk, () => done());
		else done();
	}

	override _final(done: () => void): void {
		if (this.#child.stdin) this.#child.stdin.end(() => done());
		else done();
	}

	override _destroy(error: Error | null, done: (error: Error | null) => void): void {
		clearTimeout(this.#idle);
		this.#child.kill();
		done(error);
	}

	#touch(): void {
		this.#idle?.refresh();
	}

	// What http asks of a socket.

	setTimeout(milliseconds: number): this {
		if (milliseconds === this.#patience) return this;
		this.#patience = milliseconds;
		clearTimeout(this.#idle);
		this.#idle = milliseconds > 0 ? setTimeout(() => this.emit("timeout"), milliseconds).unref() : undefined;
		return this;
	}

	setKeepAlive(): this {
		return this;
	}

	setNoDelay(): this {
		return this;
	}

	ref(): this {
		this.#child.ref();
		return this;
	}

	unref(): this {
		this.#child.unref();
		return this;
	}
}
