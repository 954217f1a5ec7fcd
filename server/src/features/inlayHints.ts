import type { InlayHint, InlayHintLabelPart } from "vscode-languageserver-types";
import { t } from "../model/message.ts";
import { isLoopback, portKey } from "../model/port.ts";
import type { Position } from "../model/text.ts";
import { describeListener, distinctPorts, plain } from "../verdict/describe.ts";
import type { Analysis, ExposeVerdict, ReportedListener, StageReport } from "../verdict/report.ts";
import { addExpose } from "./addExpose.ts";
import { evidencePart } from "./evidencePart.ts";
import { ALL_HINTS, type HintOptions, type LiveContainer } from "./hintOptions.ts";
import { evidenceChain, inlineCode } from "./links.ts";
import { listenersLabel, wordsOf } from "./listenersLabel.ts";
import { liveAt, liveWords } from "./liveWords.ts";
import { certaintyWords, reachWords } from "./words.ts";

/** More listeners than these are counted, not listed: a hint is read at a glance. */
const _MAX_LISTED = 3;

/** The hints of a Dockerfile: at its start commands, its EXPOSE lines, and the FROM lines that bring ports along. */
export function inlayHints(analysis: Analysis, { shown, live }: HintOptions = ALL_HINTS): InlayHint[] {
	const hints: InlayHint[] = [];
	for (const stage of analysis.stages) {
		const containers = shown.has("live") && stage === analysis.target ? live : [];
		const from = shown.has("from") ? fromHint(analysis, stage, containers) : undefined;
		if (from) hints.push(from);
		if (shown.has("start") && stage.start) hints.push(startHint(analysis, stage, stage.start.range.end, containers));
		if (!shown.has("expose")) continue;
		for (const instruction of new Set(stage.exposes.map((verdict) => verdict.expose.instruction))) {
			const hint = exposeHint(
				instruction.range.end,
				stage.exposes.filter((verdict) => verdict.expose.instruction === instruction),
				containers,
			);
			if (hint) hints.push(hint);
		}
	}
	return hints.sort((a, b) => a.position.line - b.position.line || a.position.character - b.position.character);
}

function startHint(analysis: Analysis, stage: StageReport, position: Position, containers: readonly LiveContainer[]): InlayHint {
	const seen = liveWords(containers, stage.listeners);
	const label = [...listenerParts(stage), ...(seen ? [{ value: `  ${seen}` }] : [])];
	const missing = stage.listeners.find((listener) => isMissing(listener));
	return {
		position,
		paddingLeft: true,
		label,
		tooltip: { kind: "markdown", value: startTooltip(stage) },
		...(missing && stage === analysis.target ? { textEdits: [addExpose(analysis.dockerfile, stage, missing)] } : {}),
	};
}

/** What a stage listens on, as its hint says it. */
export function stageSummary(stage: StageReport): string {
	return wordsOf(listenerParts(stage));
}

/** What is inherited, when this stage does not replace it. */
function fromHint(analysis: Analysis, stage: StageReport, containers: readonly LiveContainer[]): InlayHint | undefined {
	const { base, parent } = stage.image;
	if (parent) return undefined;
	const position = stage.image.stage.from.range.end;
	const parts: string[] = [];
	const inherits = !stage.start && !analysis.stages.some((other) => other.start && descends(other, stage));
	const unchanged = stage.listeners.every((listener) => listener.fromBase);
	if (inherits && stage.listeners.length > 0)
		parts.push(
			unchanged ? `⇢ ${distinctPorts(stage.listeners).map(describeListener).join(", ")}  ${t("from the image")}` : stageSummary(stage),
		);
	else if (inherits && stage === analysis.target)
		parts.push(stage.gaps[0] ? t("⇢ ports unknown: {0}", plain(stage.gaps[0].reason)) : t("⇢ no ports"));
	const seen = inherits ? liveWords(containers, stage.listeners) : "";
	if (seen) parts.push(seen);
	if (base.kind === "known" && base.image.exposed.length > 0) parts.push(t("exposes {0}", base.image.exposed.map(portKey).join(", ")));
	if (parts.length === 0) return undefined;
	const facts =
		base.kind === "known" ? [t("What {0} brings along, as {1} builds it.", inlineCode(base.image.reference), base.image.source)] : [];
	const known = inherits && stage.listeners.length > 0 ? stage.listeners.map(listenerTooltip) : [];
	const gaps = inherits ? stage.gaps.map((gap) => t("Ports unknown: {0}", inlineCode(gap.reason))) : [];
	const tooltip = [...known, ...gaps, ...facts].join("\n\n");
	return { position, paddingLeft: true, label: parts.join(" · "), ...(tooltip ? { tooltip: { kind: "markdown", value: tooltip } } : {}) };
}

function descends(stage: StageReport, from: StageReport): boolean {
	for (let image = stage.image.parent; image; image = image.parent) if (image === from.image) return true;
	return false;
}

function listenerParts(stage: StageReport): InlayHintLabelPart[] {
	return listenersLabel(stage.listeners, stage.gaps, isMissing);
}

function exposeHint(position: Position, verdicts: readonly ExposeVerdict[], containers: readonly LiveContainer[]): InlayHint | undefined {
	const spoken = verdicts.filter((verdict) => verdict.state !== "malformed");
	if (spoken.length === 0) return undefined;
	const parts: InlayHintLabelPart[] = [];
	for (const { said, names } of alike(spoken, containers)) {
		if (parts.length > 0) parts.push({ value: " · " });
		// One port on the line needs no number: it stands right there.
		parts.push({ value: `${said.mark} ${spoken.length > 1 ? `${names.join(", ")} ` : ""}` }, ...said.parts);
	}
	return { position, paddingLeft: true, label: parts, tooltip: { kind: "markdown", value: spoken.map(exposeTooltip).join("\n\n") } };
}

interface Said {
	readonly mark: "✓" | "✗" | "?";
	readonly parts: readonly InlayHintLabelPart[];
}

/** The verdicts of a line, those that say the same as one: `✗ 8080, 9000 nothing listens`. */
function alike(verdicts: readonly ExposeVerdict[], containers: readonly LiveContainer[]) {
	const groups = new Map<string, { readonly said: Said; readonly names: string[] }>();
	for (const verdict of verdicts) {
		const { mark, parts } = exposeSaid(verdict);
		const seen = verdict.expose.ports ? liveAt(containers, verdict.expose.ports) : "";
		const said = { mark, parts: seen ? [...parts, { value: `  ${seen}` }] : parts };
		const key = `${mark} ${said.parts.map(({ value }) => value).join("")}`;
		const group = groups.get(key) ?? { said, names: [] };
		groups.set(key, group);
		group.names.push(plain(verdict.expose.text));
	}
	return groups.values();
}

function exposeSaid(verdict: ExposeVerdict): Said {
	switch (verdict.state) {
		case "listens":
		case "loopback": {
			const [first] = verdict.listeners;
			const place = first?.site ? evidencePart(first.site) : { value: first?.fromBase ? t("from the image") : (first?.program ?? "") };
			const more = verdict.listeners.length > 1 ? [{ value: ` ${t("and {0} more", verdict.listeners.length - 1)}` }] : [];
			return verdict.state === "listens"
				? { mark: "✓", parts: [place, ...more] }
				: { mark: "✗", parts: [{ value: `${t("loopback only")}  ` }, place, ...more] };
		}
		case "silent":
			return { mark: "✗", parts: [{ value: t("nothing listens") }] };
		case "unknown":
			return { mark: "?", parts: [{ value: plain(verdict.reason) }] };
		case "malformed":
			return { mark: "?", parts: [] };
	}
}

function isMissing(listener: ReportedListener): boolean {
	return !listener.exposedBy && !isLoopback(listener.address);
}

function startTooltip(stage: StageReport): string {
	const parts = stage.listeners.map(listenerTooltip);
	if (stage.listeners.length === 0 && stage.gaps.length === 0) parts.push(t("Nothing that this command starts listens on a port."));
	if (stage.gaps.length > 0) {
		const intro = stage.listeners.length > 0 ? t("More ports may be open:") : t("Which ports this command opens is unknown:");
		parts.push(
			[
				intro,
				...stage.gaps.map(
					(gap) => `- ${inlineCode(gap.reason)}${gap.evidence ? `\n${evidenceChain([gap.evidence]).replace(/^/gm, "  ")}` : ""}`,
				),
			].join("\n"),
		);
	}
	return parts.join("\n\n");
}

function listenerTooltip(listener: ReportedListener): string {
	const missing = isMissing(listener) ? `\n\n${t("No EXPOSE documents it.")}` : "";
	return `${reachWords(listener)} ${certaintyWords(listener, inlineCode)}\n\n${evidenceChain(listener.evidence)}${missing}`;
}

function exposeTooltip(verdict: ExposeVerdict): string {
	const name = inlineCode(`EXPOSE ${verdict.expose.text}`);
	switch (verdict.state) {
		case "listens":
		case "loopback":
			return verdict.listeners.map(listenerTooltip).join("\n\n");
		case "silent":
			return t("{0}: nothing in this image listens there.", name);
		case "unknown":
			return t("{0}: whether something listens there is unknown: {1}", name, inlineCode(verdict.reason));
		case "malformed":
			return "";
	}
}
