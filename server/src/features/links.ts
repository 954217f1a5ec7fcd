import type { Evidence } from "../model/text.ts";
import { describeEvidence, plain } from "../verdict/describe.ts";

/** Text from a workspace as inline code: it must never become a link, a command or a heading. */
export function inlineCode(text: string): string {
	const clean = plain(text).slice(0, 200);
	const longestRun = Math.max(0, ...(clean.match(/`+/g) ?? []).map((run) => run.length));
	const fence = "`".repeat(longestRun + 1);
	const pad = clean.startsWith("`") || clean.endsWith("`") ? " " : "";
	return `${fence}${pad}${clean}${pad}${fence}`;
}

/** `[app.py:33](file:///…/app.py#L33)`, which editors open at that line. */
export function evidenceLink(evidence: Evidence): string {
	const label = describeEvidence(evidence).replace(/[\\`*_{}[\]()#+!<>|~]/g, "\\$&");
	const target = evidence.uri.replace(/[()<>\s]/g, (char) => encodeURIComponent(char).replace("(", "%28").replace(")", "%29"));
	return `[${label}](${target}#L${evidence.range.start.line + 1})`;
}

/** The chain from the start command to the deciding place, one step a line. */
export function evidenceChain(evidence: readonly Evidence[]): string {
	return evidence.map((one, i) => `${"  ".repeat(i)}${i === 0 ? "-" : "- ⤷"} ${inlineCode(one.text)} ${evidenceLink(one)}`).join("\n");
}
