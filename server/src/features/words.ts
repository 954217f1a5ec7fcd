import { isLoopback, type Port, portKey } from "../model/port.ts";
import type { ReportedListener } from "../verdict/report.ts";

/** The certainty as a sentence. */
export function certaintyWords(listener: ReportedListener): string {
	switch (listener.certainty) {
		case "certain":
			return "Certain: the port is written here or set by this image.";
		case "default":
			return listener.overriddenBy === undefined
				? "One possibility: it depends on something that is only known at run time."
				: `Default: ${listener.overriddenBy} may change it when the container starts.`;
		case "convention":
			return listener.fromBase
				? "Convention: the image's own default, and nothing in sight overrides it."
				: "Convention: the framework's own default, and nothing in sight overrides it.";
	}
}

/** Who can reach it, in a few words. */
export function reachWords(address: string): string {
	if (isLoopback(address)) return "on the loopback interface only, so no other container and no published port can reach it";
	return address === "0.0.0.0" || address === "::" ? "on all interfaces" : `on ${address}`;
}

/** `80`, or `53/udp`: EXPOSE takes tcp for granted. */
export function exposeSpec(port: Port): string {
	return port.protocol === "tcp" ? String(port.port) : portKey(port);
}
