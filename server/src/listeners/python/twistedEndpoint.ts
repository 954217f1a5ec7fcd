import type { Prediction } from "../../model/port.ts";
import { known, mapText, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { predictClaim } from "../listener.ts";

/**
 * A server endpoint as Twisted writes it: `tcp:8080`, `tcp:port=8080:interface=127.0.0.1`, `ssl:443:…`, `tcp6:80`; `unix:…`
 * and `systemd:…` open no port (twisted.org, "Getting Connected with Endpoints"). A bare number is a TCP port.
 */
export function twistedEndpoint(value: Value): { readonly port: Value; readonly address: Value } | undefined {
	if (value.kind === "known" && /^(unix|systemd|stdio|fd|onion)\b/.test(value.text)) return undefined;
	const half = (choose: (parts: Endpoint) => string): Value => mapText(value, (text, from) => known(choose(partsOf(text)), ...from));
	return { port: half((parts) => parts.port), address: half((parts) => parts.address) };
}

export function predictTwistedEndpoint(process: Process, value: Value): Prediction {
	const endpoint = twistedEndpoint(value);
	if (!endpoint) return { listeners: [], gaps: [] };
	return predictClaim({ ...endpoint, anyAddress: "0.0.0.0", evidence: process.evidence });
}

interface Endpoint {
	readonly port: string;
	readonly address: string;
}

function partsOf(text: string): Endpoint {
	if (/^[0-9]+$/.test(text)) return { port: text, address: "" };
	const [kind = "", ...parts] = text.split(/(?<!\\):/);
	const named = (name: string) => parts.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
	const port = named("port") ?? parts.find((one) => !one.includes("=")) ?? "";
	return { port, address: (named("interface") ?? (kind === "tcp6" ? "::" : "")).replaceAll("\\", "") };
}
