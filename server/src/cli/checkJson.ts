import { relative, sep } from "node:path";
import { URI } from "vscode-uri";
import type { Evidence } from "../model/text.ts";
import { describeEvidence } from "../verdict/describe.ts";
import { type Analysis, DEFAULT_SEVERITY } from "../verdict/report.ts";
import { printableJson } from "./printable.ts";

/** One Dockerfile after its analysis. */
export interface CheckedFile {
	/** Absolute. */
	readonly path: string;
	readonly analysis: Analysis;
	/** What `--target` said. */
	readonly wantedTarget: string | undefined;
	/** Milliseconds from reading the file to the findings. */
	readonly ms: number;
}

/** The JSON contract of `portlight check --format json`, version 1: docs/check-json.md describes it. */
export function checkJson(files: readonly CheckedFile[], cwd: string): string {
	return `${printableJson({ version: 1, files: files.map((file) => fileJson(file, cwd)) })}\n`;
}

function fileJson({ path, analysis, wantedTarget, ms }: CheckedFile, cwd: string) {
	const { target } = analysis;
	const show = (absolute: string) => relative(cwd, absolute).split(sep).join("/") || ".";
	const pathOf = (uri: string) => show(URI.parse(uri).fsPath);
	return {
		path: show(path),
		context: pathOf(analysis.context),
		target: wantedTarget ?? null,
		listeners: (target?.listeners ?? []).map((listener) => ({
			port: listener.port,
			protocol: listener.protocol,
			address: listener.address,
			certainty: listener.certainty,
			overriddenBy: listener.overriddenBy ?? null,
			exposed: listener.exposedBy !== undefined,
			evidence: evidenceFirst(listener).map((evidence) => ({
				path: pathOf(evidence.uri),
				line: evidence.range.start.line + 1,
				text: evidence.text,
			})),
		})),
		exposed: target ? exposedJson(analysis) : [],
		gaps: target
			? target.gaps.map((gap) => ({ reason: gap.reason, line: lineOf(analysis, gap.evidence) }))
			: [{ reason: "there is no FROM", line: 1 }],
		findings: analysis.findings.map((finding) => ({
			code: finding.code,
			severity: DEFAULT_SEVERITY[finding.code],
			line: finding.range.start.line + 1,
			message: finding.message,
		})),
		ms: Math.round(ms * 10) / 10,
	};
}

type TargetListener = NonNullable<Analysis["target"]>["listeners"][number];

/** The place that opens the port comes first, then the rest of the chain. */
function evidenceFirst({ site, evidence }: TargetListener) {
	return site ? [site, ...evidence.filter((one) => one !== site)] : evidence;
}

function exposedJson({ dockerfile, target }: Analysis) {
	if (!target) return [];
	const exposed: { first: number; last: number; protocol: string; from: string }[] = [];
	for (let image: typeof target.image | undefined = target.image; image; image = image.parent) {
		for (const { ports, range } of image.exposes)
			if (ports) exposed.push({ ...ports, from: describeEvidence({ uri: dockerfile.uri, range, text: "" }) });
	}
	const { base } = target.image;
	// What parent stages expose has just been named by its line; what is left comes with the base image.
	if (base.kind === "known") exposed.push(...target.image.inheritedExposes.filter((one) => one.from === base.image.reference));
	return exposed.flatMap(({ first, last, protocol, from }) =>
		Array.from({ length: last - first + 1 }, (_, i) => ({ port: first + i, protocol, from })),
	);
}

/** The line in the Dockerfile; the start command's when the gap lies in another file. */
function lineOf({ dockerfile, target }: Analysis, evidence: Evidence | undefined): number {
	const range = evidence?.uri === dockerfile.uri ? evidence.range : (target?.start ?? target?.image.stage.from)?.range;
	return (range?.start.line ?? 0) + 1;
}
