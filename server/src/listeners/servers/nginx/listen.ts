import type { Protocol } from "../../../model/port.ts";
import { known, mapText, type Value } from "../../../model/value.ts";

/** What one `listen` opens. */
export interface Listen {
	readonly port: Value;
	readonly address: Value;
	readonly protocol: Protocol;
}

/** No configuration that a person writes opens more ports with one line. */
const MAX_RANGE = 200;

/**
 * The sockets of a `listen` directive: `80`, `*:80`, `[::]:80`, `127.0.0.1`, `9000-9010`; `udp` and `quic` make them UDP. None
 * for a Unix socket (nginx.org/en/docs/http/ngx_http_core_module.html#listen, …/stream/ngx_stream_core_module.html#listen).
 */
export function readListen(target: Value, options: readonly string[]): Listen[] {
	const protocol = options.includes("udp") || options.includes("quic") ? "udp" : "tcp";
	if (target.kind === "known") {
		if (target.text.startsWith("unix:")) return [];
		const range = /^(.*:)?(\d+)-(\d+)$/.exec(target.text);
		if (range) {
			const [first, last] = [Number(range[2]), Number(range[3])];
			const count = Math.min(last - first + 1, MAX_RANGE);
			return Array.from({ length: Math.max(count, 0) }, (_, i) => ({
				port: known(String(first + i), ...target.from),
				address: addressOf(target),
				protocol,
			}));
		}
	}
	return [{ port: portOf(target), address: addressOf(target), protocol }];
}

/** Without a port, 80 counts. */
function portOf(target: Value): Value {
	return mapText(target, (text, from) => known(split(text).port ?? "80", ...from));
}

function addressOf(target: Value): Value {
	return mapText(target, (text, from) => known(split(text).address, ...from));
}

/** A placeholder that nobody filled in (`__PORT__`) counts as the port, so that it is not taken for a host. */
function split(text: string): { readonly address: string; readonly port?: string } {
	const both = /^(.*):([^:\]]*)$/.exec(text);
	if (both && (both[1]?.startsWith("[") ? both[1].endsWith("]") : true)) return { address: both[1] ?? "", port: both[2] };
	const isAddress = text === "*" || text.startsWith("[") || /^\d+(?:\.\d+){3}$/.test(text) || /^[a-z][a-z0-9.-]*$/.test(text);
	return isAddress ? { address: text } : { address: "", port: text };
}
