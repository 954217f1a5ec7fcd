import { evidenceAt, type Place } from "../config/node.ts";
import { recordReads } from "../context/recordReads.ts";
import { t } from "../model/message.ts";
import type { Pause } from "../model/pause.ts";
import { type Port, portKey } from "../model/port.ts";
import { type Evidence, type Range, rangeBetween, type TextFile } from "../model/text.ts";
import type { World } from "../verdict/analyse.ts";
import { describeListener, distinctPorts } from "../verdict/describe.ts";
import { applyIgnores, type Ignore, readIgnores } from "../verdict/ignore.ts";
import { type Complaint, FINDING_CODES } from "../verdict/report.ts";
import { type HostPortConflict, hostPortConflicts, judgePorts, type PortVerdict } from "./judge.ts";
import type { PortRange, ServicePort } from "./ports.ts";
import { predictService, type ServicePrediction } from "./predictService.ts";
import { type ComposeProject, readProject } from "./project.ts";

/** Everything that is known of one compose file, ready for hints, findings, hovers and the terminal. */
export interface ComposeReport {
	readonly file: TextFile;
	readonly project: ComposeProject;
	/** Of every service of the project, wherever it is written. */
	readonly predictions: readonly ServicePrediction[];
	/** Of the entries of `ports` in this file. */
	readonly verdicts: readonly PortVerdict[];
	/** In this file, in the order of the text. */
	readonly findings: readonly ComposeFinding[];
}

/** A finding at an entry of `ports`, or at a comment that ignores nothing. */
export interface ComposeFinding extends Complaint {
	readonly subject: PortVerdict | HostPortConflict | { readonly ignore: Ignore };
}

export interface ComposeResult {
	readonly report: ComposeReport;
	/** As in `AnalysisResult`. */
	readonly asked: ReadonlySet<string>;
}

export interface ComposeRequest {
	readonly uri: string;
	/** The text to look at, whatever stands on disk. */
	readonly text: string;
	/** As in `AnalysisRequest`. */
	readonly roots: readonly string[];
	/** As in `AnalysisRequest`. */
	readonly pause?: Pause;
}

/** Predicts what the services of a compose file listen on, and judges what it publishes. Never rejects on user input. */
export async function analyseCompose(world: World, { uri, text, roots, pause }: ComposeRequest): Promise<ComposeResult> {
	const { files, asked } = recordReads(world.files);
	const seen = new Set<string>();
	const project = await readProject(files, uri, text);
	const predictions: ServicePrediction[] = [];
	for (const service of project.services) {
		const { prediction, asked: more } = await predictService({ ...world, files }, project, service, { roots, ...(pause ? { pause } : {}) });
		predictions.push(prediction);
		for (const one of more) seen.add(one);
	}
	const isHere = ({ place }: { readonly place: Place }) => place.file.uri === uri;
	const verdicts = judgePorts(predictions).filter(({ entry }) => isHere(entry));
	const conflicts = hostPortConflicts(project.services).filter(({ entry }) => isHere(entry));
	const file: TextFile = { uri, text, origin: { line: 0, character: 0 } };
	const found = [...verdicts.flatMap(judged), ...conflicts.map(conflicting)];
	const { kept, idle } = applyIgnores(readIgnores(text), found, ({ range }) => range.start.line);
	const findings = [...kept, ...idle.flatMap((ignore) => ignoringNothing(ignore, verdicts))].sort(
		(a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
	);
	return { report: { file, project, predictions, verdicts, findings }, asked: new Set([...asked, ...seen]) };
}

/** The range of a place in its own file. */
export function rangeOf({ file, start, end }: Place): Range {
	return rangeBetween(file.text, start, end);
}

function judged(verdict: PortVerdict): ComposeFinding[] {
	const { entry, service } = verdict;
	if (verdict.state === "silent") {
		const instead = distinctPorts(verdict.instead).map(portKey).join(", ");
		const message = instead
			? t("{0} publishes {1} of {2}, but {2} listens on {3}", mapping(entry), targetOf(entry), service.name, instead)
			: t("{0} publishes {1} of {2}, but nothing in {2} listens", mapping(entry), targetOf(entry), service.name);
		return [finding("publishes-silence", message, entry.place, verdict.instead[0]?.evidence ?? [], verdict)];
	}
	if (verdict.state === "loopback") {
		const [listener] = verdict.listeners;
		if (!listener) return [];
		const message = t("{0} reaches {1} of {2}: loopback only", mapping(entry), describeListener(listener), service.name);
		return [finding("unreachable-target", message, entry.place, listener.evidence, verdict)];
	}
	return [];
}

function conflicting(conflict: HostPortConflict): ComposeFinding {
	const { port, entry, service, earlier } = conflict;
	const message =
		earlier.service === service
			? t("Port {0} of the host can be published once, and {1} publishes it twice", port, service.name)
			: t("Port {0} of the host can be published once, and {1} publishes it too", port, earlier.service.name);
	return finding("published-twice", message, entry.place, [evidenceAt(earlier.entry.place)], conflict);
}

/** An ignore comment that takes nothing away. What is unknown may be a finding tomorrow. */
function ignoringNothing(ignore: Ignore, verdicts: readonly PortVerdict[]): ComposeFinding[] {
	const known = (FINDING_CODES as readonly string[]).includes(ignore.code);
	const below = verdicts.filter(({ entry }) => rangeOf(entry.place).start.line === ignore.line);
	if (known && (below.length === 0 || below.some(({ state }) => state === "unknown"))) return [];
	const message = known ? t("There is no {0} to ignore here", ignore.code) : t("There is no finding called {0}", ignore.code);
	return [{ code: "ignores-nothing", message, range: ignore.range, related: [], subject: { ignore } }];
}

function finding(
	code: ComposeFinding["code"],
	message: string,
	place: Place,
	related: readonly Evidence[],
	subject: ComposeFinding["subject"],
): ComposeFinding {
	return { code, message, range: rangeOf(place), related, subject };
}

/** An entry as `docker ps` would write it: `8080:80`. */
function mapping({ published, target, hostIp }: ServicePort): string {
	const host = hostIp === undefined ? "" : hostIp.includes(":") ? `[${hostIp}]:` : `${hostIp}:`;
	return `${published ? `${host}${numbers(published)}:` : ""}${target ? numbers(target) : ""}`;
}

function targetOf({ target, protocol }: ServicePort): string {
	return target ? `${numbers(target)}/${protocol satisfies Port["protocol"]}` : t("a port");
}

function numbers({ first, last }: PortRange): string {
	return first === last ? String(first) : `${first}-${last}`;
}
