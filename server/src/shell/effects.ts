import type { CommandNode, Redirection } from "unbash";
import { resolvePath } from "../dockerfile/walk.ts";
import { known, likelyText, type Value } from "../model/value.ts";
import type { Asking } from "./asking.ts";
import type { FileChange } from "./changes.ts";
import { fileChanges, sedCall, teeChanges } from "./fileCommands.ts";
import { emptyIfUnset } from "./parameters.ts";
import { inputOf, textPrinted } from "./printing.ts";
import type { Place } from "./run.ts";
import type { ShellState } from "./state.ts";
import { expandWhole, expandWord } from "./words.ts";

/** A command as far as files are concerned. */
interface FileCommand {
	readonly name: string | undefined;
	readonly args: readonly Value[];
	readonly redirects: readonly Redirection[];
	/** What a pipe hands it. */
	readonly input?: Value;
	/** The commands of a pipe, looked at together. */
	readonly pipeline?: readonly CommandNode[];
}

/** Notes what a command does to files. */
export function* fileEffects(given: FileCommand, place: Place): Asking<void> {
	const [first, ...others] = given.name === "sudo" ? given.args : [];
	const command = first ? { ...given, name: likelyText(first), args: others } : given;
	if (command.pipeline) {
		const change = yield* pipe(command.pipeline, place.state);
		if (change) note([change], place);
		return;
	}
	const { state } = place;
	const target = yield* outputOf(command.redirects, state);
	const name = command.name?.slice(command.name.lastIndexOf("/") + 1);
	if (target) {
		const change = name === undefined ? undefined : yield* printed(name, command.args, command.redirects, target, state, command.input);
		note([change ?? (name === undefined && command.args.length === 0 ? written(target, known("")) : unclear(target, command))], place);
	}
	if (name === undefined) return;
	const args = command.args.map((arg) => emptyIfUnset(arg));
	if (name === "tee") {
		const input = (yield* inputOf(command.redirects, state)) ?? command.input;
		note(teeChanges(args, input, state), place);
	} else note(fileChanges(name, args, state), place);
}

/** Notes that a group of commands printed its output to a file. */
export function* groupOutput(redirects: readonly Redirection[], printed: Value, place: Place): Asking<void> {
	const target = yield* outputOf(redirects, place.state);
	if (target) note([printed.kind === "unknown" ? unclear(target, { args: [] }) : written(target, printed)], place);
}

/** Whether standard output goes to a file. */
export function* writesFile(redirects: readonly Redirection[], state: ShellState): Asking<boolean> {
	return (yield* outputOf(redirects, state)) !== undefined;
}

function note(changes: readonly FileChange[], { sink, state }: Place): void {
	for (const change of changes) sink.actions.push({ kind: "file", change, evidence: [], doubt: state.doubt });
}

interface Target {
	/** Undefined when its name is not known. */
	readonly path: string | undefined;
	readonly append: boolean;
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
	input: Value | undefined,
): Asking<FileChange | undefined> {
	const { path } = target;
	if (path === undefined) return undefined;
	const made = target.append ? undefined : yield* transformed(name, args, redirects, path, state);
	if (made) return made;
	const text = yield* textPrinted({ name, args, redirects, input }, state);
	return text && written(target, text);
}

/** What `cat f > g`, `envsubst < f > g` and `sed … f > g` make of a file, whatever stands in it. */
function* transformed(
	name: string,
	args: readonly Value[],
	redirects: readonly Redirection[],
	path: string,
	state: ShellState,
): Asking<FileChange | undefined> {
	const input = yield* inputPath(redirects, state);
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
		if (call && !call.inPlace && from !== undefined)
			return { kind: "filter", from, path, scripts: call.scripts, extended: call.extended, quiet: call.quiet };
	}
	return undefined;
}

function namesOf(args: readonly Value[]): { names?: readonly string[] } {
	const given = args.map((arg) => likelyText(arg) ?? "").join(" ");
	return args.length === 0 ? {} : { names: [...given.matchAll(/\$\{?(\w+)/g)].map((match) => match[1] ?? "") };
}

function* inputPath(redirects: readonly Redirection[], state: ShellState): Asking<string | undefined> {
	for (const redirect of redirects) {
		if (redirect.type !== "Redirect" || redirect.operator !== "<" || !redirect.target) continue;
		const text = likelyText(yield* expandWhole(redirect.target, state));
		return text === undefined ? undefined : resolvePath(state.cwd, text);
	}
	return undefined;
}

/** `cat t | envsubst > f`, `cat f | sed s/a/b/ > g`: what stands in the file need not be known. */
function* pipe(commands: readonly CommandNode[], state: ShellState): Asking<FileChange | undefined> {
	const [first, last] = [commands[0], commands.at(-1)];
	if (commands.length !== 2 || first?.type !== "Command" || last?.type !== "Command" || !first.name || !last.name) return undefined;
	const words = function* (command: typeof first): Asking<Value[]> {
		const found: Value[] = command.name ? yield* expandWord(command.name, state) : [];
		for (const arg of command.args) if (arg.type === "Word") found.push(...(yield* expandWord(arg, state)));
		return found;
	};
	const [source, ...sourceArgs] = yield* words(first);
	const [sink, ...sinkArgs] = yield* words(last);
	const sinkName = likelyText(sink);
	const target = yield* outputOf(last.redirects, state);
	const [file] = sourceArgs.map((arg) => likelyText(arg));
	if (target?.path === undefined || target.append || likelyText(source) !== "cat" || sourceArgs.length !== 1 || file === undefined)
		return undefined;
	const from = resolvePath(state.cwd, file);
	if (sinkName === "envsubst") return { kind: "template", from, path: target.path, environment: state.environment, ...namesOf(sinkArgs) };
	const call = sinkName === "sed" ? sedCall(sinkArgs) : undefined;
	if (call?.files.length === 0)
		return { kind: "filter", from, path: target.path, scripts: call.scripts, extended: call.extended, quiet: call.quiet };
	return undefined;
}
