import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { engineSkip } from "./available.ts";
import { ensureImage, type TestImage } from "./images.ts";
import { docker, run } from "./run.ts";
import { waitFor } from "./wait.ts";

/** A Docker Engine of this test's own, beside the one that others use, to be killed, stopped and hung. */
export interface SecondEngine {
	/** The path of its socket. */
	readonly socket: string;
	/** As DOCKER_HOST takes it. */
	readonly url: string;
	docker(...args: string[]): Promise<string>;
	/** Makes the image known to it. */
	take(image: TestImage): Promise<void>;
	start(): Promise<void>;
	/** Makes it the only node of a swarm. */
	becomeManager(): Promise<void>;
	/** SIGTERM and SIGKILL end it, and leave containers running if it was killed; SIGSTOP and SIGCONT hang it. */
	signal(signal: "SIGTERM" | "SIGKILL" | "SIGSTOP" | "SIGCONT"): Promise<void>;
	/** Ends it with everything that it started. */
	remove(): Promise<void>;
}

/** Why there can be no second engine here; false when there can. */
export async function secondEngineSkip(): Promise<string | false> {
	const reason = await engineSkip();
	if (reason !== false) return reason;
	const failed =
		process.getuid?.() !== 0
			? "only root can start an engine"
			: await run("unshare", ["-n", "-m", "dockerd", "--version"]).then(() => false as const, String);
	if (failed !== false && process.env.CI === "true") throw new Error(`CI=true, but ${failed}`);
	return failed;
}

/**
 * Namespaces of its own for network and mounts: in those of the first engine it would take away the first one's bridge. Its
 * containers have no network, and are processes of this machine as any others.
 */
export async function startSecondEngine(): Promise<SecondEngine> {
	const folder = await mkdtemp(path.join(tmpdir(), "portlight-dockerd-"));
	const socket = path.join(folder, "docker.sock");
	const url = `unix://${socket}`;
	const pidFile = path.join(folder, "docker.pid");
	const args = [
		...["--host", url, "--pidfile", pidFile, "--data-root", path.join(folder, "data"), "--exec-root", path.join(folder, "exec")],
		// Where a containerd of the machine is used, not its other engine's containers.
		...["--containerd-namespace", `portlight-${process.pid}`, "--containerd-plugins-namespace", `portlight-plugins-${process.pid}`],
		...["--bridge", "none", "--iptables=false", "--ip6tables=false"],
		// overlay2 cannot stand on overlayfs (0x794c7630), which is what / is inside a container.
		...((await statfs(folder)).type === 0x794c7630 ? ["--storage-driver", "vfs"] : []),
	];
	const pid = async () => Number(await readFile(pidFile, "utf8"));
	/** A killed engine leaves its containerd, which the next one would wait for in vain. */
	const endContainerd = async () => {
		const file = path.join(folder, "exec/containerd/containerd.pid");
		const number = Number(await readFile(file, "utf8").catch(() => "0"));
		if (number === 0) return;
		end(number);
		await waitFor("containerd to end", () => !isAlive(number));
		await rm(file, { force: true });
	};
	const engine: SecondEngine = {
		socket,
		url,
		docker: (...words) => docker("--host", url, ...words),
		async take(image) {
			await ensureImage(image);
			const tar = path.join(folder, "image.tar");
			await docker("save", "--output", tar, image);
			await engine.docker("load", "--input", tar);
			await rm(tar);
		},
		async start() {
			await rm(pidFile, { force: true });
			await endContainerd();
			const child = spawn("unshare", ["-n", "-m", "--propagation", "private", "dockerd", ...args], {
				stdio: ["ignore", "ignore", "pipe"],
				detached: true,
			});
			let log = "";
			child.stderr?.on("data", (chunk) => {
				log = (log + chunk).slice(-4_000);
			});
			child.unref();
			await waitFor(
				"the second engine",
				async () => {
					if (child.exitCode !== null) throw new Error(log);
					return (await engine.docker("version", "--format", "{{.Server.Version}}")) !== "";
				},
				60_000,
			);
		},
		async becomeManager() {
			// Nobody brought up the loopback interface of its network namespace, which its nodes talk over.
			await run("nsenter", ["--target", String(await pid()), "--net", "ip", "link", "set", "lo", "up"]);
			await engine.docker("swarm", "init", "--advertise-addr", "127.0.0.1");
		},
		async signal(signal) {
			const number = await pid();
			process.kill(number, signal);
			if (signal === "SIGTERM" || signal === "SIGKILL") await waitFor("the engine to end", () => !isAlive(number), 30_000);
		},
		async remove() {
			const number = await pid().catch(() => undefined);
			if (number !== undefined && isAlive(number)) {
				process.kill(number, "SIGCONT");
				const all = (await engine.docker("ps", "--all", "--quiet").catch(() => "")).split("\n").filter((id) => id !== "");
				if (all.length > 0) await engine.docker("rm", "--force", ...all).catch(() => {});
				process.kill(number, "SIGTERM");
				await waitFor("the second engine to end", () => !isAlive(number), 30_000);
			}
			await endContainerd();
			for (const shim of await pids("--full", `containerd-shim.*${folder}/`)) {
				for (const child of await pids("--parent", String(shim))) end(child);
				end(shim);
			}
			await waitFor("its files to go", () => rm(folder, { recursive: true, force: true }).then(() => true));
		},
	};
	await engine.start();
	return engine;
}

async function pids(...criteria: string[]): Promise<number[]> {
	const found = await run("pgrep", criteria).catch(() => "");
	return found.split("\n").flatMap((line) => (line === "" ? [] : [Number(line)]));
}

function end(pid: number): void {
	if (isAlive(pid)) process.kill(pid, "SIGKILL");
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
