import type { InlayHintLabelPart, Range } from "vscode-languageserver-types";
import type { Evidence } from "../model/text.ts";
import { describeEvidence } from "../verdict/describe.ts";

/** The part of a hint that leads to a place: `app.py:33`. */
export function evidencePart(evidence: Evidence): InlayHintLabelPart {
	return { value: describeEvidence(evidence), location: { uri: evidence.uri, range: evidence.range as Range } };
}
