import { own } from "../model/table.ts";
import { known, mapText, type Value } from "../model/value.ts";
import { applySed } from "./sed.ts";

type Filter = (lines: readonly string[], args: readonly string[]) => readonly string[] | undefined;

/** What a command of a pipe makes of the text that it is fed; undefined when that is not plain. */
export function filtered(name: string, input: Value, args: readonly (string | undefined)[]): Value | undefined {
	const filter = own(FILTERS, name);
	if (!filter || args.some((arg) => arg === undefined)) return undefined;
	let followed = true;
	const value = mapText(input, (text, from) => {
		const lines = text.replace(/\n$/, "").split("\n");
		const after = filter(text === "" ? [] : lines, args as string[]);
		followed &&= after !== undefined;
		return known(after && after.length > 0 ? `${after.join("\n")}\n` : "", ...from);
	});
	return followed ? value : undefined;
}

/** Reads `-d: -f2`, `-d : -f 2`, `--fields=2`. */
function optionsOf(args: readonly string[], withValue: string): { options: Map<string, string>; operands: string[] } {
	const options = new Map<string, string>();
	const operands: string[] = [];
	for (let i = 0; i < args.length; i++) {
		const arg = args[i] ?? "";
		const long = /^--([a-z-]+)=(.*)$/.exec(arg);
		if (long) options.set(LONG[long[1] ?? ""] ?? "?", long[2] ?? "");
		else if (/^-[A-Za-z]/.test(arg)) {
			for (let at = 1; at < arg.length; at++) {
				const flag = arg.charAt(at);
				if (!withValue.includes(flag)) options.set(flag, "");
				else {
					options.set(flag, at + 1 < arg.length ? arg.slice(at + 1) : (args[++i] ?? ""));
					break;
				}
			}
		} else operands.push(arg);
	}
	return { options, operands };
}

const LONG: Readonly<Record<string, string>> = { delimiter: "d", fields: "f", lines: "n" };

const FILTERS: Readonly<Record<string, Filter | undefined>> = {
	__proto__: null as never,
	cat: (lines, args) => (args.length === 0 ? lines : undefined),
	cut(lines, args) {
		const { options } = optionsOf(args, "dfcb");
		const delimiter = options.get("d") ?? "\t";
		const field = /^(\d+)(-?)$/.exec(options.get("f") ?? "");
		if (!field || delimiter === "" || [...options.keys()].some((key) => !"dfs".includes(key))) return undefined;
		const at = Number(field[1]) - 1;
		return lines.map((line) => {
			const parts = line.split(delimiter);
			if (parts.length === 1) return line;
			return field[2] ? parts.slice(at).join(delimiter) : (parts[at] ?? "");
		});
	},
	grep(lines, args) {
		const { options, operands } = optionsOf(args, "emAC");
		if ([...options.keys()].some((key) => !"vEie".includes(key))) return undefined;
		const pattern = options.get("e") ?? operands[0] ?? "";
		const script = `/${pattern.replace(/\//g, "\\/")}/d`;
		const left = lines.map((line) => applySed(`${line}\n`, script, options.has("E")));
		if (left.includes(undefined) || options.has("i")) return undefined;
		return lines.filter((_, i) => (left[i] === "") !== options.has("v"));
	},
	head: (lines, args) => firstLines(lines, args),
	rev: (lines) => lines.map((line) => [...line].reverse().join("")),
	sed(lines, args) {
		const { options, operands } = optionsOf(args, "e");
		if ([...options.keys()].some((key) => !"neEr".includes(key))) return undefined;
		const script = options.get("e") ?? operands[0];
		const text =
			script === undefined ? undefined : applySed(`${lines.join("\n")}\n`, script, options.has("E") || options.has("r"), options.has("n"));
		return text === undefined ? undefined : text === "" ? [] : text.replace(/\n$/, "").split("\n");
	},
	sort: (lines, args) => (args.every((arg) => !arg.startsWith("-")) ? [...lines].sort() : undefined),
	tail(lines, args) {
		const count = /^-n?\s*(\d+)$/.exec(args.slice(0, 2).join("").replace(/^-n/, "-"));
		return count ? lines.slice(-Number(count[1])) : undefined;
	},
	tr(lines, args) {
		const text = lines.join("\n");
		const [first = "", second = ""] = args;
		const from = setOf(first === "-d" ? second : first);
		if (from === undefined) return undefined;
		if (first === "-d" && args.length === 2)
			return [...text]
				.filter((char) => !from.includes(char))
				.join("")
				.split("\n");
		const to = setOf(second);
		if (args.length !== 2 || to === undefined || to.length === 0) return undefined;
		return [...text]
			.map((char) => (from.includes(char) ? (to[Math.min(from.indexOf(char), to.length - 1)] ?? "") : char))
			.join("")
			.split("\n");
	},
	// Without a program, the words on one line.
	xargs: (lines, args) =>
		args.length === 0 || (args.length === 1 && args[0] === "echo")
			? [
					lines
						.flatMap((line) => line.split(/\s+/))
						.filter(Boolean)
						.join(" "),
				]
			: undefined,
	awk(lines, args) {
		const at = args[0]?.startsWith("-F") ? (args[0] === "-F" ? 2 : 1) : 0;
		const separator = at === 0 ? undefined : at === 2 ? args[1] : args[0]?.slice(2);
		const field = /^\{\s*print \$(\d+);?\s*\}$/.exec(args[at] ?? "");
		if (!field || (separator !== undefined && separator.length !== 1)) return undefined;
		const number = Number(field[1]);
		return lines.map((line) =>
			number === 0 ? line : ((separator === undefined ? line.trim().split(/\s+/) : line.split(separator))[number - 1] ?? ""),
		);
	},
};

function firstLines(lines: readonly string[], args: readonly string[]): readonly string[] | undefined {
	if (args.length === 0) return lines.slice(0, 10);
	const count = /^-n?(\d+)$/.exec(
		args
			.slice(0, 2)
			.join("")
			.replace(/^(-n?\d+).*$/, "$1"),
	);
	return count ? lines.slice(0, Number(count[1])) : undefined;
}

/** The characters of `a-z`, `[:upper:]`, `\n`. */
function setOf(text: string): string[] | undefined {
	const written = text
		.replace("[:upper:]", "A-Z")
		.replace("[:lower:]", "a-z")
		.replace("[:digit:]", "0-9")
		.replace("[:space:]", " \t\n\r")
		.replace(/\\([nrt])/g, (_, char: string) => ({ n: "\n", r: "\r", t: "\t" })[char] ?? char);
	if (/\[:|\\/.test(written)) return undefined;
	const set: string[] = [];
	for (let i = 0; i < written.length; i++) {
		const [first = 0, last = 0] = [written.charCodeAt(i), written.charCodeAt(i + 2)];
		if (written.charAt(i + 1) === "-" && i + 2 < written.length && last >= first) {
			for (let code = first; code <= last; code++) set.push(String.fromCharCode(code));
			i += 2;
		} else set.push(written.charAt(i));
	}
	return set;
}
