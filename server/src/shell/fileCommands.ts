import { dirname } from "node:path/posix";
import { resolvePath } from "../dockerfile/walk.ts";
import { own } from "../model/table.ts";
import { known, likelyText, type Value } from "../model/value.ts";
import type { FileChange } from "./changes.ts";
import { pruned } from "./prune.ts";
import type { ShellState } from "./state.ts";

/** What a command does to the files that its words name, as its manual page says; nothing for other commands. */
export function fileChanges(name: string, args: readonly Value[], state: ShellState): readonly FileChange[] {
	return own(CHANGES, name)?.(args, state) ?? [];
}

/** `tee f`: it writes what it is fed. */
export function teeChanges(args: readonly Value[], input: Value | undefined, state: ShellState): readonly FileChange[] {
	const append = args.some((arg) => /^(-[a-z]*a[a-z]*|--append)$/.test(likelyText(arg) ?? ""));
	return (paths(args, state) ?? []).map((path) =>
		input && input.kind !== "unknown" ? { kind: "write", path, text: input, append } : { kind: "unknown", path },
	);
}

interface SedCall {
	readonly scripts: readonly Value[];
	readonly files: readonly (string | undefined)[];
	readonly inPlace: boolean;
	readonly extended: boolean;
	readonly quiet: boolean;
}

/** `sed [-i] [-E] [-e script]… [script] [file]…`; undefined when a script comes from a file. */
export function sedCall(args: readonly Value[]): SedCall | undefined {
	const scripts: Value[] = [];
	const rest: Value[] = [];
	const flags = { inPlace: false, extended: false, quiet: false };
	for (let i = 0; i < args.length; i++) {
		const arg = args[i];
		const text = likelyText(arg);
		if (!arg) continue;
		if (text === "-e" || text === "--expression") {
			const script = args[++i];
			if (script) scripts.push(script);
		} else if (text?.startsWith("--in-place")) flags.inPlace = true;
		else if (text === "--regexp-extended") flags.extended = true;
		else if (text === "-f" || text?.startsWith("--file")) return undefined;
		else if (text !== undefined && /^-[a-zA-Z]/.test(text)) {
			const short = text.slice(1);
			const inPlace = short.indexOf("i");
			const before = inPlace < 0 ? short : short.slice(0, inPlace);
			if (inPlace >= 0) flags.inPlace = true;
			if (/[Er]/.test(before)) flags.extended = true;
			if (before.includes("n")) flags.quiet = true;
			if (before.endsWith("e") || (inPlace >= 0 && short.endsWith("e"))) {
				const script = args[++i];
				if (script) scripts.push(script);
			}
			// `-i ''` of BSD, and `-ie` that keeps a backup named e, are read alike.
		} else if (text !== "" || scripts.length + rest.length > 0) rest.push(arg);
	}
	const [script] = rest;
	if (scripts.length === 0) {
		if (!script) return undefined;
		return { ...flags, scripts: [script], files: rest.slice(1).map((one) => likelyText(one)) };
	}
	return { ...flags, scripts, files: rest.map((one) => likelyText(one)) };
}

type Changes = (args: readonly Value[], state: ShellState) => readonly FileChange[];

function vague(args: readonly Value[]): FileChange {
	return { kind: "vague", path: "", words: args.map((arg) => likelyText(arg) ?? "") };
}

function isPattern(path: string): boolean {
	return /[*?[]/.test(path);
}

/** The paths among a command's words; undefined when one is not known. */
function paths(args: readonly Value[], state: ShellState): string[] | undefined {
	const texts = args.map((arg) => likelyText(arg));
	if (texts.some((text) => text === undefined)) return undefined;
	return texts
		.filter((text): text is string => text !== undefined && text !== "" && !text.startsWith("-"))
		.map((text) => resolvePath(state.cwd, text));
}

/** A command's operands and the values of some of its flags; undefined when a word is not known. */
function readWords(args: readonly Value[], withValue: RegExp): { flags: Map<string, string>; operands: string[] } | undefined {
	const flags = new Map<string, string>();
	const operands: string[] = [];
	for (let i = 0; i < args.length; i++) {
		const text = likelyText(args[i]);
		if (text === undefined) return undefined;
		const long = /^(--[\w-]+)=(.*)$/.exec(text);
		if (long) flags.set(long[1] ?? "", long[2] ?? "");
		else if (text.startsWith("-") && text !== "-") flags.set(text, withValue.test(text) ? (likelyText(args[++i]) ?? "") : "");
		else if (text !== "") operands.push(text);
	}
	return { flags, operands };
}

/** `cp`, `mv` and `install`: the last operand is the target, unless -t names it (coreutils, "Target directory"). */
const transfer =
	(moves: boolean, withValue: RegExp): Changes =>
	(args, state) => {
		const read = readWords(args, withValue);
		if (!read) return [vague(args)];
		const target = [...read.flags].find(([flag]) => /^(-[a-zA-Z]*t|--target-directory)$/.test(flag))?.[1];
		const sources = target === undefined ? read.operands.slice(0, -1) : read.operands;
		const to = target ?? read.operands.at(-1);
		if (to === undefined || sources.length === 0 || isPattern(to) || sources.some((from) => isPattern(dirname(from)))) return [vague(args)];
		// One file by a pattern to another name: nobody knows which.
		if (sources.some(isPattern) && target === undefined && /\.(?!d$)\w+$/.test(to))
			return [{ kind: "unknown", path: resolvePath(state.cwd, to) }];
		const path = resolvePath(state.cwd, to);
		const into = target !== undefined || sources.length > 1 || /(^|\/)\.{0,2}$/.test(to);
		return sources.map((from) => copied(from, path, into, moves, state));
	};

function copied(from: string, path: string, into: boolean, moves: boolean, state: ShellState): FileChange {
	const contents = /(^|\/)\.$/.test(from);
	return {
		kind: "copy",
		from: resolvePath(state.cwd, from),
		path,
		// A pattern may stand for several files, and then the target is a folder.
		into: (into || isPattern(from)) && !contents,
		moves,
		...(contents ? { contents } : {}),
	};
}

/** `rsync -a a/ b`: with a slash at its end, a folder's content is copied (rsync(1), "USAGE"). */
const synchronised: Changes = (args, state) => {
	const read = readWords(args, /^(--exclude|--include|--chown|--chmod|-e|-f|--files-from)$/);
	const to = read?.operands.at(-1);
	const sources = read?.operands.slice(0, -1) ?? [];
	if (to === undefined || sources.length === 0 || isPattern(to) || [...sources, to].some((one) => one.includes(":"))) return [vague(args)];
	return sources.map((from) =>
		copied(from.endsWith("/") ? `${from}.` : from, resolvePath(state.cwd, to), to.endsWith("/") || sources.length > 1, false, state),
	);
};

/** Programs that write the files that they name in ways of their own. */
const writes: Changes = (args, state) => (paths(args, state) ?? []).map((path) => ({ kind: "unknown", path }));

/** `curl -O URL` and `wget URL` name the file after the URL. */
const downloads =
	(named: (texts: readonly string[]) => boolean): Changes =>
	(args, state) => {
		const urls = args.flatMap((arg) => /^(?:https?|ftp):\/\/[^?#]*\/([^/?#]+)/.exec(likelyText(arg) ?? "")?.[1] ?? []);
		const byUrl = named(args.map((arg) => likelyText(arg) ?? ""));
		return [
			...writes(args, state),
			...(byUrl ? urls.map((name): FileChange => ({ kind: "unknown", path: resolvePath(state.cwd, name) })) : []),
		];
	};

function edits(args: readonly Value[], state: ShellState): readonly FileChange[] {
	const call = sedCall(args);
	if (!call) return [vague(args)];
	if (!call.inPlace) return [];
	return call.files.map((file) => {
		if (file === undefined) return vague(args);
		const path = resolvePath(state.cwd, file);
		return { kind: "edit", path, scripts: call.scripts, extended: call.extended, quiet: call.quiet };
	});
}

/** `find FOLDER -name PATTERN -exec sed -i … {} +`. */
const found: Changes = (args, state) => {
	const texts = args.map((arg) => likelyText(arg) ?? "");
	const exec = texts.findIndex((text) => text === "-exec" || text === "-execdir");
	if (exec < 0 && !texts.includes("-delete")) return [];
	const first = texts.findIndex((text) => text.startsWith("-"));
	const named = texts.findIndex((text) => text === "-name" || text === "-iname");
	const pattern = named < 0 ? "*" : (texts[named + 1] ?? "*");
	const folders = (first > 0 ? texts.slice(0, first) : ["."]).map((folder) =>
		`${resolvePath(state.cwd, folder)}/**/${pattern}`.replace("//", "/"),
	);
	const words = texts.slice(
		exec + 1,
		texts.findLastIndex((text) => text === ";" || text === "+" || text === "\\;"),
	);
	if (exec >= 0 && /^(chmod|chown|chgrp|echo|ls|test|grep|cat|stat)$/.test(words[0] ?? "")) return [];
	const by = exec >= 0 && words[0] === "sed" && words.at(-1) === "{}" ? args.slice(exec + 2, exec + words.length) : undefined;
	return folders.flatMap((path) => {
		if (exec < 0 || words[0] === "rm") return [{ kind: "unknown", path }];
		return by ? edits([...by, known(path)], state) : [{ kind: "unknown", path }];
	});
};

/** What commands do to files. */
const CHANGES: Readonly<Record<string, Changes | undefined>> = {
	__proto__: null as never,
	cp: transfer(false, /^(-[a-zA-Z]*t|--target-directory|-S|--suffix)$/),
	install: (args, state) =>
		args.some((arg) => /^(-[a-z]*d|--directory)$/.test(likelyText(arg) ?? ""))
			? (paths(args, state) ?? []).filter((path) => path !== state.cwd).map((path) => ({ kind: "folder", path }))
			: transfer(false, /^(-[a-zA-Z]*[tmog]|--target-directory|--mode|--owner|--group|-S|--suffix)$/)(args, state),
	mv: transfer(true, /^(-[a-zA-Z]*t|--target-directory|-S|--suffix)$/),
	rsync: synchronised,
	ln(args, state) {
		const operands = args.filter((arg) => !likelyText(arg)?.startsWith("-"));
		const [target, link] = operands.map((arg) => likelyText(arg));
		if (target === undefined || operands.length > 2 || (operands.length === 2 && link === undefined) || isPattern(target))
			return [vague(args)];
		const path = resolvePath(state.cwd, link ?? target.slice(target.lastIndexOf("/") + 1));
		const into = link?.endsWith("/") === true;
		return [{ kind: "copy", from: resolvePath(into ? path : dirname(path), target), path, into, moves: false }];
	},
	rm: (args, state) => paths(args, state)?.map((path) => ({ kind: "remove", path })) ?? [vague(args)],
	unlink: (args, state) => paths(args, state)?.map((path) => ({ kind: "remove", path })) ?? [vague(args)],
	mkdir: (args, state) => paths(args, state)?.map((path) => ({ kind: "folder", path })) ?? [],
	touch: (args, state) => paths(args, state)?.map((path) => ({ kind: "write", path, text: known(""), append: true })) ?? [],
	sed: edits,
	dos2unix: (args, state) =>
		paths(args, state)?.map((path) => ({ kind: "edit", path, scripts: [known("s/\\r$//")], extended: false })) ?? [vague(args)],
	find: found,
	// What its files are comes from what it is fed; `xargs sed -i` edits some of them.
	xargs: (args) => (args.some((arg) => /^(sed|perl|mv|cp|rm|tee)$/.test(likelyText(arg) ?? "")) ? [vague(args)] : []),
	curl: downloads((texts) => texts.some((text) => /^(-[a-zA-Z]*O|--remote-name)/.test(text))),
	wget: downloads((texts) => !texts.some((text) => /^(-[a-zA-Z]*O|--output-document)/.test(text))),
	patch: writes,
	dd: (args) => [vague(args)],
	perl(args, state) {
		const texts = args.map((arg) => likelyText(arg));
		if (!texts.some((text) => /^-\w*i/.test(text ?? ""))) return [];
		const at = texts.findIndex((text) => /^-\w*e$/.test(text ?? ""));
		const script = texts[at + 1];
		// Plain substitutions are the same as those of sed -E.
		const plain = at >= 0 && script !== undefined && isPlainSubstitution(script);
		if (!plain || texts.some((text) => text === undefined)) return writes(args, state);
		return edits([known("-i"), known("-E"), known(script.replace(/;$/, "")), ...args.slice(at + 2)], state);
	},
	sponge: writes,
	truncate: writes,
	ed: writes,
	ex: writes,
	turbo: (args, state) => pruned([known("turbo"), ...args], state.cwd),
	...Object.fromEntries(["npx", "pnpm", "yarn", "bunx"].map((name): [string, Changes] => [name, (args, { cwd }) => pruned(args, cwd)])),
};

/** `s/text/other/g` of Perl, without what Perl reads otherwise than sed does. */
function isPlainSubstitution(script: string): boolean {
	const delimiter = script.charAt(1);
	const [pattern = "", replacement = "", flags, ...more] = script.slice(2).split(delimiter);
	return (
		script.startsWith("s") &&
		"/|#,!".includes(delimiter) &&
		!/[\\$@?+*{}()[\]]/.test(pattern) &&
		!/[\\$@]/.test(replacement) &&
		flags !== undefined &&
		/^g?;?$/.test(flags) &&
		more.length === 0
	);
}
