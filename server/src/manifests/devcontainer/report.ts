import { URI, Utils } from "vscode-uri";
import { judgePort, namespaceOf, type PortState } from "../../compose/judge.ts";
import { type ImageSource, predictImage } from "../../compose/predictImage.ts";
import { predictService, type ServicePrediction } from "../../compose/predictService.ts";
import { type ComposeProject, mergeProject } from "../../compose/project.ts";
import { readJson } from "../../config/json.ts";
import { evidenceAt } from "../../config/node.ts";
import { recordReads } from "../../context/recordReads.ts";
import type { StartOverrides } from "../../image/overrides.ts";
import { t } from "../../model/message.ts";
import type { Pause } from "../../model/pause.ts";
import { type Gap, isLoopback } from "../../model/port.ts";
import type { TextFile } from "../../model/text.ts";
import { known } from "../../model/value.ts";
import type { World } from "../../verdict/analyse.ts";
import type { Analysis, ReportedListener } from "../../verdict/report.ts";
import { type DevContainer, type DevContainerSource, readDevContainer } from "./devContainer.ts";
import type { DevPort } from "./devPorts.ts";

/** Everything that is known of one dev container file, ready for hints and hovers. */
export interface DevContainerReport {
	readonly file: TextFile;
	/** In the order of the text; ports of which nothing can be said are left out. */
	readonly verdicts: readonly DevPortVerdict[];
}

export interface DevPortVerdict {
	readonly port: DevPort;
	/** What the container is called: its service, or nothing. */
	readonly name?: string;
	/** Of the image behind it, as far as there is one to look at. */
	readonly analysis?: Analysis;
	readonly state: DevPortState;
}

/** What is behind a port. Somebody works in a dev container, and may start there whatever they like: `silent` is never said of it. */
export type DevPortState =
	| PortState
	/** The image's command would listen there, but the container sleeps until somebody starts it (`overrideCommand`). */
	| { readonly state: "unstarted"; readonly listeners: readonly ReportedListener[] }
	/** The command is known and listens elsewhere; `starts`: with the container, else it would. */
	| { readonly state: "elsewhere"; readonly starts: boolean; readonly instead: readonly ReportedListener[] };

export interface DevContainerRequest {
	readonly uri: string;
	/** The text to look at, whatever stands on disk. */
	readonly text: string;
	/** As in `AnalysisRequest`. */
	readonly roots: readonly string[];
	/** As in `AnalysisRequest`. */
	readonly pause?: Pause;
}

/** Says of each port of a dev container file what listens behind it. Never rejects on user input. */
export async function analyseDevContainer(
	world: World,
	{ uri, text, ...common }: DevContainerRequest,
): Promise<{ readonly report: DevContainerReport; readonly asked: ReadonlySet<string> }> {
	const file: TextFile = { uri, text, origin: { line: 0, character: 0 } };
	const { files, asked } = recordReads(world.files);
	const { root } = readJson(file);
	const container = root && readDevContainer(root);
	if (!container?.source || container.ports.length === 0) return { report: { file, verdicts: [] }, asked };
	const seen = new Set<string>();
	const looked: Looked = { world: { ...world, files }, common, seen };
	const verdicts =
		container.source.kind === "compose"
			? await judgeServices(looked, container, container.source)
			: await judgeSingle(looked, container, container.source);
	verdicts.sort((a, b) => a.port.place.start - b.port.place.start);
	return { report: { file, verdicts }, asked: new Set([...asked, ...seen]) };
}

interface Looked {
	readonly world: World;
	readonly common: Pick<DevContainerRequest, "roots" | "pause">;
	/** What was looked at; filled while looking. */
	readonly seen: Set<string>;
}

/** What is known of the container in which the editor works. */
interface Inside {
	/** What starts without anybody's doing. */
	readonly started: { readonly listeners: readonly ReportedListener[]; readonly gaps: readonly Gap[] };
	/** What the image's command would listen on; absent when it starts. */
	readonly unstarted?: { readonly listeners: readonly ReportedListener[]; readonly gaps: readonly Gap[] };
	readonly analysis?: Analysis;
	readonly name?: string;
	/** Nothing is known of the image, which comes from elsewhere: reasons would be noise. */
	readonly foreign: boolean;
}

async function judgeSingle(
	looked: Looked,
	container: DevContainer,
	source: Exclude<DevContainerSource, { readonly kind: "compose" }>,
): Promise<DevPortVerdict[]> {
	const image: ImageSource =
		source.kind === "build"
			? { build: source.build }
			: {
					reference: source.reference,
					evidence: evidenceAt(source.place),
					folder: Utils.dirname(URI.parse(source.place.file.uri)).toString(),
				};
	const mounts = container.mounts.map(({ place, ...mount }) => ({ ...mount, evidence: evidenceAt(place) }));
	const overrides: StartOverrides = { environment: container.environment, mounts };
	const { prediction, asked } = await predictImage(looked.world, image, overrides, looked.common);
	for (const uri of asked) looked.seen.add(uri);
	const commands = await predictCommands(looked, container, image, overrides);
	const own = { listeners: prediction.listeners, gaps: prediction.gaps };
	const inside: Inside = {
		started: container.starts ? joined(own, commands) : commands,
		...(container.starts ? {} : { unstarted: own }),
		...(prediction.analysis ? { analysis: prediction.analysis } : {}),
		foreign: source.kind === "image" && own.listeners.length === 0,
	};
	// Another host is one that only the container's network knows.
	return container.ports.filter(({ host }) => host === undefined).flatMap((port) => judgeInside(port, inside));
}

async function judgeServices(
	looked: Looked,
	container: DevContainer,
	source: Extract<DevContainerSource, { readonly kind: "compose" }>,
): Promise<DevPortVerdict[]> {
	const chain: TextFile[] = [];
	const open = (reason: string): DevPortVerdict[] => container.ports.map((port) => ({ port, state: { state: "unknown", reason } }));
	for (const uri of source.files) {
		if (uri === undefined) return open(t("the compose file's name hangs on a variable"));
		const read = await looked.world.files.read(uri);
		const name = Utils.basename(URI.parse(uri));
		if (read.kind !== "text") return open(read.kind === "absent" ? t("{0} is not there", name) : `${name} ${read.reason}`);
		chain.push({ uri, text: read.text, origin: { line: 0, character: 0 } });
	}
	const [first] = chain;
	if (!first) return [];
	const project = await mergeProject(looked.world.files, Utils.dirname(URI.parse(first.uri)).toString(), chain);
	const primary = project.services.find(({ name }) => name === source.service);
	if (!primary) return open(t("there is no service {0}", source.service));
	const predictions = await predictServices(looked, project);
	const own = predictions.find(({ service }) => service === primary);
	// A service that sleeps is no part of what its network listens on.
	const running = container.starts ? predictions : predictions.filter((one) => one !== own);
	const inside: Inside = {
		started: namespaceOf(primary, predictions, running),
		...(own && !container.starts ? { unstarted: own } : {}),
		...(own?.analysis ? { analysis: own.analysis } : {}),
		name: primary.name,
		foreign: false,
	};
	return container.ports.flatMap((port): DevPortVerdict[] => {
		const other = port.host === undefined ? primary : project.services.find(({ name }) => name === port.host);
		if (!other) return [];
		if (other === primary) return judgeInside(port, inside);
		const { listeners, gaps } = namespaceOf(other, predictions, running);
		const analysis = predictions.find(({ service }) => service === other)?.analysis;
		return [{ port, name: other.name, ...(analysis ? { analysis } : {}), state: judgePort(port, listeners, gaps) }];
	});
}

async function predictServices({ world, common, seen }: Looked, project: ComposeProject): Promise<readonly ServicePrediction[]> {
	const predictions: ServicePrediction[] = [];
	for (const service of project.services) {
		const { prediction, asked } = await predictService(world, project, service, common);
		for (const uri of asked) seen.add(uri);
		predictions.push(prediction);
	}
	return predictions;
}

/** What the commands listen on that the editor starts in the container each time. What they do not tell stays unsaid. */
async function predictCommands(
	{ world, common, seen }: Looked,
	container: DevContainer,
	image: ImageSource,
	overrides: StartOverrides,
): Promise<Inside["started"]> {
	const listeners: ReportedListener[] = [];
	for (const { words, place } of container.commands) {
		const evidence = evidenceAt(place);
		const { prediction, asked } = await predictImage(
			world,
			image,
			{
				...overrides,
				entrypoint: { words: [], evidence },
				command: { words, evidence },
				environment: new Map([...overrides.environment, ...container.remoteEnvironment]),
				workdir: known(container.workspaceFolder, evidence),
			},
			common,
		);
		for (const uri of asked) seen.add(uri);
		listeners.push(...prediction.listeners.filter(({ fromBase }) => !fromBase));
	}
	return { listeners, gaps: [] };
}

function joined(a: Inside["started"], b: Inside["started"]): Inside["started"] {
	return { listeners: [...a.listeners, ...b.listeners], gaps: [...a.gaps, ...b.gaps] };
}

function judgeInside(port: DevPort, inside: Inside): DevPortVerdict[] {
	const state = stateInside(port, inside);
	const { name, analysis } = inside;
	return state ? [{ port, state, ...(name === undefined ? {} : { name }), ...(analysis ? { analysis } : {}) }] : [];
}

function stateInside(port: DevPort, { started, unstarted, foreign }: Inside): DevPortState | undefined {
	const { target } = port;
	if (!target) return { state: "unknown", reason: port.reason ?? t("it is not a port") };
	const hits = ({ listeners }: Inside["started"]) =>
		listeners.filter(({ port: of, protocol }) => protocol === port.protocol && of >= target.first && of <= target.last);
	const now = hits(started);
	const isReached = (listener: ReportedListener) => port.kind !== "published" || !isLoopback(listener.address);
	const reached = now.filter(isReached);
	if (reached.length > 0) return { state: "listens", listeners: reached };
	if (now.length > 0) return { state: "loopback", listeners: now };
	const later = unstarted ? hits(unstarted) : [];
	if (later.some(isReached)) return { state: "unstarted", listeners: later.filter(isReached) };
	if (later.length > 0) return { state: "loopback", listeners: later };
	if (foreign && started.listeners.length === 0) return undefined;
	const command = unstarted ?? started;
	const gap = command.gaps[0];
	if (command.listeners.length === 0 && gap && !unstarted) return { state: "unknown", reason: gap.reason };
	return { state: "elsewhere", starts: !unstarted, instead: command.listeners };
}
