import type { Protocol } from "../../model/port.ts";
import { known, likelyText, mapText, type Value } from "../../model/value.ts";

export interface Endpoint {
	/** Undefined when only an address is written. */
	readonly port?: Value;
	/** Empty for every address. */
	readonly address: Value;
	readonly protocol?: Protocol;
}

/**
 * The endpoints of a text: `:80`, `80`, `0.0.0.0:80`, `[::]:80`, `http://host:80/path`, `tcp:80`, `:53/udp`, `name=:80`, several
 * with commas between them; words behind a blank are options. None for Unix sockets.
 */
export function readEndpoints(value: Value): Endpoint[] {
	const count = splitList(likelyText(value) ?? "").length;
	const parts = Array.from({ length: Math.max(count, 1) }, (_, i) =>
		mapText(value, (text, from) => known(splitList(text)[i] ?? "", ...from)),
	);
	return parts.flatMap((part) => {
		const likely = likelyText(part);
		if (likely !== undefined && /^(unix|fd|systemd|abstract)\b|^[/@.]/.test(likely)) return [];
		const hasPort = likely === undefined || split(likely).port !== undefined;
		const protocol = likely === undefined ? undefined : split(likely).protocol;
		return [
			{
				address: mapText(part, (text, from) => known(split(text).address, ...from)),
				...(hasPort ? { port: mapText(part, (text, from) => known(split(text).port ?? "", ...from)) } : {}),
				...(protocol ? { protocol } : {}),
			},
		];
	});
}

/** What Varnish and others write behind a comma. */
const OPTION = /^(HTTP|PROXY|user|group|mode)\b/;

function splitList(text: string): string[] {
	const parts = text.split(",").map(
		(part) =>
			part
				.trim()
				.split(/\s+/)[0]
				?.replace(/^[\w-]+=(?=[\w.[:*])/, "") ?? "",
	);
	return parts.filter((part, i) => part !== "" && (i === 0 || !OPTION.test(part)));
}

function split(text: string): { readonly address: string; readonly port?: string; readonly protocol?: Protocol } {
	const [, scheme, rest = ""] = /^(?:([a-z][a-z0-9_+-]*):\/\/|(?:tcp[46]?|udp[46]?):(?=[^/]))?(.*)$/i.exec(text.trim()) ?? [];
	const protocol = /\/udp$/i.test(rest) || /^udp/i.test(scheme ?? "") || /^udp[46]?:/i.test(text) ? { protocol: "udp" as const } : {};
	const authority = rest.replace(/[/?].*$/s, "");
	if (/^\d+$/.test(authority)) return { address: "", port: authority, ...protocol };
	const both = /^(\[[^\]]*\]|[^:]*|::):([^:]*)$/.exec(authority);
	if (both) return { address: both[1] ?? "", port: both[2] ?? "", ...protocol };
	// Nothing that could be a host: a placeholder that nobody filled in.
	if (!/^[\w.:[\]*-]*$/.test(authority)) return { address: "", port: authority, ...protocol };
	return { address: authority, ...protocol };
}
