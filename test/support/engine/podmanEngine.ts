import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureImage, type TestImage } from "./images.ts";
import { docker, run } from "./run.ts";
import { waitFor } from "./wait.ts";

/** Podman's service, with storage of its own. */
export interface PodmanEngine {
	readonly url: string;
	/** The podman command line, on the same storage. */
	podman(...args: string[]): Promise<string>;
	/** Starts a container and answers its identifier. */
	start(name: string, image: TestImage, options?: readonly string[]): Promise<string>;
	remove(): Promise<void>;
}

/** Why Podman cannot be tested here; false when it can. */
export async function podmanSkip(): Promise<string | false> {
	const reason =
		process.getuid?.() !== 0
			? "Podman's service is tested as root"
			: await run("podman", ["--version"]).then(
					() => false as const,
					() => "podman is not installed",
				);
	if (reason !== false && process.env.CI === "true") throw new Error(`CI=true, but ${reason}`);
	return reason;
}

export async function startPodman(): Promise<PodmanEngine> {
	const folder = await mkdtemp(path.join(tmpdir(), "portlight-podman-"));
	const url = `unix://${path.join(folder, "podman.sock")}`;
	const place = ["root", "runroot", "tmpdir"].flatMap((name) => [`--${name}`, path.join(folder, name)]);
	// What works inside containers and without systemd too.
	const ways = ["--storage-driver", "vfs", "--cgroup-manager", "cgroupfs", "--events-backend", "file"];
	const podman = async (...args: string[]) => (await run("podman", [...place, ...ways, ...args])).trim();
	const service: ChildProcess = spawn("podman", [...place, ...ways, "system", "service", "--time", "0", url], { stdio: "ignore" });
	await waitFor("Podman's service", () => run("podman", ["--url", url, "version"]).then(() => true), 30_000);
	return {
		url,
		podman,
		async start(name, image, options = []) {
			const here = `localhost/${image}`;
			if (
				!(await podman("image", "exists", here).then(
					() => true,
					() => false,
				))
			) {
				await ensureImage(image);
				const tar = path.join(folder, "image.tar");
				await docker("save", "--output", tar, image);
				await podman("load", "--input", tar);
				await rm(tar);
			}
			// Its own limits are higher than a container may set.
			const limits = ["--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024"];
			return podman("run", "--detach", "--stop-timeout", "1", ...limits, "--name", name, ...options, here);
		},
		async remove() {
			await podman("rm", "--all", "--force", "--time", "0").catch(() => {});
			service.kill();
			await waitFor("its files to go", () => rm(folder, { recursive: true, force: true }).then(() => true));
		},
	};
}
