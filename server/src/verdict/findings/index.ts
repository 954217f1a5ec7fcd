import type { Dockerfile } from "../../dockerfile/dockerfile.ts";
import type { Finding, StageReport } from "../report.ts";
import { healthcheckPort } from "./healthcheckPort.ts";
import { loopbackOnly } from "./loopbackOnly.ts";
import { notExposed } from "./notExposed.ts";
import { nothingListens } from "./nothingListens.ts";
import { wrongProtocol } from "./wrongProtocol.ts";

/** Every finding there is; a new one is a file beside these and a line here. */
const FINDINGS: readonly ((stage: StageReport, dockerfile: Dockerfile) => Finding[])[] = [
	notExposed,
	nothingListens,
	wrongProtocol,
	loopbackOnly,
	healthcheckPort,
];

/** The findings of one stage, in the order of the text. */
export function findingsOf(stage: StageReport, dockerfile: Dockerfile): Finding[] {
	return FINDINGS.flatMap((find) => find(stage, dockerfile)).sort(
		(a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
	);
}
