import type { EngineReport } from "../protocol.ts";
import type { EngineLocation } from "./contexts.ts";
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
export async function connect(location: EngineLocation, open: (endpoint: string) => Engine): Promise<Connection> {
	const { name, endpoints } = location;
	const tried: string[] = [];
	const failed = (state: EngineReport["state"], endpoint: string | null, message: string): Connection => ({
		engine: undefined,
		report: { name, endpoint, state, message, tried, kind: null, local: isLocal(endpoint), command: commandLine(name, endpoint, null) },
	});
	if (location.problem !== null) return failed("absent", null, location.problem);

	let stale: Connection | undefined;
	for (const endpoint of endpoints) {
		tried.push(endpoint);
		const engine = open(endpoint);
		try {
			const kind = await engine.check();
			const command = commandLine(name, endpoint, kind);
			return { engine, report: { name, endpoint, state: "connected", message: null, tried, kind, local: engine.local, command } };
		} catch (error) {
			engine.dispose();
			const { state, message } = problemOf(endpoint, error);
			// The only endpoint was chosen by somebody, who wants to hear of it by name.
			if ((state !== "absent" && state !== "refused") || endpoints.length === 1) return failed(state, endpoint, message);
			if (state === "refused") stale ??= failed(state, endpoint, message);
		}
	}
	return stale ?? failed("absent", null, NONE_FOUND);
}

/** Sockets and named pipes end on this machine; what answers at an address may be anywhere. */
export function isLocal(endpoint: string | null): boolean {
	return endpoint === null || /^(unix|npipe):/.test(endpoint);
}

/** As arguments: the program that talks to the engine, told which one. */
function commandLine(name: string, endpoint: string | null, kind: EngineReport["kind"]): readonly string[] {
	if (name !== "default") return ["docker", "--context", name];
	if (endpoint === null) return ["docker"];
	return kind === "podman" ? ["podman", "--url", endpoint] : ["docker", "--host", endpoint];
}

const NONE_FOUND = 'No container engine was found. Start Docker, or choose its context with "docker context use" or DOCKER_HOST.';
