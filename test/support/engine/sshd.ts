import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { run } from "./run.ts";
import { waitFor } from "./wait.ts";

/** An ssh server on the loopback interface, with keys of its own, that lets in whoever has the one key. */
export interface Sshd {
	/** As DOCKER_HOST takes it. */
	readonly url: string;
	readonly port: number;
	/** How ssh is called to get in; with `facts`, to be kept out. */
	client(facts?: ClientFacts): Promise<readonly string[]>;
	/** Ends the server and every connection to it, as a crash does. */
	kill(): Promise<void>;
	start(): Promise<void>;
	/** Processes of ssh that were started by `client`'s command and still run. */
	clients(): Promise<number>;
	remove(): Promise<void>;
}

export interface ClientFacts {
	/** What known_hosts says of the server: its key, nothing, or another key. */
	readonly hostKey?: "right" | "unknown" | "wrong";
	readonly key?: "right" | "wrong";
}

/** Why there can be no ssh server here; false when there can. */
export function sshdSkip(): string | false {
	const reason = existsSync(SSHD) ? false : `there is no ${SSHD}: install openssh-server`;
	if (reason !== false && process.env.CI === "true") throw new Error(`CI=true, but ${reason}`);
	return reason;
}

const SSHD = "/usr/sbin/sshd";

/** `environment` is what the programs of a login see, over what they would see. */
export async function startSshd(environment: Readonly<Record<string, string>> = {}): Promise<Sshd> {
	const folder = await mkdtemp(path.join(tmpdir(), "portlight-sshd-"));
	const file = (name: string) => path.join(folder, name);
	for (const name of ["host", "otherHost", "user", "stranger"])
		await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file(name)]);
	await writeFile(file("authorized_keys"), await text(file("user.pub")));
	const port = await freePort();
	await writeFile(
		file("sshd_config"),
		[
			`Port ${port}`,
			"ListenAddress 127.0.0.1",
			`HostKey ${file("host")}`,
			`AuthorizedKeysFile ${file("authorized_keys")}`,
			"PermitRootLogin prohibit-password",
			"PasswordAuthentication no",
			"KbdInteractiveAuthentication no",
			"StrictModes no",
			"UsePAM no",
			"PidFile none",
			// One line: the first one wins.
			...(Object.keys(environment).length === 0
				? []
				: [
						`SetEnv ${Object.entries(environment)
							.map((pair) => pair.join("="))
							.join(" ")}`,
					]),
		].join("\n"),
	);
	// Compiled into sshd: an empty folder that it locks itself into.
	if (process.getuid?.() === 0) await mkdir("/run/sshd", { recursive: true });

	let server: ChildProcess | undefined;
	const sshd: Sshd = {
		url: `ssh://${userInfo().username}@127.0.0.1:${port}`,
		port,
		async client({ hostKey = "right", key = "right" } = {}) {
			const name = `${hostKey}-${key}`;
			const known = { right: "host.pub", wrong: "otherHost.pub" };
			const hosts = hostKey === "unknown" ? "" : `[127.0.0.1]:${port} ${await text(file(known[hostKey]))}`;
			await writeFile(file(`known_hosts-${name}`), hosts);
			await writeFile(
				file(`config-${name}`),
				[
					"Host *",
					`IdentityFile ${file(key === "right" ? "user" : "stranger")}`,
					"IdentitiesOnly yes",
					"IdentityAgent none",
					`UserKnownHostsFile ${file(`known_hosts-${name}`)}`,
					"GlobalKnownHostsFile none",
				].join("\n"),
			);
			return ["ssh", "-F", file(`config-${name}`)];
		},
		async start() {
			// In a process group of its own: every connection is a process, and a crash takes all of them.
			server = spawn(SSHD, ["-D", "-e", "-f", file("sshd_config")], { stdio: ["ignore", "ignore", "pipe"], detached: true });
			let log = "";
			server.stderr?.on("data", (chunk) => {
				log += chunk;
			});
			await waitFor("sshd to listen", () => {
				if (server?.exitCode !== null) throw new Error(log);
				return log.includes("Server listening");
			});
		},
		async kill() {
			const dying = server;
			if (dying?.pid === undefined || dying.exitCode !== null || dying.signalCode !== null) return;
			const ended = new Promise((resolve) => dying.once("exit", resolve));
			const sessions = (await run("pgrep", ["--parent", String(dying.pid)]).catch(() => "")).split("\n").filter((pid) => pid !== "");
			dying.kill("SIGKILL");
			await ended;
			for (const pid of sessions) kill(Number(pid));
		},
		async clients() {
			return (await run("pgrep", ["--full", `^ssh -F ${folder}/`]).catch(() => "")).split("\n").filter((pid) => pid !== "").length;
		},
		async remove() {
			await sshd.kill();
			await rm(folder, { recursive: true, force: true });
		},
	};
	await sshd.start();
	return sshd;
}

function kill(pid: number): void {
	try {
		process.kill(pid, "SIGKILL");
	} catch {
		// It went by itself.
	}
}

function text(file: string): Promise<string> {
	return run("cat", [file]);
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	if (typeof address !== "object" || address === null) throw new Error("no port");
	return address.port;
}
