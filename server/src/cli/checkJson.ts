import { relative, sep } from "node:path";
import { URI } from "vscode-uri";
import { evidenceAt, type Place } from "../config/node.ts";
import type { Evidence } from "../model/text.ts";
import { describeEvidence } from "../verdict/describe.ts";
import { type Analysis, type Complaint, DEFAULT_SEVERITY, type ReportedListener } from "../verdict/report.ts";
import type { CheckedCompose, CheckedDockerfile, CheckedFile } from "./checkedFile.ts";
import { printableJson } from "./printable.ts";

/** The JSON contract of `portlight check --format json`, version 1: docs/check-json.md describes it. */
export function checkJson(files: readonly CheckedFile[], cwd: string): string {
	return `${printableJson({ version: 1, files: files.map((file) => (file.kind === "dockerfile" ? dockerfileJson(file, cwd) : composeJson(file, cwd))) })}\n`;
}

/** With slashes, relative to the folder that the command runs in. */
function show(cwd: string, absolute: string): string {
	return relative(cwd, absolute).split(sep).join("/") || ".";
}

function pathOf(cwd: string, uri: string): string {
	return show(cwd, URI.parse(uri).fsPath);
}

function dockerfileJson({ path, analysis, wantedTarget, ms }: CheckedDockerfile, cwd: string) {
	const { target } = analysis;
	return {
		path: show(cwd, path),
		context: pathOf(cwd, analysis.context),
		target: wantedTarget ?? null,
		listeners: (target?.listeners ?? []).map((listener) => listenerJson(listener, cwd)),
		exposed: target ? exposedJson(analysis) : [],
		gaps: target
			? target.gaps.map((gap) => ({ reason: gap.reason, line: lineOf(analysis, gap.evidence) }))
			: [{ reason: "there is no FROM", line: 1 }],
		findings: analysis.findings.map(findingJson),
		ms: Math.round(ms * 10) / 10,
	};
}

/** What each service listens on, because a compose file is no image of its own. */
function composeJson({ path, report, ms }: CheckedCompose, cwd: string) {
	const isHere = (place: Place) => place.file.uri === report.file.uri;
	const lineIn = (evidence: Evidence | undefined) => (evidence?.uri === report.file.uri ? evidence.range.start.line : 0) + 1;
	return {
		path: show(cwd, path),
		context: pathOf(cwd, report.project.folder),
		target: null,
		listeners: [],
		exposed: [],
		gaps: report.project.gaps.map(({ reason, evidence }) => ({ reason, line: lineIn(evidence) })),
		services: report.predictions
			.filter(({ service }) => isHere(service.place))
			.map(({ service, listeners, gaps }) => ({
				name: service.name,
				line: evidenceAt(service.place).range.start.line + 1,
				listeners: listeners.map((listener) => listenerJson(listener, cwd)),
				gaps: gaps.map(({ reason, evidence }) => ({ reason, line: lineIn(evidence) })),
				published: report.verdicts
					.filter((verdict) => verdict.service === service)
					.map(({ entry, state }) => ({
						line: evidenceAt(entry.place).range.start.line + 1,
						target: entry.target ?? null,
						published: entry.published ?? null,
						protocol: entry.protocol,
						listens: state === "listens" ? true : state === "unknown" ? null : false,
					})),
			})),
		findings: report.findings.map(findingJson),
		ms: Math.round(ms * 10) / 10,
	};
}

function listenerJson(listener: ReportedListener, cwd: string) {
	return {
		port: listener.port,
		protocol: listener.protocol,
		address: listener.address,
		certainty: listener.certainty,
		overriddenBy: listener.overriddenBy ?? null,
		exposed: listener.exposedBy !== undefined,
		evidence: evidenceFirst(listener).map((evidence) => ({
			path: pathOf(cwd, evidence.uri),
			line: evidence.range.start.line + 1,
			text: evidence.text,
		})),
	};
}

function findingJson({ code, range, message }: Complaint) {
	return { code, severity: DEFAULT_SEVERITY[code], line: range.start.line + 1, message };
}

/** The place that opens the port comes first, then the rest of the chain. */
function evidenceFirst({ site, evidence }: ReportedListener) {
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
