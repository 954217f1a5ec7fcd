import type { InlayHint, InlayHintLabelPart } from "vscode-languageserver-types";
import type { DevContainerReport, DevPortVerdict } from "../../manifests/devcontainer/report.ts";
import { t } from "../../model/message.ts";
import { isLoopback } from "../../model/port.ts";
import { describeListener, distinctPorts } from "../../verdict/describe.ts";
import { endOf, listenerTooltip, portHint, siteParts } from "../portHint.ts";

/** More ports than these are counted, not listed: a hint is read at a glance. */
const MAX_LISTED = 3;

/** The hints of a dev container file: what listens behind each port that is forwarded or published. */
export function devContainerHints({ verdicts }: DevContainerReport): InlayHint[] {
	return verdicts.map((verdict) => {
		const { port, state, name = t("the container") } = verdict;
		if (state.state !== "unstarted" && state.state !== "elsewhere") {
			const hint = portHint({ entry: port, name, state });
			const isForwarded = port.kind !== "published" && port.host === undefined;
			if (state.state !== "listens" || !isForwarded || !state.listeners.every(({ address }) => isLoopback(address))) return hint;
			const value = [...state.listeners.map(listenerTooltip), t("Forwarding begins inside the container, so it reaches this port.")];
			return { ...hint, tooltip: { kind: "markdown", value: value.join("\n\n") } };
		}
		return {
			position: endOf(port.place),
			paddingLeft: true,
			label: labelOf(verdict),
			tooltip: { kind: "markdown", value: tooltipOf(verdict) },
		};
	});
}

function labelOf({ state }: DevPortVerdict): InlayHintLabelPart[] {
	if (state.state === "unstarted") return [{ value: "⇢ " }, ...siteParts(state.listeners), { value: `  ${t("once started")}` }];
	if (state.state !== "elsewhere") return [];
	const instead = distinctPorts(state.instead).map(describeListener).slice(0, MAX_LISTED).join(", ");
	if (state.starts) {
		return [{ value: `? ${instead ? t("the start command listens on {0}", instead) : t("the start command listens on no port")}` }];
	}
	return [{ value: `? ${instead ? t("the image's command would listen on {0}", instead) : t("nothing is started by itself")}` }];
}

function tooltipOf({ state }: DevPortVerdict): string {
	const asleep = t(
		"The container sleeps instead of starting the image's command, unless `overrideCommand` is `false`: somebody, or a command of this file, has to start it.",
	);
	if (state.state === "unstarted") return [asleep, ...state.listeners.map(listenerTooltip)].join("\n\n");
	if (state.state !== "elsewhere") return "";
	const whoever = t("Whatever is started in the container by hand may listen on this port.");
	return [...(state.starts ? [] : [asleep]), whoever, ...state.instead.map(listenerTooltip)].join("\n\n");
}
