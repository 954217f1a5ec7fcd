import { createHash } from "node:crypto";
import { t } from "../model/message.ts";
import { withoutSecrets } from "../model/secrets.ts";
import { type Endpoint, endpointUrl, type Tls } from "./endpoint.ts";
import { knownSockets, type SocketPlaces } from "./knownSockets.ts";

/** What deciding on an engine depends on. */
export interface ContextWorld extends SocketPlaces {
	/** Undefined for a file that is not there; rejects when it is there and cannot be read. */
	read(path: string): Promise<string | undefined>;
	/** Names in a folder; none when it is not there. */
	list(path: string): Promise<readonly string[]>;
}

/** Where an engine should be. */
export interface EngineLocation {
	/** The Docker context, `default`, or the endpoint's URL when that is what was chosen. */
	readonly name: string;
	/** In the order in which to try them. Empty when `problem` says why. */
	readonly endpoints: readonly Endpoint[];
	/** One sentence for people when what was chosen cannot be used; null otherwise. */
	readonly problem: string | null;
	/** One sentence about what went wrong on the way to this choice; null otherwise. */
	readonly warning: string | null;
	/** A Docker context, by which the docker command line knows it too. */
	readonly isContext: boolean;
}

/** A Docker context, or a known socket, that may be chosen. */
export interface EngineChoice {
	readonly location: EngineLocation;
	readonly description: string;
	/** What the docker command would use. */
	readonly current: boolean;
	/** Nobody asked for it by name: it is only worth a mention when something is there. */
	readonly onlyIfThere: boolean;
}

/**
 * Finds the engine as the docker command line does: DOCKER_HOST, else DOCKER_CONTEXT, else `currentContext` of
 * config.json (https://docs.docker.com/engine/manage-resources/contexts/). When none of them chooses, the sockets that
 * engines are known to make are tried one after the other. Never rejects.
 */
export async function locateEngine(world: ContextWorld): Promise<EngineLocation> {
	const { name, warning } = await currentContext(world);
	return { ...(await locateNamed(world, name)), warning };
}

/** The engine of a Docker context, of `default`, or at an endpoint that is written as a URL. Never rejects. */
export async function locateNamed(world: ContextWorld, name: string): Promise<EngineLocation> {
	if (name.includes("://")) return atHost(world, name, name, name);
	if (name !== "default") return readContext(world, name);
	if (world.env.DOCKER_HOST) return atHost(world, name, world.env.DOCKER_HOST, t("DOCKER_HOST says {0}", world.env.DOCKER_HOST));
	const endpoints = knownSockets(world).map(({ url }) => ({ url, tls: null }));
	return { name, endpoints, problem: null, warning: null, isContext: false };
}

/** Everything that may be chosen: `default`, every Docker context, and the known sockets. Never rejects. */
export async function listEngines(world: ContextWorld): Promise<readonly EngineChoice[]> {
	const folder = `${configFolder(world)}/contexts/meta`;
	const metas = await Promise.all((await world.list(folder)).map((digest) => readJson(world, `${folder}/${digest}/meta.json`)));
	const contexts = metas.flatMap(({ value }) => {
		const name = field(value, "Name");
		const description = field(field(value, "Metadata"), "Description");
		return typeof name === "string" && name !== "" ? [{ name, description: typeof description === "string" ? description : "" }] : [];
	});
	const current = (await currentContext(world)).name;
	const named = [
		{ name: "default", description: world.env.DOCKER_HOST ? "DOCKER_HOST" : t("The first known socket that answers") },
		...contexts.filter(({ name }) => name !== "default").sort((a, b) => (a.name < b.name ? -1 : 1)),
	];
	const choices = await Promise.all(
		named.map(async ({ name, description }) => ({
			location: await locateNamed(world, name),
			description,
			current: name === current,
			onlyIfThere: false,
		})),
	);
	const taken = new Set(choices.filter(({ location }) => location.isContext).flatMap(({ location }) => location.endpoints.map(urlOf)));
	const sockets = knownSockets(world)
		.filter(({ url }) => !taken.has(url))
		.map(async ({ url, maker }) => ({ location: await locateNamed(world, url), description: maker, current: false, onlyIfThere: true }));
	return [...choices, ...(await Promise.all(sockets))];
}

/** Where the docker command line keeps what it remembers. */
export function configFolder({ env, home }: Pick<ContextWorld, "env" | "home">): string {
	return env.DOCKER_CONFIG || `${home}/.docker`;
}

async function currentContext(world: ContextWorld): Promise<{ name: string; warning: string | null }> {
	const { env } = world;
	// A DOCKER_HOST overrides every context, and Docker then calls the context `default`.
	if (env.DOCKER_HOST) return { name: "default", warning: null };
	if (env.DOCKER_CONTEXT) return { name: env.DOCKER_CONTEXT, warning: null };
	const path = `${configFolder(world)}/config.json`;
	const { value, problem } = await readJson(world, path);
	const name = field(value, "currentContext");
	return {
		name: typeof name === "string" && name !== "" ? name : "default",
		warning: problem === null ? null : t("{0} {1}, so the Docker context that it chooses is not used. Correct it.", path, problem),
	};
}

async function readContext(world: ContextWorld, name: string): Promise<EngineLocation> {
	const digest = createHash("sha256").update(name).digest("hex");
	const folder = `${configFolder(world)}/contexts`;
	const { value, problem } = await readJson(world, `${folder}/meta/${digest}/meta.json`);
	if (problem !== null)
		return broken(name, t("The description of the Docker context {0} {1}. Create the context anew.", name, problem), true);
	const endpoint = field(field(value, "Endpoints"), "docker");
	const host = field(endpoint, "Host");
	if (typeof host !== "string" || host === "") {
		const what = t('The Docker context {0} does not exist or names no engine. Choose another one with "docker context use".', name);
		return broken(name, what, true);
	}
	const verify = field(endpoint, "SkipTLSVerify") !== true;
	const source = t("The Docker context {0} says {1}", name, host);
	return usable(name, host, source, true, async () => {
		const tls = await readTls(world, `${folder}/tls/${digest}/docker`, verify);
		return typeof tls === "string" || !verify || Object.keys(tls.files).length > 0 ? tls : null;
	});
}

/** As `docker --host` does, with DOCKER_TLS_VERIFY, DOCKER_TLS and DOCKER_CERT_PATH (docker/cli, cli/flags/options.go). */
function atHost(world: ContextWorld, name: string, host: string, source: string): Promise<EngineLocation> {
	const { DOCKER_TLS, DOCKER_TLS_VERIFY, DOCKER_CERT_PATH } = world.env;
	const secure = Boolean(DOCKER_TLS || DOCKER_TLS_VERIFY || host.startsWith("https:"));
	return usable(name, host, source, false, async () =>
		secure ? readTls(world, DOCKER_CERT_PATH || configFolder(world), Boolean(DOCKER_TLS_VERIFY || !DOCKER_TLS)) : null,
	);
}

/** `tls` is asked for TCP hosts only; a text is what went wrong. */
async function usable(
	name: string,
	host: string,
	source: string,
	isContext: boolean,
	tls: () => Promise<Tls | string | null>,
): Promise<EngineLocation> {
	const isTcp = endpointUrl(host, false)?.startsWith("tcp:");
	const found = isTcp ? await tls() : null;
	if (typeof found === "string") return broken(name, t("{0}, and {1}", source, found), isContext);
	const url = endpointUrl(host, found !== null);
	if (url !== undefined) return { name, endpoints: [{ url, tls: found }], problem: null, warning: null, isContext };
	const what = host.startsWith("ssh:")
		? t("{0}, which is not an address that ssh takes (ssh://user@host:port). Check it, or choose another Docker context.", source)
		: t("{0}, which is not an address. Check it, or choose another Docker context.", source);
	return broken(name, what, isContext);
}

/** ca.pem, cert.pem and key.pem of a folder, those that are there; a text says what cannot be read. */
async function readTls(world: ContextWorld, folder: string, verify: boolean): Promise<Tls | string> {
	const texts: { [part in "ca" | "cert" | "key"]: string | null } = { ca: null, cert: null, key: null };
	const files: Partial<Record<"ca" | "cert" | "key", string>> = {};
	for (const part of ["ca", "cert", "key"] as const) {
		const path = `${folder}/${part}.pem`;
		try {
			const text = await world.read(path);
			if (text === undefined) continue;
			texts[part] = text;
			files[part] = path;
		} catch {
			return t("{0} cannot be read. Check its permissions.", path);
		}
	}
	return { ...texts, verify, files };
}

function broken(name: string, problem: string, isContext: boolean): EngineLocation {
	return { name, endpoints: [], problem: withoutSecrets(problem), warning: null, isContext };
}

/** `problem` completes a sentence that begins with the file; a file that is not there is none. */
async function readJson(world: ContextWorld, path: string): Promise<{ value: unknown; problem: string | null }> {
	let text: string | undefined;
	try {
		text = await world.read(path);
	} catch {
		return { value: null, problem: t("cannot be read") };
	}
	if (text === undefined) return { value: null, problem: null };
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === "object" && value !== null
			? { value, problem: null }
			: { value: null, problem: t("is not what docker writes") };
	} catch {
		return { value: null, problem: t("is not JSON") };
	}
}

function urlOf({ url }: Endpoint): string {
	return url;
}

function field(value: unknown, name: string): unknown {
	return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
