import type { ImageFiles } from "../../context/imageFiles.ts";
import { known, likelyText, type Value } from "../../model/value.ts";
import { just, task } from "../../process/launchers/taskFiles.ts";
import type { Process } from "../../process/process.ts";
import { runShell } from "../../process/shell.ts";
import { moduleAt } from "./goModule.ts";
import { recipesOf } from "./makefile.ts";

/** A program that a build command makes. */
export interface Output {
	/** Absolute; undefined when the command leaves that open. */
	readonly path: string | undefined;
	/** It is put into this folder, under the name of its package. */
	readonly folder?: string;
	readonly source: Source;
	/** Of `-tags`. */
	readonly tags?: readonly string[];
}

export type Source =
	/** The folder of package main, or its one file. */
	| { readonly kind: "folder"; readonly path: string }
	/** `./...`: every package main below. */
	| { readonly kind: "pattern"; readonly path: string }
	/** A module that the command downloads. */
	| { readonly kind: "remote"; readonly name: string };

/** Flags of the go command that take the next word (`go help build`). */
const WITH_VALUE = new Set(
	"o p asmflags buildmode compiler gccgoflags gcflags installsuffix ldflags mod modfile overlay pgo pkgdir tags toolexec covermode coverpkg exec C".split(
		" ",
	),
);

/** The words of a go command: its flags, what it builds, and what stands behind that. */
export interface GoCommand {
	readonly verb: string;
	readonly cwd: string;
	readonly flags: ReadonlyMap<string, string>;
	readonly packages: readonly string[];
	/** `go run`: the program's own arguments. */
	readonly args: readonly Value[];
}

/** Reads `go build`, `go install` and `go run`; undefined for other programs. */
export function readGoCommand(process: Process): GoCommand | undefined {
	// `env CGO_ENABLED=0 go build`
	const skipped = /(^|\/)env$/.test(likelyText(process.argv[0]) ?? "")
		? process.argv.findIndex((word, i) => i > 0 && !/^(-|\w+=)/.test(likelyText(word) ?? ""))
		: 0;
	const [program, verbWord, ...rest] = process.argv.slice(Math.max(skipped, 0));
	if (!/(^|\/)(go|xx-go|garble|gow|tinygo)(1\.\d+)?$/.test(likelyText(program) ?? "")) return undefined;
	const flags = new Map<string, string>();
	let verb = likelyText(verbWord) ?? "";
	let words = rest;
	// `go -C folder build`
	const early = /^-C(?:=(.*))?$/.exec(verb);
	if (early) {
		flags.set("C", early[1] ?? likelyText(words[0]) ?? ".");
		words = early[1] === undefined ? words.slice(1) : words;
		verb = likelyText(words[0]) ?? "";
		words = words.slice(1);
	}
	let at = 0;
	for (; at < words.length; at++) {
		const text = likelyText(words[at]);
		const flag = /^--?([\w]+)(?:=(.*))?$/s.exec(text ?? "");
		if (!flag) break;
		const name = flag[1] ?? "";
		flags.set(name, flag[2] ?? (WITH_VALUE.has(name) ? (likelyText(words[++at]) ?? "") : "true"));
	}
	const cwd = absolute(process.cwd, flags.get("C") ?? ".");
	const operands = words.slice(at);
	const packages: string[] = [];
	for (const word of operands) {
		const text = likelyText(word);
		// `go run` takes one package, or the files that make one.
		if (text === undefined || (verb === "run" && packages.length > 0 && !(text.endsWith(".go") && packages[0]?.endsWith(".go")))) break;
		packages.push(text);
	}
	return { verb, cwd, flags, packages, args: operands.slice(packages.length) };
}

/** What a package's name on the command line means. */
export async function sourceOf(files: ImageFiles, cwd: string, name: string): Promise<Source> {
	if (/(^|\/)\.\.\.$/.test(name)) return { kind: "pattern", path: absolute(cwd, name.replace(/\/?\.\.\.$/, "") || ".") };
	if (name.includes("@") && !name.startsWith(".")) return { kind: "remote", name: name.replace(/@.*$/, "") };
	if (/^(\.{0,2}\/|\.{1,2}$)/.test(name) || name.endsWith(".go")) return { kind: "folder", path: absolute(cwd, name) };
	const module = await moduleAt(files, cwd);
	if (module && (name === module.path || name.startsWith(`${module.path}/`)))
		return { kind: "folder", path: absolute(module.folder, `.${name.slice(module.path.length)}`) };
	const inGopath = `/go/src/${name}`;
	if ((await files.look(inGopath)).kind === "folder") return { kind: "folder", path: inGopath };
	return /^[^/]*\.[^/]*\//.test(name) ? { kind: "remote", name } : { kind: "folder", path: absolute(cwd, name) };
}

/** The programs that these commands make, those of makefiles and build scripts included. */
export async function outputsOf(commands: readonly Process[], files: ImageFiles, depth = 0): Promise<Output[]> {
	const outputs: Output[] = [];
	// A makefile may call itself.
	if (depth > 4) return outputs;
	for (const command of commands.slice(0, 200)) {
		const go = readGoCommand(command);
		if (go && (go.verb === "build" || go.verb === "install")) {
			const tags = tagsOf(go);
			outputs.push(...(await outputsOfGo(go, command, files)).map((one) => (tags.length > 0 ? { ...one, tags } : one)));
		} else if (!go) outputs.push(...(await outputsOf(await commandsInside(command, files), files, depth + 1)));
	}
	return outputs;
}

/** Separated by commas, or by blanks as before (`go help build`: "-tags"). */
export function tagsOf(go: GoCommand): string[] {
	return (go.flags.get("tags") ?? "").split(/[\s,]+/).filter(Boolean);
}

async function outputsOfGo(go: GoCommand, process: Process, files: ImageFiles): Promise<Output[]> {
	const names = go.packages.length > 0 ? (await Promise.all(go.packages.map((name) => expandStar(files, go.cwd, name)))).flat() : ["."];
	// Several files make one program.
	const wanted = names[0]?.endsWith(".go") ? (names.length > 1 ? [names[0].replace(/[^/]*$/, ".") || "."] : names) : names;
	const written = go.flags.get("o");
	const outputs: Output[] = [];
	for (const name of wanted) {
		const source = await sourceOf(files, go.cwd, name);
		const own = await nameOfProgram(files, source, names[0] ?? ".");
		if (go.verb === "install") outputs.push(inFolder(installFolder(process), own, source));
		else if (written === undefined) outputs.push(inFolder(go.cwd, own, source));
		else if (written === "") outputs.push({ path: undefined, source });
		else if (
			written.endsWith("/") ||
			source.kind === "pattern" ||
			wanted.length > 1 ||
			(await files.look(absolute(go.cwd, written))).kind === "folder"
		)
			outputs.push(inFolder(absolute(go.cwd, written), own, source));
		else outputs.push({ path: absolute(go.cwd, written), source });
	}
	return outputs;
}

/** `cmd/*` as the shell has it: the source files of a folder, else the folders in it; itself when there is none. */
async function expandStar(files: ImageFiles, cwd: string, name: string): Promise<string[]> {
	const pattern = /^((?:[^*]*\/)?)\*((?:\.go)?)$/.exec(name);
	if (!pattern) return [name];
	const [, folder = "", ending = ""] = pattern;
	const names = await files.list(absolute(cwd, folder || "."));
	const sources = names.filter((one) => one.endsWith(".go") && !one.endsWith("_test.go"));
	const wanted = sources.length > 0 ? sources : ending === "" ? names.filter((one) => !one.includes(".")) : [];
	return wanted.length > 0 ? wanted.slice(0, MOST_MATCHES).map((one) => `${folder}${one}`) : [name];
}

const MOST_MATCHES = 100;

function inFolder(folder: string, name: string | undefined, source: Source): Output {
	return name === undefined ? { path: undefined, folder, source } : { path: absolute(folder, name), folder, source };
}

function installFolder(process: Process): string {
	const bin = likelyText(process.environment.get("GOBIN"));
	return bin || `${likelyText(process.environment.get("GOPATH")) || "/go"}/bin`;
}

/** The last part of the package's import path, without a version (`go help build`: "-o"); a lone file's own name. */
async function nameOfProgram(files: ImageFiles, source: Source, firstName: string): Promise<string | undefined> {
	if (source.kind === "pattern") return undefined;
	if (source.kind === "remote") return lastPart(source.name);
	if (source.path.endsWith(".go")) return lastPart(source.path).replace(/\.go$/, "");
	if (firstName.endsWith(".go")) return lastPart(firstName).replace(/\.go$/, "");
	const module = await moduleAt(files, source.path);
	return lastPart(module && module.folder === source.path ? module.path : source.path);
}

function lastPart(path: string): string {
	const parts = path.split("/").filter(Boolean);
	const last = parts.at(-1) ?? "";
	return /^v\d+$/.test(last) && parts.length > 1 ? (parts.at(-2) ?? last) : last;
}

/** The commands that `make` or a script of the image runs. */
async function commandsInside(process: Process, files: ImageFiles): Promise<readonly Process[]> {
	const program = (likelyText(process.argv[0]) ?? "").replace(/^.*\//, "");
	if (program === "make" || program === "gmake") return makeCommands(process, files);
	const runner = program === "task" || program === "go-task" ? task : program === "just" ? just : undefined;
	if (runner) return (await runner(process, files))?.processes ?? [];
	const isShell = /^(sh|bash|ash|dash)$/.test(program);
	const operand = isShell ? process.argv.slice(1).findIndex((word) => !/^[-+]/.test(likelyText(word) ?? "")) + 1 : 0;
	const script = likelyText(process.argv[operand]);
	if (script === undefined || (isShell && operand === 0)) return [];
	if (isShell && process.argv.slice(1, operand).some((word) => /^-[a-z]*c$/.test(likelyText(word) ?? "")))
		return runShell({ text: script, args: process.argv.slice(operand + 1), script: "sh" }, process).processes;
	if (!isShell && !script.endsWith(".sh")) return [];
	const read = await files.read(absolute(process.cwd, script));
	if (read.kind !== "text") return [];
	return runShell({ text: read.file.text, args: process.argv.slice(operand + 1), script }, process).processes;
}

async function makeCommands(process: Process, files: ImageFiles): Promise<Process[]> {
	const given = new Map<string, string>();
	const targets: string[] = [];
	let cwd = process.cwd;
	let name: string | undefined;
	for (let at = 1; at < process.argv.length; at++) {
		const text = likelyText(process.argv[at]) ?? "";
		const assignment = /^([\w.-]+)[:?]?=(.*)$/s.exec(text);
		if (assignment && !text.startsWith("-")) given.set(assignment[1] ?? "", assignment[2] ?? "");
		else if (text === "-C") cwd = absolute(cwd, likelyText(process.argv[++at]) ?? ".");
		else if (text === "-f") name = likelyText(process.argv[++at]);
		else if (/^-[joW]$/.test(text) && /^\d+$/.test(likelyText(process.argv[at + 1]) ?? "")) at++;
		else if (!text.startsWith("-")) targets.push(text);
	}
	for (const candidate of name === undefined ? ["GNUmakefile", "makefile", "Makefile"] : [name]) {
		const read = await files.read(absolute(cwd, candidate));
		if (read.kind !== "text") continue;
		const environment = new Map(
			[...process.environment].flatMap(([key, value]): [string, string][] => {
				const text = likelyText(value);
				return text === undefined ? [] : [[key, text]];
			}),
		);
		const variables = new Map([...given, ["MAKE", "make"], ["CURDIR", cwd], ["PWD", environment.get("PWD") ?? cwd]]);
		for (const [key, value] of environment)
			if (!variables.has(key) && !new RegExp(`^${key}\\s*:?=`, "m").test(read.file.text)) variables.set(key, value);
		const makefile = await withIncludes(read.file.text, cwd, files, 0);
		const recipes = (targets.length > 0 ? targets : [undefined]).flatMap((target) => recipesOf(makefile, target, variables) ?? []);
		const from: Process = { ...process, cwd, argv: [known("make")] };
		return recipes.slice(0, 200).flatMap((text) => runShell({ text, args: [], script: "sh" }, from).processes);
	}
	return [];
}

/** A makefile with the files that it includes in their places; paths are those of the folder where make runs. */
async function withIncludes(text: string, cwd: string, files: ImageFiles, depth: number): Promise<string> {
	if (depth > 4) return text;
	const lines = text.split("\n");
	for (const [index, line] of lines.entries()) {
		const names = /^(?:-|s)?include\s+([^#$]+)/.exec(line)?.[1]?.trim().split(/\s+/) ?? [];
		if (names.length === 0) continue;
		const texts: string[] = [];
		for (const name of names.slice(0, 20)) {
			const read = await files.read(absolute(cwd, name));
			if (read.kind === "text") texts.push(await withIncludes(read.file.text, cwd, files, depth + 1));
		}
		lines[index] = texts.join("\n");
	}
	return lines.join("\n");
}

/** An absolute path without `.` and `..`. */
export function absolute(cwd: string, path: string): string {
	const parts: string[] = [];
	for (const part of (path.startsWith("/") ? path : `${cwd}/${path}`).split("/")) {
		if (part === "..") parts.pop();
		else if (part !== "" && part !== ".") parts.push(part);
	}
	return `/${parts.join("/")}`;
}
