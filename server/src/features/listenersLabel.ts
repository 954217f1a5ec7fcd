import type { InlayHintLabelPart } from "vscode-languageserver-types";
import { t } from "../model/message.ts";
import { type Gap, isLoopback } from "../model/port.ts";
import { describeListener, distinctPorts, plain } from "../verdict/describe.ts";
import type { ReportedListener } from "../verdict/report.ts";
import { evidencePart } from "./evidencePart.ts";

/** More listeners than these are counted, not listed: a hint is read at a glance. */
const MAX_LISTED = 3;

/** What a container listens on, as hints say it; `isMissing` tells the ports that are to be called not exposed. */
export function listenersLabel(
	all: readonly ReportedListener[],
	gaps: readonly Gap[],
	isMissing: (listener: ReportedListener) => boolean = () => false,
): InlayHintLabelPart[] {
	const gap = gaps[0] && plain(gaps[0].reason);
	const listeners = distinctPorts(all);
	if (listeners.length === 0) return [{ value: gap === undefined ? t("⇢ no ports") : t("⇢ ports unknown: {0}", gap) }];
	const parts: InlayHintLabelPart[] = [{ value: "⇢ " }];
	listeners.slice(0, MAX_LISTED).forEach((listener, i) => {
		if (i > 0) parts.push({ value: " · " });
		parts.push({ value: describeListener(listener) + (listener.overriddenBy === undefined ? "" : ` (${plain(listener.overriddenBy)})`) });
		// Editors cut long hints short: what is wrong stands before where it is decided.
		if (isLoopback(listener.address)) parts.push({ value: `  ${t("loopback only")}` });
		if (listener.site) parts.push({ value: "  " }, evidencePart(listener.site));
		else if (listener.fromBase) parts.push({ value: `  ${t("from the image")}` });
		if (isMissing(listener)) parts.push({ value: `  ${t("not exposed")}` });
	});
	if (listeners.length > MAX_LISTED) parts.push({ value: ` · ${t("{0} more", listeners.length - MAX_LISTED)}` });
	if (gap !== undefined) parts.push({ value: ` · ${t("more unknown: {0}", gap)}` });
	return parts;
}

/** The words of a label. */
export function wordsOf(label: readonly InlayHintLabelPart[]): string {
	return label.map(({ value }) => value).join("");
}
