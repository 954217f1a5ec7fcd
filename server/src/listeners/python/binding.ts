import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { known, mapText, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import type { Argument, LibraryCall } from "../../source/program.ts";
import { predictClaim } from "../listener.ts";
import { type Endpoint, isGiven, plainValue } from "../sourceCall.ts";

/** What an address without a port means. */
export interface BindingDefaults {
	readonly port: string;
	readonly address: string;
}

/** `HOST:PORT`, `[::]:PORT`, `:PORT`, `HOST`, with `tcp://` or `http://` before it; undefined for a Unix socket or a handle. */
export function splitBinding(text: string, defaults: BindingDefaults): { readonly host: string; readonly port: string } | undefined {
	const trimmed = text.trim().replace(/^(tcp|tcp4|tcp6|https?):(\/\/)?/, "");
	if (/^(unix|fd):|^\//.test(trimmed)) return undefined;
	const bracketed = /^\[(.*)\](?::(.*))?$/.exec(trimmed);
	if (bracketed) return { host: bracketed[1] ?? "", port: bracketed[2] ?? defaults.port };
	const colon = trimmed.lastIndexOf(":");
	if (colon < 0) return { host: trimmed, port: defaults.port };
	return { host: trimmed.slice(0, colon), port: trimmed.slice(colon + 1) };
}

/** The two halves of an address as values; undefined when it surely is a Unix socket or a handle. */
export function bindingOf(value: Value, defaults: BindingDefaults): { readonly port: Value; readonly address: Value } | undefined {
	if (value.kind === "known" && !splitBinding(value.text, defaults)) return undefined;
	const half = (choose: (split: { host: string; port: string }) => string, otherwise: string): Value =>
		mapText(value, (text, from) => {
			const split = splitBinding(text, defaults);
			return known(split ? choose(split) : otherwise, ...from);
		});
	return { port: half((split) => split.port, t("a Unix socket")), address: half((split) => split.host, "") };
}

/** What a process listens on for each of these addresses. */
export function predictBinding(process: Process, value: Value, defaults: BindingDefaults, extra: { udp?: boolean } = {}): Prediction {
	const binding = bindingOf(value, defaults);
	if (!binding) return { listeners: [], gaps: [] };
	return predictClaim({
		...binding,
		anyAddress: "0.0.0.0",
		evidence: process.evidence,
		...(extra.udp ? { protocol: "udp" as const } : {}),
	});
}

/** Python's socket address: a tuple of host and port; some libraries also take a port alone or `host:port`. */
export function endpointOf(argument: Argument | undefined, call: LibraryCall, protocol: "tcp" | "udp" = "tcp"): Endpoint {
	if (!isGiven(argument) || argument === undefined)
		return { port: { kind: "unknown", reason: t("no address is given"), at: call.at }, address: known(""), anyAddress: "0.0.0.0" };
	if (argument.kind === "list") {
		const [host, port] = argument.items;
		return {
			port: port ? plainValue(port) : { kind: "unknown", reason: t("no port is given"), at: call.at },
			address: host && host.kind !== "nothing" ? plainValue(host) : known(""),
			protocol,
			anyAddress: "0.0.0.0",
		};
	}
	const value = plainValue(argument);
	if (value.kind === "known" && /^[0-9]+$/.test(value.text)) return { port: value, address: known(""), protocol, anyAddress: "0.0.0.0" };
	const binding = bindingOf(value, { port: "", address: "" });
	return binding ? { ...binding, protocol, anyAddress: "0.0.0.0" } : "nothing";
}
