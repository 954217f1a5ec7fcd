import { t } from "../model/message.ts";
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
			return new EngineProblem("absent", t("There is no engine at {0}. Start Docker, or choose another Docker context.", endpoint));
		case "ENOTFOUND":
		case "EAI_AGAIN":
			return new EngineProblem("absent", t("The host of {0} is not known. Check DOCKER_HOST or the Docker context.", endpoint));
		case "EHOSTUNREACH":
		case "ENETUNREACH":
			return new EngineProblem(
				"absent",
				t("The host of {0} cannot be reached. Check the network, or choose another Docker context.", endpoint),
			);
		case "EACCES":
		case "EPERM":
			return denied(endpoint);
		case "ECONNREFUSED":
		case "ECONNRESET":
		case "EPIPE":
			return new EngineProblem("refused", t("No engine answers at {0}. Start Docker, or choose another Docker context.", endpoint));
		default:
			return foreign(endpoint);
	}
}

export function silent(endpoint: string): EngineProblem {
	return new EngineProblem("silent", t("The engine at {0} does not answer. Wait for it or restart Docker, then refresh.", endpoint));
}

export function foreign(endpoint: string): EngineProblem {
	return new EngineProblem("foreign", t("What answers at {0} is not a Docker Engine. Check DOCKER_HOST or the Docker context.", endpoint));
}

/** `remedy` is a sentence that says what to do. */
export function denied(endpoint: string, remedy?: string): EngineProblem {
	const todo = endpoint.startsWith("npipe:")
		? t(
				'Add yourself to the group docker-users ("{0}" as administrator), then log in again.',
				"net localgroup docker-users %USERNAME% /add",
			)
		: endpoint.startsWith("unix:")
			? t('Run "{0}", then log in again.', "sudo usermod --append --groups docker $USER")
			: t("Ask whoever runs this engine for access.");
	return new EngineProblem("denied", `${t("You have no permission to talk to the engine at {0}.", endpoint)} ${remedy ?? todo}`);
}

function wantsTls(endpoint: string): EngineProblem {
	return new EngineProblem(
		"foreign",
		t("The engine at {0} wants TLS. Set DOCKER_TLS_VERIFY and DOCKER_CERT_PATH, or use a Docker context with certificates.", endpoint),
	);
}

/** Codes of OpenSSL's verification (https://docs.openssl.org/3.0/man1/openssl-verification-options/) and alerts, as Node names them. */
function tlsProblem(endpoint: string, code: string): EngineProblem | undefined {
	const because = tlsReason(code);
	if (NO_TLS.test(code) && because === undefined) {
		return new EngineProblem(
			"foreign",
			t("What answers at {0} does not speak TLS as it should. Check DOCKER_TLS_VERIFY and the port.", endpoint),
		);
	}
	if (because === undefined) return undefined;
	return new EngineProblem(
		"denied",
		t(
			"There is no TLS connection to the engine at {0}: {1}. Check DOCKER_CERT_PATH or the certificates of the Docker context.",
			endpoint,
			because,
		),
	);
}

const NO_TLS = /^EPROTO$|^ERR_SSL_/;

function tlsReason(code: string): string | undefined {
	if (code === "CERT_HAS_EXPIRED") return t("its certificate has expired");
	if (code === "CERT_NOT_YET_VALID") return t("its certificate is not valid yet");
	if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return t("its certificate is for another host");
	if (/SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|^CERT_(UNTRUSTED|SIGNATURE_FAILURE|REJECTED)$/.test(code))
		return t("its certificate is not signed by the given authority");
	if (/ALERT_(CERTIFICATE|BAD_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE)/.test(code))
		return t("it does not accept this client's certificate");
	if (/^ERR_OSSL_|KEY_VALUES_MISMATCH/.test(code)) return t("the key, the certificate or the authority's certificate cannot be used");
	return undefined;
}

/** An engine answers its own questions with 200, 404 or 409; proxies in front of it refuse with 401 and 403. */
function answered(endpoint: string, status: number): EngineProblem {
	if (status === 401 || status === 403) return denied(endpoint);
	if (status >= 500) {
		return new EngineProblem(
			"silent",
			t("The engine at {0} answers with an error (HTTP {1}). Look at its log, or restart Docker.", endpoint, status),
		);
	}
	return foreign(endpoint);
}
