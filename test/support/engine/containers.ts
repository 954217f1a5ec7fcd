import { ensureImage, TEST_LABEL, type TestImage } from "./images.ts";
import { docker } from "./run.ts";

/** Containers and networks of one test run, told from those of others by a label, and removed together. */
export interface Lab {
	/** Starts a container and answers its identifier. `options` are those of `docker run`; `command` replaces the image's. */
	start(name: string, image: TestImage | Tagged, options?: readonly string[], command?: readonly string[]): Promise<string>;
	network(name: string, ...options: string[]): Promise<string>;
	/** The name that a container or network of this run really has: names are unique within an engine. */
	full(name: string): string;
	remove(name: string): Promise<void>;
	removeAll(): Promise<void>;
}

/** An image under a name of this run's own, which goes with the containers. */
interface Tagged {
	readonly of: TestImage;
	readonly as: string;
}

/** `prefix` stands before every name. */
export function lab(prefix = `portlight-${process.pid}-`): Lab {
	const label = `portlight.test.run=${prefix}`;
	const full = (name: string) => prefix + name;
	const tags = new Set<string>();
	return {
		full,
		async start(name, image, options = [], command = []) {
			const { of, as } = typeof image === "string" ? { of: image, as: image } : image;
			await ensureImage(of);
			if (as !== of) {
				await docker("tag", of, as);
				tags.add(as);
			}
			// Busybox as the first process of a container ignores SIGTERM.
			const always = ["--detach", "--label", TEST_LABEL, "--label", label, "--stop-timeout", "1", "--name", full(name)];
			return docker("run", ...always, ...options, as, ...command);
		},
		network: (name, ...options) => docker("network", "create", "--label", TEST_LABEL, "--label", label, ...options, full(name)),
		async remove(name) {
			await docker("rm", "--force", full(name));
		},
		async removeAll() {
			const containers = lines(await docker("ps", "--all", "--quiet", "--filter", `label=${label}`));
			if (containers.length > 0) await docker("rm", "--force", ...containers);
			const networks = lines(await docker("network", "ls", "--quiet", "--filter", `label=${label}`));
			if (networks.length > 0) await docker("network", "rm", ...networks);
			if (tags.size > 0) await docker("image", "rm", ...tags);
			tags.clear();
		},
	};
}

function lines(text: string): string[] {
	return text.split("\n").filter((line) => line !== "");
}
