import { t } from "../model/message.ts";
import type { EngineReport } from "../protocol.ts";
import type { EngineLocation } from "./contexts.ts";
import { type Endpoint, isLocal } from "./endpoint.ts";
import type { Engine } from "./engine.ts";
import { problemOf } from "./problems.ts";

export interface Connection {
	/** Undefined while no engine answers; then the report says why. */
	readonly engine: Engine | undefined;
	readonly report: EngineReport;
}

/**
 * Tries the endpoints in order and keeps the first at which a Docker Engine answers. Only where there is nothing, or
 * nobody behind the socket, the next one is tried: an engine that denies access is the engine that was meant.
 */
export async function connect(location: EngineLocation, open: (endpoint: Endpoint) => Engine): Promise<Connection> {
	const { endpoints, warning } = location;
	const tried: string[] = [];
	const failed = (state: EngineReport["state"], endpoint: Endpoint | undefined, message: string): Connection => ({
		engine: undefined,
		report: { ...reportOf(location, endpoint), state, message: warning === null ? message : `${message} ${warning}`, tried },
	});
	if (location.problem !== null) return failed("absent", undefined, location.problem);

	let stale: Connection | undefined;
	for (const endpoint of endpoints) {
		tried.push(endpoint.url);
		const engine = open(endpoint);
		try {
			const kind = await engine.check();
			return { engine, report: { ...reportOf(location, endpoint, kind), state: "connected", message: warning, tried } };
		} catch (error) {
			engine.dispose();
			const { state, message } = problemOf(endpoint.url, error);
			// The only endpoint was chosen by somebody, who wants to hear of it by name.
			if ((state !== "absent" && state !== "refused") || endpoints.length === 1) return failed(state, endpoint, message);
			if (state === "refused") stale ??= failed(state, endpoint, message);
		}
	}
	return stale ?? failed("absent", undefined, noneFound());
}

/** Of an engine that has not answered yet. */
export function connecting(location: EngineLocation, message: string | null): EngineReport {
	const [only, ...others] = location.endpoints;
	return { ...reportOf(location, others.length > 0 ? undefined : only), state: "connecting", message, tried: [] };
}

function reportOf(
	location: EngineLocation,
	endpoint: Endpoint | undefined,
	kind: EngineReport["kind"] = null,
): Pick<EngineReport, "name" | "endpoint" | "kind" | "local" | "command"> {
	const url = endpoint?.url ?? null;
	return { name: location.name, endpoint: url, kind, local: isLocal(url), command: commandLine(location, endpoint, kind) };
}

/** As arguments: the program that talks to the engine, told which one. */
function commandLine(location: EngineLocation, endpoint: Endpoint | undefined, kind: EngineReport["kind"]): readonly string[] {
	if (location.isContext) return ["docker", "--context", location.name];
	if (endpoint === undefined) return ["docker"];
	const { url, tls } = endpoint;
	// Podman takes no named pipes and no TLS; where it answers there, docker talks to it as well.
	if (kind === "podman" && !url.startsWith("npipe:") && tls === null) return ["podman", "--url", url];
	const files = Object.entries(tls?.files ?? {}).map(([part, path]) => `--tls${part === "ca" ? "cacert" : part}=${path}`);
	return ["docker", "--host", url, ...(tls === null ? [] : [tls.verify ? "--tlsverify" : "--tls", ...files])];
}

const noneFound = () => t('No container engine was found. Start Docker, or choose its context with "docker context use" or DOCKER_HOST.');
