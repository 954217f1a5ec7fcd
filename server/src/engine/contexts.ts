import { createHash } from "node:crypto";

/** What deciding on an engine depends on. `read` answers undefined for a file that is not there or not readable. */
export interface ContextWorld {
	readonly env: { readonly [name: string]: string | undefined };
	readonly home: string;
	/** As `process.platform`. */
	readonly platform: string;
	read(path: string): Promise<string | undefined>;
}

/** Where an engine should be. */
export interface EngineLocation {
	/** The Docker context, or `default`. */
	readonly name: string;
	/** As URLs, in the order in which to try them. Empty when `problem` says why. */
	readonly endpoints: readonly string[];
	/** One sentence for people when what was chosen cannot be used; null otherwise. */
	readonly problem: string | null;
}

/**
 * Finds the engine as the docker command line does: DOCKER_HOST, else DOCKER_CONTEXT, else `currentContext` of
 * config.json (https://docs.docker.com/engine/manage-resources/contexts/). When none of them chooses, the sockets that
 * engines are known to make are tried one after the other.
 */
export async function locateEngine(world: ContextWorld): Promise<EngineLocation> {
	const { env } = world;
	// A DOCKER_HOST overrides every context, and Docker then calls the context `default`.
	if (env.DOCKER_HOST) return usable("default", env.DOCKER_HOST, Boolean(env.DOCKER_TLS_VERIFY), "DOCKER_HOST");
	const folder = env.DOCKER_CONFIG || `${world.home}/.docker`;
	const name = env.DOCKER_CONTEXT || field(await readJson(world, `${folder}/config.json`), "currentContext");
	if (typeof name === "string" && name !== "" && name !== "default") return readContext(world, folder, name);
	return { name: "default", endpoints: knownSockets(world), problem: null };
}

async function readContext(world: ContextWorld, folder: string, name: string): Promise<EngineLocation> {
	const digest = createHash("sha256").update(name).digest("hex");
	const meta = await readJson(world, `${folder}/contexts/meta/${digest}/meta.json`);
	const endpoint = field(field(meta, "Endpoints"), "docker");
	const host = field(endpoint, "Host");
	if (typeof host !== "string" || host === "") {
		return broken(name, `The Docker context ${name} does not exist or names no engine. Choose another one with "docker context use".`);
	}
	const certificate = await world.read(`${folder}/contexts/tls/${digest}/docker/ca.pem`);
	const tls = certificate !== undefined || field(endpoint, "SkipTLSVerify") === true;
	return usable(name, host, tls, `The Docker context ${name}`);
}

/** The forms of https://docs.docker.com/reference/cli/docker/#host-option that can be connected to. */
function usable(name: string, host: string, tls: boolean, source: string): EngineLocation {
	const [, scheme = "tcp", rest = ""] = /^(?:([a-z]+):\/\/)?(.*)$/s.exec(host) ?? [];
	const isAt = `${source} says ${host}`;
	if (scheme === "unix" || scheme === "npipe") {
		if (rest === "") return broken(name, `${isAt}, which is not an address. Check it, or choose another Docker context.`);
		return { name, endpoints: [`${scheme}://${rest}`], problem: null };
	}
	if (scheme === "ssh") return broken(name, `${isAt}, and engines over SSH are not supported yet. Choose a local Docker context.`);
	if (scheme === "https" || ((scheme === "tcp" || scheme === "http") && tls)) {
		return broken(name, `${isAt}, and engines behind TLS are not supported yet. Choose a local Docker context.`);
	}
	if (scheme !== "tcp" && scheme !== "http")
		return broken(name, `${isAt}, which is not an address. Check it, or choose another Docker context.`);
	const url = URL.canParse(`http://${rest}`) ? new URL(`http://${rest}`) : undefined;
	if (!url?.hostname) return broken(name, `${isAt}, which is not an address. Check it, or choose another Docker context.`);
	return { name, endpoints: [`tcp://${url.hostname}:${url.port || (/:80(\/|$)/.test(rest) ? "80" : "2375")}`], problem: null };
}

function broken(name: string, problem: string): EngineLocation {
	return { name, endpoints: [], problem };
}

/** Docker's own default first, then what Docker Desktop, rootless Docker, Podman, Colima, OrbStack and Rancher Desktop make. */
function knownSockets({ env, home, platform }: ContextWorld): string[] {
	if (platform === "win32") {
		return ["docker_engine", "dockerDesktopLinuxEngine", "podman-machine-default"].map((pipe) => `npipe:////./pipe/${pipe}`);
	}
	const runtime = env.XDG_RUNTIME_DIR;
	return [
		"/var/run/docker.sock",
		`${home}/.docker/run/docker.sock`,
		`${home}/.docker/desktop/docker.sock`,
		...(runtime ? [`${runtime}/docker.sock`, `${runtime}/podman/podman.sock`] : []),
		"/run/podman/podman.sock",
		`${home}/.colima/default/docker.sock`,
		`${home}/.orbstack/run/docker.sock`,
		`${home}/.rd/docker.sock`,
	].map((path) => `unix://${path}`);
}

async function readJson(world: ContextWorld, path: string): Promise<unknown> {
	try {
		return JSON.parse((await world.read(path)) ?? "null");
	} catch {
		return null;
	}
}

function field(value: unknown, name: string): unknown {
	return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
