import type { Dockerfile } from "../../dockerfile/dockerfile.ts";
import { applyIgnores, readIgnores } from "../ignore.ts";
import type { Finding, StageReport } from "../report.ts";
import { healthcheckPort } from "./healthcheckPort.ts";
import { ignoresNothing } from "./ignoresNothing.ts";
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

/**
 * The findings of one stage, and of what the stages below it expose in its place, in the order of the text, without those that
 * a comment asks to ignore.
 */
export function findingsOf(stage: StageReport, dockerfile: Dockerfile, below: readonly StageReport[]): Finding[] {
	const inherited = below.flatMap((one) => nothingListens({ ...one, listeners: stage.listeners }));
	const found = [...FINDINGS.flatMap((find) => find(stage, dockerfile)), ...inherited];
	const ignores = readIgnores(dockerfile.document.getText());
	const { kept, idle } = applyIgnores(ignores, found, (finding) => instructionLine(finding, dockerfile));
	return [...kept, ...ignoresNothing(stage, idle)].sort(
		(a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
	);
}

/** The line that the instruction of a finding starts at: a word of it may stand on a later one. */
export function instructionLine({ range }: Finding, { stages }: Dockerfile): number {
	const { line } = range.start;
	const instruction = stages
		.flatMap(({ from, instructions }) => [from, ...instructions])
		.find((one) => one.range.start.line <= line && line <= one.range.end.line);
	return instruction?.range.start.line ?? line;
}
