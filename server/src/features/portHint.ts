import type { InlayHint, InlayHintLabelPart, Position } from "vscode-languageserver-types";
import type { PortState } from "../compose/judge.ts";
import type { ServicePort } from "../compose/ports.ts";
import type { Place } from "../config/node.ts";
import { t } from "../model/message.ts";
import { positionAt } from "../model/text.ts";
import { describeListener, distinctPorts, plain } from "../verdict/describe.ts";
import type { ReportedListener } from "../verdict/report.ts";
import { evidencePart } from "./evidencePart.ts";
import { evidenceChain, inlineCode } from "./links.ts";
import { certaintyWords, reachWords } from "./words.ts";

/** More ports than these are counted, not listed: a hint is read at a glance. */
const MAX_LISTED = 3;

/** A port that a configuration file leads to a container, and what is behind it. */
export interface LedPort {
	readonly entry: Pick<ServicePort, "place" | "target" | "protocol">;
	/** What the container is called there. */
	readonly name: string;
	readonly state: PortState;
}

/** The hint at an entry that leads to a port of a container. */
export function portHint(port: LedPort): InlayHint {
	const tooltip = { kind: "markdown" as const, value: portTooltip(port) };
	return { position: endOf(port.entry.place), paddingLeft: true, label: portLabel(port), tooltip };
}

/** Where the hint of an entry stands: behind it, or behind its first line when it has several. */
export function endOf({ file, start, end }: Place): Position {
	const [at, last] = [positionAt(file.text, start), positionAt(file.text, end)];
	if (at.line === last.line) return last;
	const firstLine = /^[^\r\n#]*/.exec(file.text.slice(start))?.[0] ?? "";
	return positionAt(file.text, start + firstLine.trimEnd().length);
}

function portLabel({ entry, name, state }: LedPort): InlayHintLabelPart[] {
	switch (state.state) {
		case "listens":
			return [{ value: "✓ " }, ...siteParts(state.listeners)];
		case "loopback":
			return [{ value: `→ ${state.listeners[0] ? describeListener(state.listeners[0]) : ""}  ${t("loopback only")}` }];
		case "silent": {
			const instead = distinctPorts(state.instead).map(describeListener).slice(0, MAX_LISTED).join(", ");
			const numbers = entry.target?.first === entry.target?.last ? entry.target?.first : `${entry.target?.first}-${entry.target?.last}`;
			const asked = entry.protocol === "tcp" ? numbers : `${numbers}/${entry.protocol}`;
			const value = instead
				? t("→ {0} listens on {1}, not {2}", plain(name), instead, asked ?? "")
				: t("→ nothing in {0} listens", plain(name));
			return [{ value }];
		}
		case "unknown":
			return [{ value: `? ${plain(state.reason)}` }];
	}
}

/** Who listens on a port: the place of the first one, and how many more there are. */
export function siteParts(listeners: readonly ReportedListener[]): InlayHintLabelPart[] {
	const [first] = listeners;
	const place = first?.site ? evidencePart(first.site) : { value: first?.fromBase ? t("from the image") : (first?.program ?? "") };
	const more = distinctPorts(listeners).length - 1;
	return [place, ...(more > 0 ? [{ value: ` ${t("and {0} more", more)}` }] : [])];
}

function portTooltip({ name: container, state }: LedPort): string {
	const name = inlineCode(container);
	switch (state.state) {
		case "listens":
		case "loopback":
			return state.listeners.map(listenerTooltip).join("\n\n");
		case "silent":
			return state.instead.length > 0
				? [t("Nothing in {0} listens on this port.", name), ...state.instead.map(listenerTooltip)].join("\n\n")
				: t("Nothing in {0} listens on any port.", name);
		case "unknown":
			return t("Whether {0} listens on this port is unknown: {1}", name, inlineCode(state.reason));
	}
}

/** A port that is listened on, how sure that is, and why. */
export function listenerTooltip(listener: ReportedListener): string {
	return `${reachWords(listener)} ${certaintyWords(listener, inlineCode)}\n\n${evidenceChain(listener.evidence)}`;
}
