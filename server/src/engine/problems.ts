import { EngineProblem } from "./engine.ts";

/** What went wrong inside a client library: Node's `code`, or the HTTP status that dockerode adds. */
interface Failure {
	readonly code?: unknown;
	readonly name?: unknown;
	readonly statusCode?: unknown;
}

/**
 * Any failure to talk to the engine at `endpoint`, as a state with one plain sentence for people. Codes are those of
 * connect(2), of getaddrinfo(3) and of Node's HTTP parser (`HPE_…`).
 */
export function problemOf(endpoint: string, error: unknown): EngineProblem {
	if (error instanceof EngineProblem) return error;
	const { code, name, statusCode } = (typeof error === "object" && error !== null ? error : {}) as Failure;
	if (typeof statusCode === "number") return answered(endpoint, statusCode);
	if (name === "AbortError" || name === "TimeoutError" || code === "ETIMEDOUT") return silent(endpoint);
	if (typeof code !== "string") return foreign(endpoint);
	switch (code) {
		case "ENOENT":
		case "ENOTDIR":
			return new EngineProblem("absent", `There is no engine at ${endpoint}. Start Docker, or choose another Docker context.`);
		case "ENOTFOUND":
		case "EAI_AGAIN":
			return new EngineProblem("absent", `The host of ${endpoint} is not known. Check DOCKER_HOST or the Docker context.`);
		case "EHOSTUNREACH":
		case "ENETUNREACH":
			return new EngineProblem("absent", `The host of ${endpoint} cannot be reached. Check the network, or choose another Docker context.`);
		case "EACCES":
		case "EPERM":
			return denied(endpoint);
		case "ECONNREFUSED":
		case "ECONNRESET":
		case "EPIPE":
			return new EngineProblem("refused", `No engine answers at ${endpoint}. Start Docker, or choose another Docker context.`);
		default:
			return foreign(endpoint);
	}
}

export function silent(endpoint: string): EngineProblem {
	return new EngineProblem("silent", `The engine at ${endpoint} does not answer. Wait for it or restart Docker, then refresh.`);
}

export function foreign(endpoint: string): EngineProblem {
	return new EngineProblem("foreign", `What answers at ${endpoint} is not a Docker Engine. Check DOCKER_HOST or the Docker context.`);
}

function denied(endpoint: string): EngineProblem {
	const todo = endpoint.startsWith("unix:")
		? 'Run "sudo usermod --append --groups docker $USER", then log in again.'
		: "Ask whoever runs this engine for access.";
	return new EngineProblem("denied", `You have no permission to talk to the engine at ${endpoint}. ${todo}`);
}

/** An engine answers its own questions with 200, 404 or 409; proxies in front of it refuse with 401 and 403. */
function answered(endpoint: string, status: number): EngineProblem {
	if (status === 401 || status === 403) return denied(endpoint);
	if (status >= 500) {
		return new EngineProblem(
			"silent",
			`The engine at ${endpoint} answers with an error (HTTP ${status}). Look at its log, or restart Docker.`,
		);
	}
	return foreign(endpoint);
}
