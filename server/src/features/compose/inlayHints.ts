import type { InlayHint, InlayHintLabelPart } from "vscode-languageserver-types";
import type { PortVerdict } from "../../compose/judge.ts";
import type { ServicePrediction } from "../../compose/predictService.ts";
import { type ComposeReport, rangeOf } from "../../compose/report.ts";
import { portKey } from "../../model/port.ts";
import { positionAt } from "../../model/text.ts";
import { describeListener, distinctPorts, plain } from "../../verdict/describe.ts";
import type { ReportedListener } from "../../verdict/report.ts";
import { evidencePart } from "../evidencePart.ts";
import { evidenceChain, inlineCode } from "../links.ts";
import { listenersLabel, wordsOf } from "../listenersLabel.ts";
import { certaintyWords, reachWords } from "../words.ts";

/** More ports than these are counted, not listed: a hint is read at a glance. */
const MAX_LISTED = 3;

/** The hints of a compose file: what each service listens on, and whether each published port leads anywhere. */
export function composeHints({ file, predictions, verdicts }: ComposeReport): InlayHint[] {
	const services = predictions.filter(({ service }) => service.place.file.uri === file.uri).map(serviceHint);
	return [...services, ...verdicts.map(portHint)].sort((a, b) => a.position.line - b.position.line);
}

function serviceHint({ service, listeners, gaps }: ServicePrediction): InlayHint {
	const { file, end } = service.place;
	// Behind the colon, and what may stand on its line: an anchor, a tag.
	const rest = /^[^\r\n#]*/.exec(file.text.slice(end))?.[0] ?? "";
	const position = positionAt(file.text, end + rest.trimEnd().length);
	const unknown = gaps.map(
		(gap) => `Ports unknown: ${inlineCode(gap.reason)}${gap.evidence ? `\n\n${evidenceChain([gap.evidence])}` : ""}`,
	);
	const tooltip = [...listeners.map(listenerTooltip), ...unknown].join("\n\n") || "Nothing that this service starts listens on a port.";
	return { position, paddingLeft: true, label: listenersLabel(listeners, gaps), tooltip: { kind: "markdown", value: tooltip } };
}

/** What a service listens on, as its hint says it. */
export function serviceSummary({ listeners, gaps }: ServicePrediction): string {
	return wordsOf(listenersLabel(listeners, gaps));
}

function portHint(verdict: PortVerdict): InlayHint {
	const { start, end } = rangeOf(verdict.entry.place);
	// An entry in the long form has a hint at its first line.
	const { file, start: offset } = verdict.entry.place;
	const firstLine = /^[^\r\n#]*/.exec(file.text.slice(offset))?.[0] ?? "";
	const position = start.line === end.line ? end : positionAt(file.text, offset + firstLine.trimEnd().length);
	return { position, paddingLeft: true, label: portLabel(verdict), tooltip: { kind: "markdown", value: portTooltip(verdict) } };
}

function portLabel(verdict: PortVerdict): InlayHintLabelPart[] {
	const { service, entry } = verdict;
	switch (verdict.state) {
		case "listens": {
			const [first] = verdict.listeners;
			const place = first?.site ? evidencePart(first.site) : { value: first?.fromBase ? "from the image" : (first?.program ?? "") };
			const more = distinctPorts(verdict.listeners).length - 1;
			return [{ value: "✓ " }, place, ...(more > 0 ? [{ value: ` and ${more} more` }] : [])];
		}
		case "loopback":
			return [{ value: `→ ${verdict.listeners[0] ? describeListener(verdict.listeners[0]) : ""}  loopback only` }];
		case "silent": {
			const instead = distinctPorts(verdict.instead).map(describeListener).slice(0, MAX_LISTED).join(", ");
			const numbers = entry.target?.first === entry.target?.last ? entry.target?.first : `${entry.target?.first}-${entry.target?.last}`;
			const asked = entry.protocol === "tcp" ? numbers : `${numbers}/${entry.protocol}`;
			return [
				{ value: instead ? `→ ${plain(service.name)} listens on ${instead}, not ${asked}` : `→ nothing in ${plain(service.name)} listens` },
			];
		}
		case "unknown":
			return [{ value: `? ${plain(verdict.reason)}` }];
	}
}

function portTooltip(verdict: PortVerdict): string {
	const name = inlineCode(verdict.service.name);
	switch (verdict.state) {
		case "listens":
		case "loopback":
			return verdict.listeners.map(listenerTooltip).join("\n\n");
		case "silent":
			return verdict.instead.length > 0
				? `Nothing in ${name} listens on this port.\n\n${verdict.instead.map(listenerTooltip).join("\n\n")}`
				: `Nothing in ${name} listens on any port.`;
		case "unknown":
			return `Whether ${name} listens on this port is unknown: ${inlineCode(verdict.reason)}`;
	}
}

function listenerTooltip(listener: ReportedListener): string {
	return `**${portKey(listener)}** ${reachWords(listener.address)}. ${certaintyWords(listener)}\n\n${evidenceChain(listener.evidence)}`;
}
