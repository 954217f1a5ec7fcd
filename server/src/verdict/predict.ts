import { changedFiles } from "../context/changedFiles.ts";
import type { StageFiles } from "../context/stageFiles.ts";
import { type Dockerfile, evidenceOf } from "../dockerfile/dockerfile.ts";
import { resolvePath } from "../dockerfile/walk.ts";
import { isOwn, type StageImage } from "../image/stageImage.ts";
import { predictCommand, predictProcess } from "../listeners/index.ts";
import type { Build, Scene } from "../listeners/technology.ts";
import { t } from "../model/message.ts";
import type { Gap, Listener } from "../model/port.ts";
import type { Evidence } from "../model/text.ts";
import { known, likelyText } from "../model/value.ts";
import { buildCommands } from "../process/builds.ts";
import { withBuiltManifests } from "../process/builtManifests.ts";
import { type Process, programName, withArgv } from "../process/process.ts";
import { startedBy } from "../process/start.ts";
import { baseListeners, startsBaseCommand } from "./baseListeners.ts";
import { copiedProgram } from "./copiedProgram.ts";
import type { ReportedListener } from "./report.ts";

/** What the container of one stage will listen on, before EXPOSE is looked at. */
export interface StagePrediction {
	readonly listeners: readonly Omit<ReportedListener, "exposedBy">[];
	readonly gaps: readonly Gap[];
}

/** A scene whose files are a stage's. */
export interface StageScene extends Scene {
	readonly files: StageFiles;
}

/** The scene of a stage; `sources` and `budget` as everywhere. */
export function stageScene(image: StageImage, files: StageFiles, sources: Scene["sources"], budget: Scene["budget"]): StageScene {
	return {
		files,
		sources,
		budget,
		...(image.base.kind === "known"
			? { base: { image: image.base.image, entrypoint: image.entrypoint !== undefined && !isOwn(image.entrypoint) } }
			: {}),
		buildOf: (path) => buildOf(files, path),
	};
}

async function buildOf(files: StageFiles, path: string): Promise<Build> {
	const trace = await files.trace(path);
	return {
		commands: buildCommands(trace),
		scripts: await runScripts(trace.files),
		files: trace.files.beforeRemovals,
		path: trace.path,
		copiedFrom: trace.files.copiedFrom(trace.path),
		buildOf: (other) => buildOf(trace.files, other),
	};
}

const ranIn = new WeakMap<StageFiles, Promise<readonly string[]>>();

/** The texts of a stage's RUN steps, and of the scripts of the context that they run. */
function runScripts(files: StageFiles): Promise<readonly string[]> {
	const found = ranIn.get(files) ?? readRunScripts(files);
	ranIn.set(files, found);
	return found;
}

async function readRunScripts(files: StageFiles): Promise<readonly string[]> {
	const texts: string[] = [];
	const named = new Set<string>();
	for (const { instruction, workdir } of files.steps) {
		if (instruction.keyword !== "RUN") continue;
		const text = [instruction.args.text, ...instruction.heredocs.map(({ body }) => body.text)].join("\n");
		texts.push(text);
		for (const [word] of text.matchAll(/(?<![\w.${}:/-])(?:\.{0,2}\/)?[\w][\w./-]*\.(?:sh|bash)\b/g)) named.add(resolvePath(workdir, word));
	}
	for (const path of [...named].slice(0, MOST_SCRIPTS)) {
		const read = await files.beforeRemovals.read(path);
		if (read.kind === "text" && read.file.text.length < LONGEST_SCRIPT) texts.push(read.file.text);
	}
	return texts;
}

const MOST_SCRIPTS = 12;
const LONGEST_SCRIPT = 40_000;

export async function predictStage(dockerfile: Dockerfile, image: StageImage, scene: StageScene): Promise<StagePrediction> {
	const unclosed = image.stage.instructions.find((instruction) => instruction.heredocs.some((heredoc) => !heredoc.closed));
	if (unclosed) {
		const name = unclosed.heredocs.find((heredoc) => !heredoc.closed)?.name;
		return { listeners: [], gaps: [{ reason: t("heredoc <<{0} is not closed", name ?? ""), evidence: evidenceOf(dockerfile, unclosed) }] };
	}
	// What decides may stand behind the end of what was read.
	if (dockerfile.cut) {
		const evidence = evidenceOf(dockerfile, image.stage.from);
		return { listeners: [], gaps: [{ reason: t("the Dockerfile is too long to read"), evidence }] };
	}
	const started = await startedBy(image, withBuiltManifests(scene.files), scene.budget);
	const gaps: Gap[] = [...started.gaps];
	if (!image.entrypoint && !image.cmd) {
		gaps.push({
			reason: image.base.kind === "unknown" ? image.base.reason : t("there is no start command"),
			evidence: evidenceOf(dockerfile, image.stage.from),
		});
	}
	const listeners: Omit<ReportedListener, "exposedBy">[] = [];
	const copied = await copiedProgram(dockerfile, image, scene.files);
	if (copied) {
		const found = await predictOne(dockerfile, image, copied, sceneOf(copied, scene));
		// That the base image starts it is what one expects of such an image, no more.
		listeners.push(...found.listeners.map((listener) => ({ ...listener, certainty: "convention" as const })));
	}
	for (const process of [...started.processes, ...servicesBelow(image, started.processes)]) {
		const found = await predictOne(dockerfile, image, process, sceneOf(process, scene));
		listeners.push(...found.listeners);
		// A program that ends before the server starts (a migration) need not be understood.
		if (!process.ends || found.listeners.length > 0 || goesOn(process)) gaps.push(...found.gaps);
	}
	return { listeners: merge(listeners), gaps: distinct(gaps) };
}

/**
 * s6-overlay's /init of a base image starts that image's services beside those that this build adds: the base's own command,
 * which the services in view stand for otherwise.
 */
function servicesBelow(image: StageImage, processes: readonly Process[]): readonly Process[] {
	const below = image.base.kind === "known" ? image.base.image : undefined;
	const [first] = processes;
	if (below?.entrypoint.join(" ") !== "/init" || below.listens.length === 0 || !first) return [];
	if (isOwn(image.entrypoint) || processes.some((process) => startsBaseCommand(image, process))) return [];
	return [{ ...withArgv(first, [known("/init")]), evidence: [], ends: false, conditional: false }];
}

/** Whether the program goes into the background by itself: the script goes on, and the server stays. */
function goesOn(process: Process): boolean {
	return DAEMONS.has(programName(likelyText(process.argv[0]) ?? ""));
}

const DAEMONS: ReadonlySet<string> = new Set(["nginx", "openresty", "httpd", "apache2", "apachectl", "apache2ctl", "sshd", "supervisord"]);

/** The scene after what the start command did to files. */
function sceneOf(process: Process, scene: StageScene): StageScene {
	if (!process.changes) return scene;
	const { files } = scene;
	const changed = changedFiles(files, process.changes, { name: t("the start script"), at: process.evidence.at(-1) });
	return {
		...scene,
		files: {
			...files,
			...changed,
			touches: async (path) => (await files.touches(path)) || (process.changes ?? []).some((one) => one.path.startsWith(path)),
		},
	};
}

async function predictOne(dockerfile: Dockerfile, image: StageImage, process: Process, scene: StageScene): Promise<StagePrediction> {
	const isBaseCommand = startsBaseCommand(image, process);
	// A technology knows how configuration changes the base image's command; the facts alone only know that it was touched.
	const prediction =
		(isBaseCommand ? await predictCommand(process, scene) : undefined) ??
		(isBaseCommand ? await baseListeners(dockerfile, image, process, scene.files) : await predictProcess(process, scene));
	const program = nameOf(process);
	const origin = (listener: Listener): Pick<ReportedListener, "site" | "fromBase"> => {
		// A FROM line stands for the base image's own configuration.
		const isFrom = (one: Evidence): boolean => dockerfile.stages.some((stage) => stage.from.range === one.range);
		const fromBase = isBaseCommand && listener.evidence.every((one) => process.evidence.includes(one) || isFrom(one));
		return { fromBase, site: fromBase ? undefined : listener.evidence[process.evidence.length] };
	};
	return {
		gaps: prediction.gaps,
		listeners: prediction.listeners.map((listener) => ({
			...demote(listener, process),
			...origin(listener),
			program,
		})),
	};
}

/** What starts only under an undecided condition cannot be certain, nor what a variable of the container may keep from starting. */
function demote(listener: Listener, process: Process): Listener {
	if (listener.certainty !== "certain" || (!process.conditional && process.hangsOn === undefined)) return listener;
	const overriddenBy = listener.overriddenBy ?? process.hangsOn;
	return { ...listener, certainty: "default", ...(overriddenBy === undefined ? {} : { overriddenBy }) };
}

/** The program with its first argument, as people name it: `python app.py`, `python -m flask`. */
function nameOf(process: Process): string {
	const words = process.argv.map((word) => likelyText(word) ?? "…");
	const [first = "", second, third] = words;
	const program = programName(first);
	if (second === "-m" && third !== undefined) return `${program} -m ${third}`;
	return second !== undefined && !second.startsWith("-") ? `${program} ${second}` : program;
}

/** One claim for each address and port, the surest first; sorted by port. */
function merge<T extends Listener>(listeners: readonly T[]): T[] {
	const rank = { certain: 0, default: 1, convention: 2 };
	const sorted = [...listeners].sort(
		(a, b) => a.port - b.port || a.protocol.localeCompare(b.protocol) || rank[a.certainty] - rank[b.certainty],
	);
	return sorted.filter(
		(one, i) =>
			sorted.findIndex((other) => other.port === one.port && other.protocol === one.protocol && other.address === one.address) === i,
	);
}

function distinct(gaps: readonly Gap[]): Gap[] {
	return gaps.filter((gap, i) => gaps.findIndex((other) => other.reason === gap.reason) === i);
}
