import { EngineProblem } from "./engine.ts";

/** What went wrong inside a client library: Node's `code`, or the HTTP status that dockerode adds. */
interface Failure {
	readonly code?: unknown;
	readonly name?: unknown;
	readonly statusCode?: unknown;
	readonly message?: unknown;
}

/**
 * Any failure to talk to the engine at `endpoint`, as a state with one plain sentence for people. Codes are those of
 * connect(2), of getaddrinfo(3) and of Node's HTTP parser (`HPE_…`).
 */
export function problemOf(endpoint: string, error: unknown): EngineProblem {
	if (error instanceof EngineProblem) return error;
	const { code, name, statusCode, message } = (typeof error === "object" && error !== null ? error : {}) as Failure;
	if (statusCode === 400 && /HTTP request to an HTTPS server/.test(String(message))) return wantsTls(endpoint);
	if (typeof statusCode === "number") return answered(endpoint, statusCode);
	if (name === "AbortError" || name === "TimeoutError" || code === "ETIMEDOUT") return silent(endpoint);
	if (typeof code !== "string") return foreign(endpoint);
	const secret = tlsProblem(endpoint, code);
	if (secret) return secret;
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

/** `remedy` is a sentence that says what to do. */
export function denied(endpoint: string, remedy?: string): EngineProblem {
	const todo = endpoint.startsWith("npipe:")
		? 'Add yourself to the group docker-users ("net localgroup docker-users %USERNAME% /add" as administrator), then log in again.'
		: endpoint.startsWith("unix:")
			? 'Run "sudo usermod --append --groups docker $USER", then log in again.'
			: "Ask whoever runs this engine for access.";
	return new EngineProblem("denied", `You have no permission to talk to the engine at ${endpoint}. ${remedy ?? todo}`);
}

function wantsTls(endpoint: string): EngineProblem {
	return new EngineProblem(
		"foreign",
		`The engine at ${endpoint} wants TLS. Set DOCKER_TLS_VERIFY and DOCKER_CERT_PATH, or use a Docker context with certificates.`,
	);
}

/** Codes of OpenSSL's verification (https://docs.openssl.org/3.0/man1/openssl-verification-options/) and alerts, as Node names them. */
function tlsProblem(endpoint: string, code: string): EngineProblem | undefined {
	const check = "Check DOCKER_CERT_PATH or the certificates of the Docker context.";
	if (NO_TLS.test(code) && !TLS_REASONS.some(([pattern]) => pattern.test(code))) {
		return new EngineProblem(
			"foreign",
			`What answers at ${endpoint} does not speak TLS as it should. Check DOCKER_TLS_VERIFY and the port.`,
		);
	}
	const because = TLS_REASONS.find(([pattern]) => pattern.test(code))?.[1];
	if (because === undefined) return undefined;
	return new EngineProblem("denied", `There is no TLS connection to the engine at ${endpoint}: ${because}. ${check}`);
}

const NO_TLS = /^EPROTO$|^ERR_SSL_/;

const TLS_REASONS: readonly (readonly [RegExp, string])[] = [
	[/^CERT_HAS_EXPIRED$/, "its certificate has expired"],
	[/^CERT_NOT_YET_VALID$/, "its certificate is not valid yet"],
	[/^ERR_TLS_CERT_ALTNAME_INVALID$/, "its certificate is for another host"],
	[
		/SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|^CERT_(UNTRUSTED|SIGNATURE_FAILURE|REJECTED)$/,
		"its certificate is not signed by the given authority",
	],
	[/ALERT_(CERTIFICATE|BAD_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE)/, "it does not accept this client's certificate"],
	[/^ERR_OSSL_|KEY_VALUES_MISMATCH/, "the key, the certificate or the authority's certificate cannot be used"],
];

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
