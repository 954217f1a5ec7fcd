import { ensureImage, type TestImage } from "./images.ts";
import { docker, run } from "./run.ts";

/**
 * Why tests must not use a container engine here; false when they may. Fit for the `skip` option of node:test. Where
 * CI=true an engine is a must, so there this rejects instead. `PORTLIGHT_TEST_ENGINE=0` keeps the tests off an engine.
 */
export async function engineSkip(): Promise<string | false> {
	const reason = await reasonAgainst();
	if (reason !== false && process.env.CI === "true") throw new Error(`CI=true, but the engine tests cannot run: ${reason}`);
	return reason;
}

/** As `engineSkip`, for tests that need an image which cannot be made everywhere: Flask's takes Debian's packages. */
export async function imageSkip(image: TestImage): Promise<string | false> {
	const reason = await engineSkip();
	if (reason !== false) return reason;
	try {
		await ensureImage(image);
		return false;
	} catch (error) {
		if (process.env.CI === "true") throw error;
		return `the image ${image} cannot be built: ${(error as Error).message}`;
	}
}

async function reasonAgainst(): Promise<string | false> {
	if (process.env.PORTLIGHT_TEST_ENGINE === "0") return "PORTLIGHT_TEST_ENGINE=0";
	if (process.platform !== "linux") return "live sockets are read from the kernel, which needs Linux";
	const os = await run("docker", ["version", "--format", "{{.Server.Os}}"], 5_000).catch((error: Error) => error);
	if (os instanceof Error) {
		const missing = (os.cause as NodeJS.ErrnoException | undefined)?.code === "ENOENT";
		return missing ? "docker is not installed" : `no engine answers (${os.message.replace(/^docker [^:]*: /, "")})`;
	}
	const host = process.env.DOCKER_HOST ?? (await docker("context", "inspect", "--format", "{{.Endpoints.docker.Host}}"));
	return host.startsWith("unix://") ? false : `the engine at ${host} is not on this machine`;
}
