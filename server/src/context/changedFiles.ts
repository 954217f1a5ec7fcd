import { basename, dirname, relative } from "node:path/posix";
import { t } from "../model/message.ts";
import { type Evidence, isStock, type TextFile } from "../model/text.ts";
import { HOLE, likelyText, outcomes, partialOf, type Value } from "../model/value.ts";
import type { FileChange } from "../shell/changes.ts";
import { applySed } from "../shell/sed.ts";
import { matches } from "./glob.ts";
import type { ImageEntry, ImageFileRead, ImageFiles } from "./imageFiles.ts";

/** The files of an image after commands changed some of them. */
export interface ChangedFiles extends ImageFiles {
	/** Whether the commands have a say in what stands at this path. */
	changes(path: string): Promise<boolean>;
	/** Whether they plainly have none: false where `changes` has to look closer. */
	leaves(path: string): boolean;
}

/** Who changed them. */
export interface Changer {
	/** For gaps: `a RUN step`, `the start script`. */
	readonly name: string;
	/** What evidence for a text that it writes points at. */
	readonly at: Evidence | undefined;
}

type Unseen = Extract<ImageEntry, { kind: "unknown" }>;

/** Where the content of a path comes from, as the last command that has a say decides. */
type Source =
	| { readonly kind: "base"; readonly path: string }
	| { readonly kind: "folder" }
	| { readonly kind: "removed" }
	| { readonly kind: "unknown" }
	/** Made by the change of this number from what stood there, or at another path, before. */
	| { readonly kind: "made"; readonly index: number };

/** Looks through a list of changes at the files below; evaluated on demand, so that a path nobody asks for costs nothing. */
export function changedFiles(base: ImageFiles, list: readonly FileChange[], changer: Changer): ChangedFiles {
	const find = (path: string, before = list.length): Promise<Source> => findSource(base, list, path, before);

	async function look(path: string, before = list.length): Promise<ImageEntry> {
		const source = await find(path, before);
		switch (source.kind) {
			case "base":
				return seen(await base.look(source.path), source.path, path);
			case "folder":
				return { kind: "folder" };
			case "removed":
				return { kind: "absent", reason: t("{0} removes {1}", changer.name, basename(path)) };
			case "unknown":
				return { kind: "unknown", reason: t("{0} writes {1}", changer.name, basename(path)) };
			case "made":
				return { kind: "file" };
		}
	}

	async function read(path: string, before = list.length): Promise<ImageFileRead> {
		const source = await find(path, before);
		if (source.kind === "base") return seen(await base.read(source.path), source.path, path);
		if (source.kind === "folder") return { kind: "absent", reason: t("{0} is a folder", basename(path)) };
		if (source.kind === "removed") return { kind: "absent", reason: t("{0} removes {1}", changer.name, basename(path)) };
		const change = source.kind === "made" ? list[source.index] : undefined;
		const made = change && source.kind === "made" ? await make(change, path, (one) => read(one, source.index), changer) : undefined;
		return made ?? { kind: "unknown", reason: t("{0} writes {1}", changer.name, basename(path)) };
	}

	/** What a command copies stands there, or the command would fail: where its folder is not in view either, it is only out of view. */
	async function seen<T extends ImageEntry | ImageFileRead>(found: T, from: string, path: string): Promise<T | Unseen> {
		if (found.kind !== "absent" || from === path || (await base.look(dirname(from))).kind === "folder") return found;
		return { kind: "unknown", reason: found.reason ?? t("{0} writes {1}", changer.name, basename(path)) };
	}

	/** Names in a folder after the first changes. */
	async function listBefore(path: string, before: number): Promise<string[]> {
		const names = new Set(await base.list(path));
		for (const [index, change] of list.slice(0, before).entries()) {
			if (change.kind === "vague" || change.kind === "remove" || /[*?[]/.test(change.path)) continue;
			const below = inside(path, change.path);
			if (below) names.add(below.split("/")[0] ?? "");
			if (change.kind === "copy" && inside(change.path, path) !== undefined)
				for (const name of await namesCopied(change, path, index)) names.add(name);
		}
		const removes = list.slice(0, before).some((change) => change.kind === "remove" || (change.kind === "copy" && change.moves));
		const kept: string[] = [];
		for (const name of names) if (!removes || (await find(join(path, name), before)).kind !== "removed") kept.push(name);
		return kept.sort();
	}

	/** Names that a copy puts into a folder at or below its target. */
	async function namesCopied(change: Extract<FileChange, { kind: "copy" }>, path: string, index: number): Promise<readonly string[]> {
		const from = await copiedFrom(base, list, change, path, index);
		if (from === undefined) return [];
		if (from !== "folder") return listBefore(from, index);
		const name = basename(change.from);
		if (!/[*?[]/.test(name)) return [name];
		return (await listBefore(dirname(change.from), index)).filter((one) => matches(one, name) && !one.startsWith("."));
	}

	return {
		look: (path) => look(path),
		read: (path) => read(path),
		list: (path) => listBefore(path, list.length),
		leaves: (path) => list.every((change) => passesBy(change, path)),
		async changes(path) {
			const source = await find(path);
			return source.kind !== "base" || source.path !== path;
		},
	};
}

async function findSource(base: ImageFiles, list: readonly FileChange[], path: string, before: number): Promise<Source> {
	for (let index = before - 1; index >= 0; index--) {
		const change = list[index];
		if (!change) continue;
		if (change.kind === "vague") {
			if (change.words.some((word) => word.includes(basename(path)))) return { kind: "unknown" };
		} else if (change.kind === "remove") {
			if (covers(change.path, path)) return { kind: "removed" };
		} else if (change.kind === "folder") {
			// With -p, the folders on the way as well.
			if (covers(path, change.path)) return { kind: "folder" };
		} else if (change.kind === "copy") {
			const from = await copiedFrom(base, list, change, path, index);
			if (from === "folder") return { kind: "folder" };
			if (from !== undefined) return findSource(base, list, from, index);
			if (change.moves && covers(change.from, path)) return { kind: "removed" };
		} else if (change.path === path || meets(change.path, path)) {
			// What no pattern finds there is not made by it.
			if (change.path === path || (await exists(base, list, path, index)))
				return change.kind === "unknown" ? { kind: "unknown" } : { kind: "made", index };
		}
	}
	return { kind: "base", path };
}

/** Whether something stands at a path before the change of this number. */
async function exists(base: ImageFiles, list: readonly FileChange[], path: string, index: number): Promise<boolean> {
	const source = await findSource(base, list, path, index);
	if (source.kind === "base") return (await base.look(source.path)).kind !== "absent";
	return source.kind === "made" || source.kind === "unknown";
}

/** Where a path stood before `cp`, `mv` or `ln` put it there; undefined when they put something else there. */
async function copiedFrom(
	base: ImageFiles,
	list: readonly FileChange[],
	change: Extract<FileChange, { kind: "copy" }>,
	path: string,
	index: number,
): Promise<string | "folder" | undefined> {
	const below = inside(change.path, path);
	if (below === undefined) return undefined;
	const name = basename(change.from);
	if (!change.contents) {
		const target = await findSource(base, list, change.path, index);
		const entry = target.kind === "base" ? (await base.look(target.path)).kind : target.kind;
		const first = below.split("/")[0] ?? "";
		const into = change.into || entry === "folder" || (entry !== "file" && first === name && name !== basename(change.path));
		if (into) {
			if (below === "") return "folder";
			if (!/[*?[]/.test(name)) return first === name ? join(change.from, below.slice(name.length + 1)) : undefined;
			const from = join(dirname(change.from), below);
			return matches(first, name) && !first.startsWith(".") && (await exists(base, list, from, index)) ? from : undefined;
		}
	}
	const from = join(change.from, below);
	if (below === "") return from;
	// Beside what is copied, a folder keeps what it had.
	const source = await findSource(base, list, from, index);
	return source.kind === "base" && (await base.look(source.path)).kind === "absent" ? undefined : from;
}

/** Where base images keep files that are out of view. */
const BASE_FOLDERS = /^\/(etc|usr|opt|var|home|root)\//;

/** The text that a change leaves at a path; undefined when it is not plain. */
async function make(
	change: FileChange,
	path: string,
	read: (path: string) => Promise<ImageFileRead>,
	changer: Changer,
): Promise<ImageFileRead | undefined> {
	switch (change.kind) {
		case "write": {
			const text = textOf(change.text);
			if (text === undefined) return undefined;
			if (!change.append) return written(text, changer);
			const before = await read(change.path);
			if (before.kind === "absent") return BASE_FOLDERS.test(change.path) ? undefined : written(text, changer);
			return before.kind === "text" ? { kind: "text", file: changed(before.file, before.file.text + text, changer) } : undefined;
		}
		case "edit":
		case "filter": {
			const before = await read(change.kind === "edit" ? path : change.from);
			// What this build does not put there comes with the base image, or the command would fail.
			if (before.kind !== "text") return before.kind === "unknown" ? before : undefined;
			// Of several scripts each prints what the others do not see.
			if (change.quiet && change.scripts.length > 1) return undefined;
			let text: string | undefined = before.file.text;
			for (const script of change.scripts) {
				const written = scriptOf(script);
				text = text === undefined || written === undefined ? undefined : applySed(text, written, change.extended, change.quiet);
			}
			if (text === undefined || (text !== before.file.text && hidesLines(text))) return undefined;
			return { kind: "text", file: text === before.file.text ? before.file : changed(before.file, text, changer) };
		}
		case "template": {
			const before = await read(change.from);
			// What this build does not put there comes with the base image, or the command would fail.
			if (before.kind !== "text") return before.kind === "unknown" ? before : undefined;
			let open: string | undefined;
			const text = before.file.text.replace(/\$(?:\{(\w+)\}|([A-Za-z_]\w*))/g, (all, braced?: string, plain?: string) => {
				const name = braced ?? plain ?? "";
				if (change.names && !change.names.includes(name)) return all;
				const value = likelyText(change.environment.get(name));
				// Names that only nginx knows ($uri) are replaced by nothing, which nobody wants: they are no gap.
				if (value === undefined && /^[A-Z_\d]+$/.test(name)) open ??= name;
				return value ?? "";
			});
			if (open !== undefined) return { kind: "unknown", reason: t("{0} is not set", open) };
			return { kind: "text", file: changed(before.file, text, changer) };
		}
		default:
			return undefined;
	}
}

/** Where nobody sets a variable, the shell writes nothing; of what is not known, the rest of the line may tell enough. */
function textOf(value: Value): string | undefined {
	if (value.kind === "variable" && !value.fallback) return "";
	const partial = partialOf(value);
	if (partial !== undefined && !hidesLines(partial)) return partial;
	const { known: possible, open } = outcomes(value);
	return open.length === 0 && possible.length === 1 ? possible[0]?.text : undefined;
}

/** A script of sed in which only what it puts in may have parts that are not known. */
function scriptOf(script: Value): string | undefined {
	const text = textOf(script);
	if (partialOf(script) === undefined || text === undefined) return text;
	const delimiter = /^s([^\w\s\\]).*$/.exec(text)?.[1];
	const [pattern, ...rest] = delimiter === undefined ? [] : text.slice(2).split(delimiter);
	const isWhole = rest.length > 1 && /^[gI\d]*$/.test(rest.at(-1) ?? "");
	return pattern === undefined || !isWhole || pattern.includes(HOLE) ? undefined : text;
}

/** Whether whole lines of a text are not known, so that anything may stand there. */
function hidesLines(text: string): boolean {
	return text.includes(HOLE) && text.split("\n").some((line) => line.includes(HOLE) && /^[\s"'…]*$/.test(line));
}

function written(text: string, { at, name }: Changer): ImageFileRead {
	if (!at) return { kind: "unknown", reason: t("{0} writes it", name) };
	return { kind: "text", file: { uri: at.uri, text, origin: at.range.start, standsFor: at, made: true } };
}

/** The same file with another text: its lines are pointed at where they were, and what comes with an image at its FROM line. */
function changed(file: TextFile, text: string, { at }: Changer): TextFile {
	if (isStock(file) && at) return { ...file, text, standsFor: at, made: true };
	return { ...file, text };
}

/** Whether a path is one that a pattern with `*` names; `**` stands for any folders. */
function meets(pattern: string, path: string): boolean {
	if (!/[*?[]/.test(pattern)) return false;
	const [before = "", rest] = pattern.split("/**/", 2);
	if (rest !== undefined) return path.startsWith(`${before}/`) && matches(basename(path), rest);
	const wanted = pattern.split("/");
	const parts = path.split("/");
	return wanted.length === parts.length && wanted.every((part, i) => matches(parts[i] ?? "", part));
}

/** Whether a change has plainly nothing to do with a path. */
function passesBy(change: FileChange, path: string): boolean {
	if (change.kind === "remove") return !covers(change.path, path);
	if (change.kind === "folder") return !covers(path, change.path);
	if (change.kind === "copy" || change.kind === "vague") return false;
	return change.path !== path && !meets(change.path, path);
}

/** Whether a path, or a folder that it stands in, is one that a pattern names. */
function covers(pattern: string, path: string): boolean {
	const first = pattern.search(/[*?[\\]/);
	if (first < 0) return path.startsWith(pattern) && (path.length === pattern.length || path[pattern.length] === "/");
	if (!path.startsWith(pattern.slice(0, first))) return false;
	const wanted = pattern.split("/");
	const parts = path.split("/");
	return wanted.length <= parts.length && wanted.every((part, i) => matches(parts[i] ?? "", part));
}

function inside(folder: string, path: string): string | undefined {
	if (path === folder) return "";
	const below = relative(folder, path);
	return below.startsWith("..") ? undefined : below;
}

function join(folder: string, below: string): string {
	if (below === "") return folder;
	return folder === "/" ? `/${below}` : `${folder}/${below}`;
}
