import { basename, dirname } from "node:path/posix";
import type { Redirection } from "unbash";
import { resolvePath } from "../dockerfile/walk.ts";
import { t } from "../model/message.ts";
import { evidenceIn, rangeBetween } from "../model/text.ts";
import { concat, known, likelyText, mapText, unknown, type Value } from "../model/value.ts";
import type { Asking } from "./asking.ts";
import { filtered } from "./filters.ts";
import { emptyIfUnset, userNumber } from "./parameters.ts";
import type { ShellState } from "./state.ts";
import { expandParts, expandWhole } from "./words.ts";

/** A simple command, as far as what it prints is concerned. */
export interface PrintingCommand {
	readonly name: string;
	readonly args: readonly Value[];
	readonly redirects: readonly Redirection[];
	/** What a pipe hands it; undefined for none, and when that is not known. */
	readonly input?: Value;
}

/** Longer files are no ports, names or flags. */
const MAX_FILE = 20_000;

/** Commands that print nothing that matters to whoever reads their output. */
const SILENT =
	/^(sleep|wait|trap|umask|ulimit|mkdir|rmdir|chown|chmod|chgrp|cp|mv|rm|ln|touch|local|readonly|declare|export|typeset|alias|unalias|shopt|enable|kill|let|exec|install|adduser|addgroup|useradd|groupadd|sync|usermod|groupmod)$/;

/** The pieces that a command prints, one after another; unknown where nobody knows. */
export function* printedBy(command: PrintingCommand, state: ShellState): Asking<readonly Value[]> {
	const { name, redirects } = command;
	if (SILENT.test(name) || redirects.some(takesOutput)) return [];
	return (yield* pieces(command, state)) ?? [unknown(t("{0} prints it", name))];
}

function takesOutput(redirect: Redirection): boolean {
	if (redirect.type !== "Redirect" || !redirect.operator.includes(">")) return false;
	return redirect.descriptor?.type !== "FileDescriptor" || redirect.descriptor.value === 1;
}

/** The text that a command prints, as one; undefined when it is not plain. */
export function* textPrinted(command: PrintingCommand, state: ShellState): Asking<Value | undefined> {
	const printed = yield* pieces(command, state);
	return printed && concat(printed.map(emptyIfUnset));
}

function* pieces(command: PrintingCommand, state: ShellState): Asking<readonly Value[] | undefined> {
	const { name, args, redirects } = command;
	const [first, ...others] = name === "sudo" ? args : [];
	if (first) return yield* pieces({ ...command, name: likelyText(first) ?? "", args: others }, state);
	const texts = args.map((arg) => likelyText(arg));
	const operand = args.find((arg) => !likelyText(arg)?.startsWith("-"));
	const line = (value: Value | undefined): readonly Value[] | undefined => value && [value, NEWLINE];
	switch (name.slice(name.lastIndexOf("/") + 1)) {
		case "echo":
			return echoed(args);
		case "printf":
			return texts[0] === "-v" ? [] : one(formatted(args));
		case "cat":
			return one(yield* concatenated(command, state));
		case "pwd":
			return line(known(state.cwd));
		case "dirname":
			return line(operand && mapText(operand, (text, from) => known(dirname(text), ...from)));
		case "basename":
			return line(operand && args.length === 1 ? mapText(operand, (text, from) => known(basename(text), ...from)) : undefined);
		case "realpath":
		case "readlink":
			return line(operand && mapText(operand, (text, from) => known(resolvePath(state.cwd, text), ...from)));
		case "command":
			return line(args.length === 2 && texts[0] === "-v" ? args[1] : undefined);
		case "which":
			return line(args.length === 1 ? operand : undefined);
		case "id":
			if (args.length !== 1) return undefined;
			return line(texts[0] === "-u" ? known(userNumber(state.user)) : texts[0] === "-un" ? known(state.user) : undefined);
		case "whoami":
			return line(known(state.user));
		case "seq":
			return line(counted(texts));
		case "expr":
			return line(computed(args));
		case "printenv":
			return line(args.length === 1 ? state.environment.get(texts[0] ?? "") : undefined);
		case ":":
		case "true":
			return [];
		default: {
			const fed = (yield* inputOf(redirects, state)) ?? command.input ?? (yield* lastFile(name, args, state));
			return one(fed && filtered(name, fed.kind === "variable" && !fed.fallback ? emptyIfUnset(fed) : fed, texts));
		}
	}
}

const NEWLINE = known("\n");

function one(value: Value | undefined): readonly Value[] | undefined {
	return value && [value];
}

/** `cat`: its files one after another, or what it is fed. */
function* concatenated({ args, redirects, input }: PrintingCommand, state: ShellState): Asking<Value | undefined> {
	const operands = args.filter((arg) => !/^-[A-Za-z]+$/.test(likelyText(arg) ?? ""));
	if (operands.length < args.length) return undefined;
	const parts: Value[] = [];
	for (const operand of operands) {
		const text = likelyText(operand) === "-" ? ((yield* inputOf(redirects, state)) ?? input) : yield* contentOf(operand, state);
		if (!text) return undefined;
		parts.push(text);
	}
	return operands.length > 0 ? concat(parts.map(emptyIfUnset)) : ((yield* inputOf(redirects, state)) ?? input);
}

/** The file that a filter names as its last word: `cut -d= -f2 .env`. */
function* lastFile(name: string, args: readonly Value[], state: ShellState): Asking<Value | undefined> {
	const last = args.at(-1);
	if (!last || !/^(cut|head|tail|sort|grep|sed|awk)$/.test(name) || args.length < 2) return undefined;
	return yield* contentOf(last, state);
}

/** The text of a heredoc, a here-string or a file that is read (`<`); undefined without one. */
export function* inputOf(redirects: readonly Redirection[], state: ShellState): Asking<Value | undefined> {
	for (const redirect of redirects.toReversed()) {
		if (redirect.type === "HereString" && redirect.target)
			return concat([yield* expandWhole(redirect.target, state), NEWLINE].map(emptyIfUnset));
		if (redirect.type === "HereDoc") {
			const { body, delimiter, operator } = redirect;
			const text = delimiter?.quoted ? known(body.text) : yield* expandParts(body.parts, body.text, state);
			return operator === "<<-" ? mapText(text, (written, from) => known(written.replace(/^\t+/gm, ""), ...from)) : text;
		}
		if (redirect.type === "Redirect" && redirect.operator === "<" && redirect.target)
			return yield* contentOf(yield* expandWhole(redirect.target, state), state);
	}
	return undefined;
}

function* contentOf(operand: Value, state: ShellState): Asking<Value | undefined> {
	const path = likelyText(operand);
	if (path === undefined) return undefined;
	const { file } = yield { ask: "read", path: resolvePath(state.cwd, path) };
	if (!file || file.text.length > MAX_FILE) return undefined;
	return known(file.text, evidenceIn(file, rangeBetween(file.text, 0, file.text.trimEnd().length), file.text.slice(0, 80)));
}

function echoed(args: readonly Value[]): readonly Value[] {
	let first = 0;
	let newline = true;
	for (; /^-[neE]+$/.test(likelyText(args[first]) ?? ""); first++) if (likelyText(args[first])?.includes("n")) newline = false;
	const words = args.slice(first).flatMap((arg, i) => (i === 0 ? [arg] : [known(" "), arg]));
	// dash and busybox resolve escapes, bash does with -e: whoever writes them means them.
	const text =
		words.length === 1 ? words : [mapText(concat(words.map(emptyIfUnset)), (written, from) => known(resolveEscapes(written), ...from))];
	const plain = text.map((value) => mapText(value, (written, from) => known(resolveEscapes(written), ...from)));
	return newline ? [...plain, NEWLINE] : plain;
}

/** `printf`: the format is used again until the arguments are used up; undefined for forms that are not followed. */
export function formatted(args: readonly Value[]): Value | undefined {
	const [format, ...values] = likelyText(args[0]) === "--" ? args.slice(1) : args;
	const text = likelyText(format);
	if (text === undefined) return undefined;
	if (text === "%s" && values.length === 1) return values[0];
	const parts: Value[] = [];
	let at = 0;
	do {
		const before = at;
		let end = 0;
		for (const match of text.matchAll(/%([%sdib])|%[^%sdib]/g)) {
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

/** `seq FIRST LAST` and `seq LAST`. */
function counted(texts: readonly (string | undefined)[]): Value | undefined {
	const numbers = texts.map((text) => (/^\d+$/.test(text ?? "") ? Number(text) : undefined));
	const [first, last] = numbers.length === 1 ? [1, numbers[0]] : numbers;
	if (first === undefined || last === undefined || numbers.length > 2 || last - first > 1000) return undefined;
	return known(Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => String(first + i)).join("\n"));
}

/** `expr A + B`. */
function computed([left, operator, right, ...others]: readonly Value[]): Value | undefined {
	const sign = likelyText(operator);
	if (!left || !right || others.length > 0 || (sign !== "+" && sign !== "-")) return undefined;
	return mapText(left, (a, from) =>
		mapText(right, (b, more) => {
			const result = sign === "+" ? Number(a) + Number(b) : Number(a) - Number(b);
			return Number.isSafeInteger(result) ? known(String(result), ...from, ...more) : unknown(t("expr is not followed"));
		}),
	);
}
