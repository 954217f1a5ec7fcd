import { URI, Utils } from "vscode-uri";
import { judgePort, type PortState } from "../../compose/judge.ts";
import { predictImage } from "../../compose/predictImage.ts";
import { type ConfigScalar, evidenceAt } from "../../config/node.ts";
import { recordReads } from "../../context/recordReads.ts";
import type { MountedPath, StartOverrides } from "../../image/overrides.ts";
import type { FileSystem } from "../../model/files.ts";
import { t } from "../../model/message.ts";
import type { Pause } from "../../model/pause.ts";
import type { Gap } from "../../model/port.ts";
import type { TextFile } from "../../model/text.ts";
import { known } from "../../model/value.ts";
import type { World } from "../../verdict/analyse.ts";
import type { Analysis, ReportedListener } from "../../verdict/report.ts";
import { type ImageBuilds, imageBuilds } from "../builds/imageBuild.ts";
import { expandReferences, readEnvironment, sameNamespace } from "./environment.ts";
import { itemsOf, type KubernetesObject, readObjects, textOf } from "./objects.ts";
import { readServices, type ServiceTarget } from "./services.ts";
import { type Container, readWorkload, type WantedPort, type Workload } from "./workload.ts";

/** Everything that is known of one manifest, ready for hints and hovers. */
export interface KubernetesReport {
	readonly file: TextFile;
	/** Containers whose image is built here, or known. */
	readonly containers: readonly ContainerPrediction[];
	/** In the order of the text; ports of which nothing can be said are left out. */
	readonly verdicts: readonly ManifestVerdict[];
}

export interface ContainerPrediction {
	readonly image: ConfigScalar;
	readonly analysis?: Analysis;
	readonly listeners: readonly ReportedListener[];
	readonly gaps: readonly Gap[];
	/** URI of the Dockerfile, where only its name says that it builds the image. */
	readonly guessed?: string;
}

export interface ManifestVerdict {
	readonly port: WantedPort;
	/** Of the container. */
	readonly name: string;
	readonly prediction: ContainerPrediction;
	readonly state: PortState;
}

export interface KubernetesRequest {
	readonly uri: string;
	/** The text to look at, whatever stands on disk. */
	readonly text: string;
	/** As in `AnalysisRequest`. */
	readonly roots: readonly string[];
	/** As in `AnalysisRequest`. */
	readonly pause?: Pause;
}

/** Manifests of one folder that are read. */
const MAX_FILES = 60;

/** Says of each port of a manifest what listens behind it. Silent about images from elsewhere. Never rejects on user input. */
export async function analyseKubernetes(
	world: World,
	{ uri, text, ...common }: KubernetesRequest,
): Promise<{ readonly report: KubernetesReport; readonly asked: ReadonlySet<string> }> {
	const file: TextFile = { uri, text, origin: { line: 0, character: 0 } };
	const own = readObjects(file);
	const nothing = { report: { file, containers: [], verdicts: [] }, asked: new Set<string>() };
	const root = common.roots.find((one) => uri.startsWith(`${one}/`));
	if (root === undefined || !own.some(({ kind }) => kind !== "ConfigMap")) return nothing;
	const { files, asked } = recordReads(world.files);
	const seen = new Set<string>();
	const objects = [...own, ...(await neighbours(files, uri))];
	const looked: Looked = { world: { ...world, files }, common, objects, builds: await imageBuilds(files, root), seen, known: new Map() };
	const verdicts: ManifestVerdict[] = [];
	for (const object of own) {
		const workload = readWorkload(object);
		for (const container of workload?.containers ?? []) {
			if (!workload) continue;
			for (const port of [...container.ports, ...container.probes])
				verdicts.push(...(await judgeInPod(looked, port, numbered(port, [container]), container, workload)));
			await predict(looked, container, workload);
		}
		for (const target of readServices(object)) verdicts.push(...(await judgeTarget(looked, target)));
	}
	verdicts.sort((a, b) => a.port.place.start - b.port.place.start);
	const all = (await Promise.all(looked.known.values())).flatMap((one) => one ?? []);
	const containers = all.filter(({ image }) => image.place.file === file || image.place.file.uri === uri);
	return { report: { file, containers, verdicts }, asked: new Set([...asked, ...seen]) };
}

interface Looked {
	readonly world: World;
	readonly common: Pick<KubernetesRequest, "roots" | "pause">;
	/** Of the manifest and of those beside it. */
	readonly objects: readonly KubernetesObject[];
	readonly builds: ImageBuilds;
	/** What was looked at; filled while looking. */
	readonly seen: Set<string>;
	/** Each container is predicted once. */
	readonly known: Map<Container["node"], Promise<ContainerPrediction | undefined>>;
}

async function neighbours(files: FileSystem, uri: string): Promise<readonly KubernetesObject[]> {
	const folder = Utils.dirname(URI.parse(uri));
	const listed = await files.list(folder.toString());
	if (listed.kind !== "entries") return [];
	const names = [...listed.entries].filter(([name, kind]) => kind === "file" && /\.ya?ml$/i.test(name)).map(([name]) => name);
	const objects: KubernetesObject[] = [];
	for (const name of names.sort().slice(0, MAX_FILES)) {
		const other = Utils.joinPath(folder, name).toString();
		const read = other === uri ? undefined : await files.read(other);
		if (read?.kind === "text") objects.push(...readObjects({ uri: other, text: read.text, origin: { line: 0, character: 0 } }));
	}
	return objects;
}

function predict(looked: Looked, container: Container, workload: Workload): Promise<ContainerPrediction | undefined> {
	const kept = looked.known.get(container.node) ?? predictContainer(looked, container, workload);
	looked.known.set(container.node, kept);
	return kept;
}

async function predictContainer(
	{ world, common, objects, builds, seen }: Looked,
	container: Container,
	workload: Workload,
): Promise<ContainerPrediction | undefined> {
	const { image } = container;
	if (!image || !/^[\w][\w.:@/-]*$/.test(image.text)) return undefined;
	const evidence = evidenceAt(image.place);
	const found = await builds.of(image.text, image.place);
	const folder = Utils.dirname(URI.parse(image.place.file.uri)).toString();
	const source = found ? { build: found.build } : { reference: image.text, evidence, folder };
	const environment = readEnvironment(workload, container, objects);
	const { overrides, gaps } = overridesOf(container, workload, environment.values);
	const { prediction, asked } = await predictImage(world, source, overrides, common);
	for (const uri of asked) seen.add(uri);
	// What an image does by itself hangs on the configuration that a volume may replace.
	const listeners = gaps.length > 0 ? prediction.listeners.filter(({ fromBase }) => !fromBase) : prediction.listeners;
	// Of an image from elsewhere there is nothing to say, unless it is known.
	if (!found && listeners.length === 0) return undefined;
	const isGuess = found?.guessed === true;
	return {
		image,
		...(prediction.analysis ? { analysis: prediction.analysis } : {}),
		listeners: isGuess ? listeners.map(unsure) : listeners,
		gaps: [...prediction.gaps, ...environment.gaps, ...gaps],
		...(isGuess && found.build.dockerfile !== undefined ? { guessed: found.build.dockerfile } : {}),
	};
}

/** Nothing is certain of an image that is only guessed to be built here. */
function unsure(listener: ReportedListener): ReportedListener {
	return listener.certainty === "certain" ? { ...listener, certainty: "default" } : listener;
}

function overridesOf(
	{ node }: Container,
	workload: Workload,
	environment: StartOverrides["environment"],
): { readonly overrides: StartOverrides; readonly gaps: readonly Gap[] } {
	const command = (field: string) => {
		const items = itemsOf(node, field);
		const [first] = items;
		// An empty list is none.
		if (!first) return undefined;
		const words = items.flatMap((item) => (item.kind === "scalar" ? [expandReferences(item, environment)] : []));
		return { words, evidence: evidenceAt(first.place) };
	};
	const workdir = textOf(node, "workingDir");
	const mounts: MountedPath[] = [];
	const gaps: Gap[] = [];
	for (const item of itemsOf(node, "volumeMounts")) {
		const target = textOf(item, "mountPath")?.replace(/(?<=.)\/+$/, "");
		if (!target?.startsWith("/")) continue;
		const evidence = evidenceAt(item.place);
		const hidden = t("a volume stands at {0}", target);
		mounts.push({ target, hidden, evidence });
		// Configuration decides ports, data does not.
		if (workload.configVolumes.has(textOf(item, "name") ?? "")) gaps.push({ reason: hidden, evidence });
	}
	const [entrypoint, start] = [command("command"), command("args")];
	const overrides: StartOverrides = {
		environment,
		mounts,
		...(entrypoint ? { entrypoint } : {}),
		...(start ? { command: start } : {}),
		...(workdir === undefined ? {} : { workdir: known(workdir, evidenceAt(node.place)) }),
	};
	return { overrides, gaps };
}

/** A port by its name among those of some containers. */
function numbered(port: WantedPort, containers: readonly Container[]): WantedPort | undefined {
	if (port.target) return port;
	const found = containers.flatMap(({ ports }) => ports).find(({ name, protocol }) => name === port.named && protocol === port.protocol);
	return found?.target && { place: port.place, protocol: port.protocol, target: found.target };
}

/** What is said of a port that stands at, or belongs to, one container: the others of its pod may listen on it too. */
async function judgeInPod(
	looked: Looked,
	port: WantedPort,
	meant: WantedPort | undefined,
	container: Container,
	workload: Workload,
): Promise<ManifestVerdict[]> {
	const prediction = await predict(looked, container, workload);
	if (!prediction) return [];
	const common = { port, name: container.name, prediction };
	if (!meant) return [{ ...common, state: { state: "unknown", reason: t("no port is called {0}", port.named ?? "") } }];
	const state = judgePort(meant, prediction.listeners, prediction.gaps);
	if (state.state === "listens") return [{ ...common, port: { ...port, ...onlyTarget(meant) }, state }];
	for (const other of workload.containers) {
		const theirs = other === container ? undefined : await predict(looked, other, workload);
		const found = theirs && judgePort(meant, theirs.listeners, theirs.gaps);
		if (theirs && found?.state === "listens")
			return [{ ...common, port: { ...port, ...onlyTarget(meant) }, prediction: theirs, state: found }];
	}
	return [{ ...common, port: { ...port, ...onlyTarget(meant) }, state }];
}

function onlyTarget({ target }: WantedPort): Pick<WantedPort, "target"> {
	return target ? { target } : {};
}

/** What a service leads to: the containers of the pods that it selects, when all of them say the same. */
async function judgeTarget(looked: Looked, { port, selector, namespace }: ServiceTarget): Promise<ManifestVerdict[]> {
	const verdicts: ManifestVerdict[] = [];
	for (const workload of looked.objects.flatMap((one) => readWorkload(one) ?? [])) {
		const selected = [...selector].every(([name, value]) => workload.labels.get(name) === value);
		if (!selected || !sameNamespace(namespace, workload.namespace)) continue;
		const meant = numbered(port, workload.containers);
		const owner = ownerOf(workload, meant);
		// A container that nothing is known of may listen there.
		if (!owner) return [];
		verdicts.push(...(await judgeInPod(looked, port, meant, owner, workload)));
	}
	const [first, ...others] = verdicts;
	return first && others.every(({ state }) => state.state === first.state.state) ? [first] : [];
}

/** The container that says that it has the port; of a pod with one container, that one. */
function ownerOf({ containers }: Workload, meant: WantedPort | undefined): Container | undefined {
	const wanted = meant?.target?.first;
	const owner = containers.find(({ ports }) =>
		ports.some(({ target, protocol }) => target?.first === wanted && protocol === meant?.protocol),
	);
	return owner ?? (containers.length === 1 ? containers[0] : undefined);
}
