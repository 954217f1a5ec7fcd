import { t } from "../model/message.ts";
import { known, likelyText, mapText, unknown, type Value } from "../model/value.ts";

/** The parts of a socket's address that is written as one text. */
export interface SocketAddress {
	readonly port: Value;
	/** Empty when only a port is written: every interface, or the technology's default. */
	readonly address: Value;
}

/**
 * Splits `host:port`, `[::1]:port`, `:port`, a bare port, and URLs (`tcp://host:port`, `http://*:port/`). A URL of http or
 * https without a port means 80 or 443. `nothing` for a socket in the file system.
 */
export function splitSocketAddress(value: Value): SocketAddress | "nothing" {
	const likely = likelyText(value)?.trim();
	if (likely !== undefined && (/^(unix|abstract|file|fd|ipc|inproc):/.test(likely) || /^[/~.@]/.test(likely))) return "nothing";
	return {
		port: mapText(lastOpen(value), (text, from) => part(text, 1, from)),
		address: mapText(value, (text, from) => part(text, 0, from)),
	};
}

/** Of a text that was put together from several open values, the port is the last one. */
function lastOpen(value: Value): Value {
	let last = value;
	while (
		(last.kind === "variable" || last.kind === "argument") &&
		(last.fallback?.kind === "variable" || last.fallback?.kind === "argument")
	)
		last = last.fallback;
	return last;
}

function part(text: string, which: 0 | 1, from: (Value & { kind: "known" })["from"]): Value {
	const found = read(text);
	if (!found) return unknown(t("{0} is not an address", text.slice(0, 40) || t("an empty text")));
	return known(found[which], ...from);
}

function read(text: string): readonly [host: string, port: string] | undefined {
	const [, scheme = "", rest = ""] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/i.exec(text.trim()) ?? [];
	const authority = rest.replace(/[/?#].*$/s, "").replace(/^.*@/, "");
	if (scheme === "" && /^[0-9]+$/.test(authority)) return ["", authority];
	const [, host = "", port] = /^(\[[^\]]*\]|[^:]*)(?::([0-9]*))?$/.exec(authority) ?? [];
	const standard = /^(https|wss|ssl)$/i.test(scheme) ? "443" : /^(http|ws)$/i.test(scheme) ? "80" : undefined;
	const written = port || standard;
	return written === undefined ? undefined : [host, written];
}
