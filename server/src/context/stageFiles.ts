import { basename } from "node:path/posix";
import { type Dockerfile, evidenceOf, type Instruction } from "../dockerfile/dockerfile.ts";
import type { Step } from "../dockerfile/walk.ts";
import type { Budget } from "../model/budget.ts";
import { t } from "../model/message.ts";
import type { TextFile } from "../model/text.ts";
import { readBindMount } from "./bindMounts.ts";
import type { BuildContext } from "./buildContext.ts";
import { type ChangedFiles, changedFiles } from "./changedFiles.ts";
import { type Copy, type CopySource, readCopy } from "./copies.ts";
import { locateInCopy } from "./copyLocation.ts";
import { copiedFrom, traceBack } from "./copyTraces.ts";
import { isFolderBefore, listFolder } from "./folderNames.ts";
import type { ImageEntry, ImageFileRead, ImageFiles } from "./imageFiles.ts";
import { inside } from "./imagePaths.ts";
import { removes } from "./removals.ts";
import { runChanges } from "./runChanges.ts";
import { runText, writes } from "./runText.ts";
import { folderOf, type Stock, type StockFiles } from "./stock.ts";

/** What the files of a stage are made from. */
export interface StageFilesSource {
	readonly dockerfile: Dockerfile;
	readonly steps: readonly Step[];
	readonly context: BuildContext;
	/** Files of the stage that FROM names. */
	readonly below?: StageFiles;
	/** Whether the chain of FROMs ends in scratch: then there is nothing but what this build puts there. */
	readonly fromScratch?: boolean;
	/** Known files that no instruction of this file writes. */
	readonly stock?: Stock;
	/** Files of another stage by name or number, for `COPY --from`. */
	stage(name: string): StageFiles | undefined;
	readonly budget: Budget;
}

/** The files of a stage, and what its build does to those of its base image. */
export interface StageFiles extends ImageFiles {
	/** Its instructions after those of the stages that it is built on, from the first to the last. */
	readonly steps: readonly Step[];
	/** The stage whose RUN steps may have made what stands at a path, and where it stood there: COPY --from and FROM followed back. */
	trace(path: string): Promise<Trace>;
	/** As `trace`, undefined when no COPY --from brings it. */
	movedFrom(path: string): Promise<Trace | undefined>;
	/** The path in the build context that a COPY or ADD takes this from, whether it stands there or not: a program built before. */
	copiedFrom(path: string): Place | undefined;
	/** Whether a COPY, ADD or RUN puts something at or below this path, or plainly names it. */
	touches(path: string): Promise<boolean>;
	/** The same with what RUN steps remove still there: the source that a build took and removed once it was done. */
	readonly beforeRemovals: ImageFiles;
}

/** Files, and a path among them. */
export interface Place {
	readonly files: ImageFiles;
	/** Absolute in those files. */
	readonly path: string;
}

/** A path in the stage that it comes from. */
export interface Trace extends Place {
	readonly files: StageFiles;
	/** Absolute, in the file system of that stage. */
	readonly path: string;
}

/** Where the content of a path in the image comes from. */
export type Origin =
	| { readonly kind: "context"; readonly path: string; readonly entry: "file" | "folder" }
	| { readonly kind: "stage"; readonly files: ImageFiles; readonly path: string }
	| { readonly kind: "heredoc"; readonly source: Extract<CopySource, { kind: "heredoc" }> }
	| { readonly kind: "stock"; readonly file?: TextFile }
	| { readonly kind: "absent"; readonly reason?: string }
	| { readonly kind: "unknown"; readonly reason: string };

/** What the RUN step of a number does to the files before it; undefined for other steps. */
export type Runs = (index: number) => Run | Promise<Run> | undefined;

interface Run {
	readonly whole: boolean;
	readonly files: ChangedFiles;
}

interface View extends ImageFiles {
	originOf(path: string): Promise<Origin>;
}

/** The files before the step of a number. */
export type Views = (index: number) => View;

/** The files after the first steps of a stage. Answers are kept. */
function viewOf(source: StageFilesSource, copies: Copies, runs: Runs, end: number, removed = false): View {
	const originOf = keep((path) => locate(source, copies, runs, path, end, removed));
	return {
		originOf,
		look: keep(async (path) => lookAt(await originOf(path))),
		read: async (path) => readFrom(source, await originOf(path), path),
		list: keep((path) => listFolder(source, copies, runs, path, end)),
	};
}

/** Asks about each path once: the stages above ask the same again. Only reading costs budget, and is done each time. */
function keep<T>(ask: (path: string) => T): (path: string) => T {
	const answers = new Map<string, T>();
	return (path) => {
		if (answers.has(path)) return answers.get(path) as T;
		const answer = ask(path);
		answers.set(path, answer);
		return answer;
	};
}

/** A copy at its place among the other steps. */
export interface PlacedCopy extends Copy {
	/** Whether a file that it copies lands inside its target: that is written as a folder, or is one by then. */
	landsInside(): Promise<boolean>;
}

export type Copies = ReadonlyMap<Instruction, PlacedCopy | undefined>;

/** The files of a stage: its instructions from the last to the first, then what it starts from. Answers are kept. */
export function stageFiles(source: StageFilesSource): StageFiles {
	const copies = new Map<Instruction, PlacedCopy | undefined>();
	for (const [index, step] of source.steps.entries()) {
		const { keyword } = step.instruction;
		if (keyword === "RUN") {
			const mount = readBindMount(source.dockerfile, step);
			if (mount) copies.set(step.instruction, { ...mount, landsInside: () => Promise.resolve(false) });
		}
		if (keyword !== "COPY" && keyword !== "ADD") continue;
		const copy = readCopy(source.dockerfile, step);
		let answer: Promise<boolean> | undefined;
		const landsInside = () => (answer ??= copy ? isFolderBefore(source, copy, index, views) : Promise.resolve(false));
		copies.set(step.instruction, copy && { ...copy, landsInside });
	}
	const kept: View[] = [];
	const views: Views = (index) => (kept[index] ??= viewOf(source, copies, (at) => runs(at), index));
	const changes = new Map<number, Promise<Run>>();
	/** Answers that are here: waiting for each of thousands of steps, for each path, takes longer than looking. */
	const known = new Map<number, Run>();
	const runs: Runs = (index) => {
		const run = known.get(index);
		if (run) return run;
		const step = source.steps[index];
		if (step?.instruction.keyword !== "RUN") return undefined;
		const kept = changes.get(index) ?? changedBy(source, step, views(index)).then((run) => keptAs(index, run));
		changes.set(index, kept);
		return kept;
	};
	const keptAs = (index: number, run: Run): Run => {
		known.set(index, run);
		return run;
	};
	const whole = viewOf(source, copies, runs, source.steps.length);
	const originOf = whole.originOf;
	let steps: readonly Step[] | undefined;
	let unremoved: ImageFiles | undefined;
	const self: StageFiles = {
		get steps() {
			steps ??= [...(source.below?.steps ?? []), ...source.steps];
			return steps;
		},
		look: whole.look,
		read: whole.read,
		list: whole.list,
		trace: async (path) => (await self.movedFrom(path)) ?? { files: self, path },
		get beforeRemovals() {
			unremoved ??= viewOf(source, copies, runs, source.steps.length, true);
			return unremoved;
		},
		movedFrom: keep((path) => traceBack(source, copies, path)),
		copiedFrom: keep((path) => copiedFrom(source, copies, path)),
		touches: keep(async (path) => {
			if ([...copies.values()].some((copy) => copy && inside(path, copy.target) !== undefined)) return true;
			if (source.steps.some(({ instruction }) => instruction.keyword === "RUN" && runText(instruction).includes(path))) return true;
			const entry = await lookAt(await originOf(path));
			return entry.kind === "file" || entry.kind === "folder" || (await source.below?.touches(path)) === true;
		}),
	};
	return self;
}

/** The files that the other commands of a step find: an installation in front of them brings its configuration. */
function withPackages(source: StageFilesSource, step: Step, before: View): View {
	const installed = source.stock?.installedBy(step.instruction);
	if (!installed || installed.size === 0) return before;
	const originOf = async (path: string): Promise<Origin> => stockAt(installed, path) ?? (await before.originOf(path));
	return {
		originOf,
		look: async (path) => lookAt(await originOf(path)),
		read: async (path) => readFrom(source, await originOf(path), path),
		list: async (path) => [...new Set([...(await before.list(path)), ...folderOf(installed, path)])],
	};
}

/** The files after a RUN step. */
async function changedBy(source: StageFilesSource, step: Step, before: View): Promise<Run> {
	const turn = source.budget.pause();
	if (turn) await turn;
	const start = withPackages(source, step, before);
	const { changes, whole } = await runChanges(step, start);
	return { whole, files: changedFiles(start, changes, { name: "a RUN step", at: evidenceOf(source.dockerfile, step.instruction) }) };
}

async function lookAt(origin: Origin): Promise<ImageEntry> {
	switch (origin.kind) {
		case "context":
			return { kind: origin.entry };
		case "stage":
			return origin.files.look(origin.path);
		case "heredoc":
			return { kind: "file" };
		case "stock":
			return { kind: origin.file ? "file" : "folder" };
		default:
			return origin;
	}
}

async function readFrom(source: StageFilesSource, origin: Origin, path: string): Promise<ImageFileRead> {
	switch (origin.kind) {
		case "stage": {
			// That nothing stands there is known without going down a long chain of stages again.
			const entry = await origin.files.look(origin.path);
			return entry.kind === "absent" ? entry : origin.files.read(origin.path);
		}
		case "heredoc":
			return { kind: "text", file: origin.source.heredoc.body };
		case "stock":
			return origin.file ? { kind: "text", file: origin.file } : { kind: "absent", reason: t("{0} is a folder", basename(path)) };
		case "context": {
			if (origin.entry === "folder") return { kind: "absent", reason: t("{0} is a folder", basename(path)) };
			const read = source.budget.spend("files") ? await source.context.read(origin.path) : undefined;
			if (!read) return { kind: "unknown", reason: t("too many files to read") };
			if (read.kind === "refused") return { kind: "unknown", reason: `${basename(path)}: ${read.reason}` };
			if (read.kind === "absent") return { kind: "absent", reason: t("{0} is not in the build context", origin.path) };
			if (!source.budget.spend("bytes", read.text.length)) return { kind: "unknown", reason: t("too many files to read") };
			return { kind: "text", file: { uri: source.context.uriOf(origin.path), text: read.text, origin: { line: 0, character: 0 } } };
		}
		default:
			return origin;
	}
}

/** `removed` says to find what RUN steps have removed where it stood before. */
async function locate(source: StageFilesSource, copies: Copies, runs: Runs, path: string, end: number, removed: boolean): Promise<Origin> {
	let missing: Origin | undefined;
	for (let index = end - 1; index >= 0; index--) {
		const step = source.steps[index];
		if (!step) continue;
		const { instruction } = step;
		// Waiting costs more than looking, and most steps are no RUN.
		const asked = instruction.keyword === "RUN" ? runs(index) : undefined;
		const run = asked instanceof Promise ? await asked : asked;
		if (run) {
			const isChanged = !run.files.leaves(path) && (await run.files.changes(path));
			if (isChanged && !(removed && (await run.files.look(path)).kind === "absent")) return { kind: "stage", files: run.files, path };
			if (!run.whole && writes(instruction, path)) return { kind: "unknown", reason: t("a RUN step writes {0}", basename(path)) };
			if (!run.whole && !removed && removes(runText(instruction), path, step.workdir))
				return { kind: "absent", reason: t("a RUN step removes {0}", basename(path)) };
			const installed = stockAt(source.stock?.installedBy(instruction), path);
			if (installed) return installed;
		}
		const copy = copies.get(instruction);
		const found = copy && inside(copy.target, path) !== undefined ? await locateInCopy(source, copy, path) : undefined;
		if (found && found.kind !== "absent") return found;
		missing ??= found;
	}
	if (source.steps.some((step) => step.workdir === path)) return { kind: "unknown", reason: t("{0} is a working directory", path) };
	if (source.below) return { kind: "stage", files: removed ? source.below.beforeRemovals : source.below, path };
	const stock = stockAt(source.stock?.base, path);
	if (stock) return stock;
	return missing ?? { kind: "absent", reason: t("{0} is not copied into the image", basename(path)) };
}

function stockAt(files: StockFiles | undefined, path: string): Origin | undefined {
	const file = files?.get(path);
	if (file) return { kind: "stock", file };
	return files && folderOf(files, path).length > 0 ? { kind: "stock" } : undefined;
}
