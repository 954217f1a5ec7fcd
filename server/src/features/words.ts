import { t } from "../model/message.ts";
import { isLoopback, type Port, portKey } from "../model/port.ts";
import type { ReportedListener } from "../verdict/report.ts";
import { inlineCode } from "./links.ts";

/** The certainty as a sentence; `write` shows a name that comes from the workspace. */
export function certaintyWords(listener: ReportedListener, write: (name: string) => string): string {
	switch (listener.certainty) {
		case "certain":
			return t("Certain: the port is written here or set by this image.");
		case "default":
			return listener.overriddenBy === undefined
				? t("One possibility: it depends on something that is only known at run time.")
				: t("Default: {0} may change it when the container starts.", write(listener.overriddenBy));
		case "convention":
			return listener.fromBase
				? t("Convention: the image's own default, and nothing in sight overrides it.")
				: t("Convention: the framework's own default, and nothing in sight overrides it.");
	}
}

/** The port and who can reach it, as a sentence of Markdown. */
export function reachWords(listener: Port & { readonly address: string }): string {
	const port = `**${portKey(listener)}**`;
	const { address } = listener;
	if (isLoopback(address)) return t("{0} on the loopback interface only, so no other container and no published port can reach it.", port);
	return address === "0.0.0.0" || address === "::" ? t("{0} on all interfaces.", port) : t("{0} on {1}.", port, inlineCode(address));
}

/** `80`, or `53/udp`: EXPOSE takes tcp for granted. */
export function exposeSpec(port: Port): string {
	return port.protocol === "tcp" ? String(port.port) : portKey(port);
}
