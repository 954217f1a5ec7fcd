import http from "node:http";

const DEFAULT_SOCKET = process.platform === "win32" ? "//./pipe/docker_engine" : "/var/run/docker.sock";
const PATIENCE_MS = 5000;

/**
 * Whether a container engine answers where the tests look for one: DOCKER_HOST, else the default socket.
 * @returns {Promise<{ ok: true } | { ok: false, reason: string }>}
 */
export function engineAnswer() {
	const host = process.env.DOCKER_HOST ?? `unix://${DEFAULT_SOCKET}`;
	const target = host.startsWith("tcp://")
		? { host: new URL(host).hostname, port: new URL(host).port || 2375 }
		: { socketPath: host.replace(/^(unix|npipe):\/\//, "") };
	return new Promise((resolve) => {
		const fail = (why) => resolve({ ok: false, reason: `no container engine answers at ${host} (${why})` });
		const request = http.get({ ...target, path: "/_ping", timeout: PATIENCE_MS }, (response) => {
			response.resume();
			if (response.statusCode === 200) resolve({ ok: true });
			else fail(`status ${response.statusCode}`);
		});
		request.on("timeout", () => request.destroy(new Error("no answer in time")));
		request.on("error", (/** @type {NodeJS.ErrnoException} */ error) => fail(error.code ?? error.message));
	});
}
