import type { InlayHint } from "vscode-languageserver-types";
import type { ServicePrediction } from "../../compose/predictService.ts";
import type { ComposeReport } from "../../compose/report.ts";
import { t } from "../../model/message.ts";
import { positionAt } from "../../model/text.ts";
import { evidenceChain, inlineCode } from "../links.ts";
import { listenersLabel, wordsOf } from "../listenersLabel.ts";
import { listenerTooltip, portHint } from "../portHint.ts";

/** The hints of a compose file: what each service listens on, and whether each published port leads anywhere. */
export function composeHints({ file, predictions, verdicts }: ComposeReport): InlayHint[] {
	const services = predictions.filter(({ service }) => service.place.file.uri === file.uri).map(serviceHint);
	const ports = verdicts.map((verdict) => portHint({ entry: verdict.entry, name: verdict.service.name, state: verdict }));
	return [...services, ...ports].sort((a, b) => a.position.line - b.position.line);
}

function serviceHint({ service, listeners, gaps }: ServicePrediction): InlayHint {
	const { file, end } = service.place;
	// Behind the colon, and what may stand on its line: an anchor, a tag.
	const rest = /^[^\r\n#]*/.exec(file.text.slice(end))?.[0] ?? "";
	const position = positionAt(file.text, end + rest.trimEnd().length);
	const unknown = gaps.map(
		(gap) => t("Ports unknown: {0}", inlineCode(gap.reason)) + (gap.evidence ? `\n\n${evidenceChain([gap.evidence])}` : ""),
	);
	const tooltip = [...listeners.map(listenerTooltip), ...unknown].join("\n\n") || t("Nothing that this service starts listens on a port.");
	return { position, paddingLeft: true, label: listenersLabel(listeners, gaps), tooltip: { kind: "markdown", value: tooltip } };
}

/** What a service listens on, as its hint says it. */
export function serviceSummary({ listeners, gaps }: ServicePrediction): string {
	return wordsOf(listenersLabel(listeners, gaps));
}
