import { dirname } from "node:path/posix";
import type { CommandNode, Redirection } from "unbash";
import { resolvePath } from "../dockerfile/walk.ts";
import { concat, known, likelyText, mapText, type Value } from "../model/value.ts";
import type { Asking } from "./asking.ts";
import type { FileChange } from "./changes.ts";
import { pruned } from "./prune.ts";
import type { Place } from "./run.ts";
import type { ShellState } from "./state.ts";
import { expandParts, expandWhole, expandWord } from "./words.ts";

/** A command as far as files are concerned. */
interface FileCommand {
	readonly name: string | undefined;
	readonly args: readonly Value[];
	readonly redirects: readonly Redirection[];
	/** The commands of a pipe, looked at together. */
	readonly pipeline?: readonly CommandNode[];
}

/** Notes what a command does to files. */
export function* fileEffects(command: FileCommand, place: Place): Asking<void> {
	if (command.pipeline) {
		const change = yield* pipe(command.pipeline, place.state);
		if (change) note([change], place);
		return;
	}
	const { state } = place;
	const target = yield* outputOf(command.redirects, state);
	const name = command.name?.slice(command.name.lastIndexOf("/") + 1);
	if (target) {
		const change = name === undefined ? undefined : yield* printed(name, command.args, command.redirects, target, state);
		note(
			[
				change ??
					(name === undefined && target.path !== undefined && command.args.length === 0 && !target.compound
						? written(target, known(""))
						: unclear(target, command)),
			],
			place,
		);
	}
	const changes =
		name === undefined
			? undefined
			: CHANGES[name]?.(
					command.args.map((arg) => emptyIfUnset(arg)),
					state,
				);
	if (changes) note(changes, place);
}

function note(changes: readonly FileChange[], { sink, state }: Place): void {
	for (const change of changes) sink.actions.push({ kind: "file", change, evidence: [], doubt: state.doubt });
}

interface Target {
	/** Undefined when its name is not known. */
	readonly path: string | undefined;
	readonly append: boolean;
	readonly compound?: boolean;
}

/** The file that standard output goes to; undefined for none, and for devices. */
function* outputOf(redirects: readonly Redirection[], state: ShellState): Asking<Target | undefined> {
	let target: Target | undefined;
	for (const redirect of redirects) {
		if (redirect.type !== "Redirect" || !/>/.test(redirect.operator) || redirect.operator === ">&" || !redirect.target) continue;
		if (redirect.descriptor?.type === "FileDescriptor" && redirect.descriptor.value !== 1) continue;
		const text = likelyText(emptyIfUnset(yield* expandWhole(redirect.target, state)));
		if (text?.startsWith("/dev/") || text?.startsWith("/proc/") || redirect.target.text.startsWith("&")) continue;
		target = {
			path: text === undefined || text === "" ? undefined : resolvePath(state.cwd, text),
			append: redirect.operator.includes(">>"),
		};
	}
	return target;
}

function written({ path, append }: Target, text: Value): FileChange {
	return path === undefined ? { kind: "vague", path: "", words: [] } : { kind: "write", path, text, append };
}

function unclear({ path }: Target, { args }: Pick<FileCommand, "args">): FileChange {
	return path === undefined ? { kind: "vague", path: "", words: args.map((arg) => likelyText(arg) ?? "") } : { kind: "unknown", path };
}

/** What a command prints into a file, as far as that is plain. */
function* printed(
	name: string,
	args: readonly Value[],
	redirects: readonly Redirection[],
	target: Target,
	state: ShellState,
): Asking<FileChange | undefined> {
	const { path } = target;
	if (path === undefined) return undefined;
	const text = yield* textPrinted(name, args, redirects, state);
	if (text) return written(target, text);
	if (target.append) return undefined;
	const input = yield* inputOf(redirects, state);
	const operands = args.map((arg) => likelyText(arg)).filter((arg) => arg !== undefined && !arg.startsWith("-"));
	if (name === "cat") {
		const from =
			args.length === 0 ? input : operands.length === 1 && args.length === 1 ? resolvePath(state.cwd, operands[0] ?? "") : undefined;
		return from === undefined ? undefined : { kind: "copy", from, path, into: false, moves: false };
	}
	if (name === "envsubst" && input !== undefined)
		return { kind: "template", from: input, path, environment: state.environment, ...namesOf(args) };
	if (name === "sed") {
		const call = sedCall(args);
		const from = call?.files.length === 1 ? resolvePath(state.cwd, call.files[0] ?? "") : call?.files.length === 0 ? input : undefined;
		if (call && !call.inPlace && !call.quiet && from !== undefined)
			return { kind: "filter", from, path, scripts: call.scripts, extended: call.extended };
	}
	return undefined;
}

function namesOf(args: readonly Value[]): { names?: readonly string[] } {
	const given = args.map((arg) => likelyText(arg) ?? "").join(" ");
	return args.length === 0 ? {} : { names: [...given.matchAll(/\$\{?(\w+)/g)].map((match) => match[1] ?? "") };
}

function* inputOf(redirects: readonly Redirection[], state: ShellState): Asking<string | undefined> {
	for (const redirect of redirects) {
		if (redirect.type !== "Redirect" || redirect.operator !== "<" || !redirect.target) continue;
		const text = likelyText(yield* expandWhole(redirect.target, state));
		return text === undefined ? undefined : resolvePath(state.cwd, text);
	}
	return undefined;
}

/** The text that `echo`, `printf` and `cat <<EOF` print. */
function* textPrinted(
	name: string,
	args: readonly Value[],
	redirects: readonly Redirection[],
	state: ShellState,
): Asking<Value | undefined> {
	if (name === "echo") return echoed(args);
	if (name === "printf") return formatted(args);
	if (name === ":" || name === "true") return known("");
	if ((name !== "cat" && name !== "tee") || (name === "cat" && args.some((arg) => likelyText(arg) !== "-"))) return undefined;
	for (const redirect of redirects) {
		if (redirect.type === "HereString" && redirect.target) return concat([yield* expandWhole(redirect.target, state), known("\n")]);
		if (redirect.type !== "HereDoc") continue;
		const { body, delimiter, operator } = redirect;
		const text = delimiter?.quoted ? known(body.text) : yield* expandParts(body.parts, body.text, state);
		return operator === "<<-" ? mapText(text, (one, from) => known(one.replace(/^\t+/gm, ""), ...from)) : text;
	}
	return undefined;
}

function echoed(args: readonly Value[]): Value {
	let first = 0;
	let newline = true;
	for (; /^-[neE]+$/.test(likelyText(args[first]) ?? ""); first++) if (likelyText(args[first])?.includes("n")) newline = false;
	const words = args.slice(first).flatMap((arg, i) => (i === 0 ? [arg] : [known(" "), arg]));
	// dash and busybox resolve escapes, bash does with -e: whoever writes them means them.
	const text = mapText(concat(words.map(emptyIfUnset)), (one, from) => known(resolveEscapes(one), ...from));
	return newline ? concat([text, known("\n")]) : text;
}

/** `printf`: the format is used again until the arguments are used up. */
function formatted(args: readonly Value[]): Value | undefined {
	const [format, ...values] = args;
	const text = likelyText(format);
	if (text === undefined) return undefined;
	const parts: Value[] = [];
	let at = 0;
	do {
		const before = at;
		let end = 0;
		for (const match of text.matchAll(/%([%sdb])|%[^%sdb]/g)) {
			if (match[1] === undefined) return undefined;
			parts.push(known(resolveEscapes(text.slice(end, match.index))));
			end = match.index + match[0].length;
			if (match[1] === "%") parts.push(known("%"));
			else parts.push(emptyIfUnset(values[at++] ?? known("")));
		}
		parts.push(known(resolveEscapes(text.slice(end))));
		if (at === before) break;
	} while (at < values.length && parts.length < 200);
	return concat(parts);
}

function resolveEscapes(text: string): string {
	return text.replace(/\\([nt\\"])/g, (_, char: string) => ({ n: "\n", t: "\t", "\\": "\\", '"': '"' })[char] ?? char);
}

/** `… | tee f`, `cat t | envsubst > f`, `echo x | sudo tee -a f`, `cat f | sed s/a/b/ > g`. */
function* pipe(commands: readonly CommandNode[], state: ShellState): Asking<FileChange | undefined> {
	const [first, last] = [commands[0], commands.at(-1)];
	if (commands.length !== 2 || first?.type !== "Command" || last?.type !== "Command" || !first.name || !last.name) return undefined;
	const words = function* (command: typeof first): Asking<Value[]> {
		const found: Value[] = command.name ? yield* expandWord(command.name, state) : [];
		for (const arg of command.args) if (arg.type === "Word") found.push(...(yield* expandWord(arg, state)));
		return likelyText(found[0]) === "sudo" ? found.slice(1) : found;
	};
	const [source, ...sourceArgs] = yield* words(first);
	const [sink, ...sinkArgs] = yield* words(last);
	const sinkName = likelyText(sink);
	if (sinkName === "tee") {
		const text = yield* textPrinted(likelyText(source) ?? "", sourceArgs, first.redirects, state);
		const operands = sinkArgs.map((arg) => likelyText(arg)).filter((arg) => !arg?.startsWith("-"));
		const append = sinkArgs.some((arg) => /^(-a|--append)$/.test(likelyText(arg) ?? ""));
		const [file] = operands;
		return text && file !== undefined && operands.length === 1
			? { kind: "write", path: resolvePath(state.cwd, file), text, append }
			: undefined;
	}
	const target = yield* outputOf(last.redirects, state);
	const [file] = sourceArgs.map((arg) => likelyText(arg));
	if (target?.path === undefined || target.append || likelyText(source) !== "cat" || sourceArgs.length !== 1 || file === undefined)
		return undefined;
	const from = resolvePath(state.cwd, file);
	if (sinkName === "envsubst") return { kind: "template", from, path: target.path, environment: state.environment, ...namesOf(sinkArgs) };
	const call = sinkName === "sed" ? sedCall(sinkArgs) : undefined;
	if (call?.files.length === 0 && !call.quiet)
		return { kind: "filter", from, path: target.path, scripts: call.scripts, extended: call.extended };
	return undefined;
}

interface SedCall {
	readonly scripts: readonly Value[];
	readonly files: readonly (string | undefined)[];
	readonly inPlace: boolean;
	readonly extended: boolean;
	readonly quiet: boolean;
}

/** `sed [-i] [-E] [-e script]… [script] [file]…`; undefined when a script comes from a file. */
function sedCall(args: readonly Value[]): SedCall | undefined {
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

type Changes = (args: readonly Value[], state: ShellState) => FileChange[];

function vague(args: readonly Value[]): FileChange {
	return { kind: "vague", path: "", words: args.map((arg) => likelyText(arg) ?? "") };
}

/** The paths among a command's words; undefined when one is not known. */
function paths(args: readonly Value[], state: ShellState): string[] | undefined {
	const texts = args.map((arg) => likelyText(arg));
	if (texts.some((text) => text === undefined)) return undefined;
	return texts
		.filter((text): text is string => text !== undefined && text !== "" && !text.startsWith("-"))
		.map((text) => resolvePath(state.cwd, text));
}

const transfer =
	(moves: boolean): Changes =>
	(args, state) => {
		const all = paths(args, state);
		const last = args.at(-1);
		const flagged = args.findIndex((arg) => /^(-t|--target-directory)$/.test(likelyText(arg) ?? ""));
		if (!all || all.length < 2 || flagged >= 0 || all.some((path) => /[*?[]/.test(path))) return [vague(args)];
		const to = all.at(-1) ?? "/";
		const written = likelyText(last) ?? "";
		const into = all.length > 2 || /(^|\/)\.?$/.test(written);
		const operands = args.map((arg) => likelyText(arg) ?? "").filter((text) => text !== "" && !text.startsWith("-"));
		return all.slice(0, -1).map((from, i) => {
			const contents = operands[i]?.endsWith("/.") === true;
			return { kind: "copy", from, path: to, into: into && !contents, moves, ...(contents ? { contents } : {}) };
		});
	};

/** Programs that write the files that they name in ways of their own. */
const writes: Changes = (args, state) => (paths(args, state) ?? []).map((path) => ({ kind: "unknown", path }));

/** What commands do to files, as their manual pages say. */
const CHANGES: Readonly<Record<string, Changes | undefined>> = {
	__proto__: null as never,
	cp: transfer(false),
	install: (args, state) => (args.some((arg) => /^-[a-z]*d/.test(likelyText(arg) ?? "")) ? [] : writes(args, state)),
	mv: transfer(true),
	ln(args, state) {
		const operands = args.filter((arg) => !likelyText(arg)?.startsWith("-"));
		const [target, link] = operands.map((arg) => likelyText(arg));
		if (target === undefined || operands.length > 2 || (operands.length === 2 && link === undefined)) return [vague(args)];
		const path = resolvePath(state.cwd, link ?? target.slice(target.lastIndexOf("/") + 1));
		const into = link?.endsWith("/") === true;
		return [{ kind: "copy", from: resolvePath(into ? path : dirname(path), target), path, into, moves: false }];
	},
	rm: (args, state) => paths(args, state)?.map((path) => ({ kind: "remove", path })) ?? [vague(args)],
	mkdir: (args, state) => paths(args, state)?.map((path) => ({ kind: "folder", path })) ?? [],
	touch: (args, state) => paths(args, state)?.map((path) => ({ kind: "write", path, text: known(""), append: true })) ?? [],
	chmod: () => [],
	chown: () => [],
	sed(args, state) {
		const call = sedCall(args);
		if (!call) return [vague(args)];
		if (!call.inPlace) return [];
		return call.files.map((file) => {
			if (file === undefined || /[*?[]/.test(file)) return vague(args);
			const path = resolvePath(state.cwd, file);
			return call.quiet ? { kind: "unknown", path } : { kind: "edit", path, scripts: call.scripts, extended: call.extended };
		});
	},
	tee: writes,
	curl: writes,
	wget: writes,
	patch: writes,
	dd: (args) => [vague(args)],
	perl: (args, state) => (args.some((arg) => /^-\w*i/.test(likelyText(arg) ?? "")) ? writes(args, state) : []),
	sponge: writes,
	truncate: writes,
	ed: writes,
	ex: writes,
	turbo: (args, state) => pruned([known("turbo"), ...args], state.cwd),
	...Object.fromEntries(["npx", "pnpm", "yarn", "bunx"].map((name): [string, Changes] => [name, (args, { cwd }) => pruned(args, cwd)])),
};

function emptyIfUnset(value: Value): Value {
	return value.kind === "variable" && !value.fallback ? { ...value, fallback: known("") } : value;
}
