import { isWildcard, type Port, portKey } from "../model/port.ts";
import { withoutSecrets } from "../model/secrets.ts";
import type { Evidence } from "../model/text.ts";
import type { ReportedListener } from "./report.ts";

/** `app.py:33`: the file's name and the line, counted from 1, as editors show it. */
export function describeEvidence(evidence: Evidence): string {
	const path = evidence.uri.slice(evidence.uri.lastIndexOf("/") + 1);
	return `${decodeName(path)}:${evidence.range.start.line + 1}`;
}

/** What listens, as a sentence's subject: `app.py:33`, or the program when its port is decided in the Dockerfile itself. */
export function describeSite(listener: ReportedListener, dockerfileUri: string): string {
	return listener.site && listener.site.uri !== dockerfileUri ? describeEvidence(listener.site) : listener.program;
}

/** `80/tcp`, with the address before it unless every interface is meant: `127.0.0.1:5000/tcp`, `[::1]:80/tcp`. */
export function describeListener(listener: Port & { readonly address: string }): string {
	if (isWildcard(listener.address)) return portKey(listener);
	const address = plain(listener.address);
	return `${address.includes(":") ? `[${address}]` : address}:${portKey(listener)}`;
}

/** One of each port and reach: who listens on all interfaces of IPv4 and of IPv6 opens one port, not two. */
export function distinctPorts<T extends Port & { readonly address: string }>(listeners: readonly T[]): T[] {
	const seen = new Set<string>();
	return listeners.filter((listener) => {
		const key = describeListener(listener);
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	});
}

/** Text of a workspace on one line, without secrets and without what would change how the rest is shown: control and bidirectional characters. */
export function plain(text: string): string {
	return withoutSecrets(text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g, " "));
}

function decodeName(name: string): string {
	try {
		return plain(decodeURIComponent(name));
	} catch {
		return plain(name);
	}
}
