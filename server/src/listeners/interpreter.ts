import type { ImageFiles } from "../context/imageFiles.ts";
import { t } from "../model/message.ts";
import { known, type Value } from "../model/value.ts";
import type { Process } from "../process/process.ts";
import { searchPath } from "../process/searchPath.ts";
import type { Entry } from "../source/program.ts";
import type { SourceLanguage } from "../source/sources.ts";
import { textOf } from "./commandLine.ts";

/** A process that is an interpreter with a program. */
export interface Interpreted {
	readonly language: SourceLanguage;
	/** What it runs; `hidden` says why that cannot be read, `none` when it only waits for input, or prints and ends. */
	readonly program:
		| { readonly kind: "entry"; readonly entry: Entry }
		| { readonly kind: "hidden"; readonly reason: string }
		| { readonly kind: "none" };
	/** After the program. */
	readonly args: readonly Value[];
	readonly preload: readonly string[];
	readonly environmentFiles: readonly string[];
	/** JavaScript: what runs it, when it is not Node. */
	readonly runtime?: "bun" | "deno" | "deno serve";
	/** Flags of `deno serve` that say where: `port` and `host`. */
	readonly served?: ReadonlyMap<string, Value>;
	/** JavaScript: where the debugger listens (`--inspect=0.0.0.0:9229`). */
	readonly inspector?: Value;
}

/** Recognises Python and Node programs, started by their interpreter, by their extension or by their first line. */
export async function interpret(process: Process, files: ImageFiles): Promise<Interpreted | undefined> {
	const [first, ...args] = process.argv;
	const program = textOf(first);
	if (program === undefined) return undefined;
	const byName = interpreterArguments(program, args, process.cwd);
	if (byName) return byName;
	if (!program.includes("/") && !/\.(py|[cm]?js|[cm]?ts)$/.test(program)) return undefined;
	const path = await onPath(process, program, files);
	const language = /\.py$/.test(path) ? "python" : /\.[cm]?[jt]sx?$/.test(path) ? "javascript" : await languageOfScript(files, path);
	return language && { language, program: { kind: "entry", entry: { kind: "path", path } }, args, preload: [], environmentFiles: [] };
}

/** A program without a slash is looked for in the folders of PATH; when none of them has it, beside the process. */
async function onPath(process: Process, program: string, files: ImageFiles): Promise<string> {
	const beside = absolute(process.cwd, program);
	if (program.includes("/")) return beside;
	for (const folder of searchPath(process)) {
		const path = absolute(folder, program);
		if ((await files.look(path)).kind === "file") return path;
	}
	return beside;
}

async function languageOfScript(files: ImageFiles, path: string): Promise<SourceLanguage | undefined> {
	const read = await files.read(path);
	const first = read.kind === "text" ? /^#!.*/.exec(read.file.text)?.[0] : undefined;
	if (first === undefined) return undefined;
	return /[/ ](python|pypy)[0-9.]*\b/.test(first) ? "python" : /[/ ](node|nodejs|bun|tsx|ts-node)\b/.test(first) ? "javascript" : undefined;
}

/** A command by name, `python -m name` included: what `flask run` and `python -m flask run` have in common. */
export function commandOf(process: Process): { readonly name: string; readonly args: readonly Value[] } | undefined {
	const [first, ...args] = process.argv;
	const program = textOf(first);
	if (program === undefined) return undefined;
	const interpreted = interpreterArguments(program, args, process.cwd);
	if (!interpreted) return { name: baseName(program), args };
	if (interpreted.program.kind !== "entry") return undefined;
	const { entry } = interpreted.program;
	// `python /usr/local/bin/flask run` is the same command with its interpreter written out.
	return { name: entry.kind === "module" ? entry.name : baseName(entry.path), args: interpreted.args };
}

function interpreterArguments(program: string, args: readonly Value[], cwd: string): Interpreted | undefined {
	const name = baseName(program);
	if (/^(python|pypy)[0-9.]*t?$/.test(name)) return pythonArguments(args, cwd);
	if (
		/^(node|nodejs|ts-node|ts-node-dev|ts-node-esm|ts-node-transpile-only|tsx|esno|esmo|babel-node|vite-node|jiti|swc-node|bun|deno)$/.test(
			name,
		)
	)
		return nodeArguments(name, args, cwd);
	return undefined;
}

/** Python, "Command line and environment": options of one letter may be joined, and -c and -m end them. */
function pythonArguments(args: readonly Value[], cwd: string): Interpreted {
	const found = (program: Interpreted["program"], rest: readonly Value[]): Interpreted => ({
		language: "python",
		program,
		args: rest,
		preload: [],
		environmentFiles: [],
	});
	for (let i = 0; i < args.length; i++) {
		const text = textOf(args[i]);
		if (text === undefined) return found({ kind: "hidden", reason: t("the program to start is not known") }, []);
		const short = /^-([A-Za-z]+)(.*)$/.exec(text);
		const letters = short?.[1] ?? "";
		const last = letters.search(/[cmWXQ]/);
		if (!text.startsWith("-")) return found({ kind: "entry", entry: { kind: "path", path: absolute(cwd, text) } }, args.slice(i + 1));
		if (text === "-") return found({ kind: "hidden", reason: t("the program comes from standard input") }, []);
		if (/^(-V+|--version|-h|--help)$/.test(text)) return found({ kind: "none" }, []);
		if (text === "--check-hash-based-pycs") i++;
		if (text.startsWith("--") || last < 0) continue;
		const attached = text.slice(last + 2);
		if (letters[last] === "c") return found({ kind: "hidden", reason: t("the program is given with python -c") }, []);
		if (letters[last] === "m") {
			const name = attached || textOf(args[i + 1]);
			const rest = args.slice(attached ? i + 1 : i + 2);
			return name
				? found({ kind: "entry", entry: { kind: "module", name } }, rest)
				: found({ kind: "hidden", reason: t("the module to start is not known") }, []);
		}
		if (!attached) i++;
	}
	return found({ kind: "none" }, []);
}

/** Node.js, "Command-line API": options that take the next word as their value. */
const NODE_VALUES: ReadonlySet<string> = new Set([
	"-r",
	"--require",
	"--import",
	"--loader",
	"--experimental-loader",
	"-C",
	"--conditions",
	"--env-file",
	"--env-file-if-exists",
	"--inspect-port",
	"--title",
	"--icu-data-dir",
	"--openssl-config",
	"--tls-cipher-list",
	"--watch-path",
	"-P",
	"--project",
	"--tsconfig",
	"-O",
	"--compiler-options",
]);

/** Deno, `deno run`: options that take the next word as their value. */
const DENO_VALUES: ReadonlySet<string> = new Set([
	"-c",
	"--config",
	"--import-map",
	"--lock",
	"--cert",
	"--location",
	"--seed",
	"--ext",
	"--port",
	"--host",
	"--env-file",
]);

/** `node $NODE_OPTIONS app.js`: a variable that nobody sets leaves no word behind, where a program follows. */
function withoutUnset(args: readonly Value[]): readonly Value[] {
	const isUnset = (word: Value): boolean => word.kind === "variable" && (word.fallback === undefined || textOf(word) === "");
	const program = args.findIndex((word) => /\.[cm]?[jt]sx?$/.test(textOf(word) ?? ""));
	return args.filter((word, i) => i > program || !isUnset(word));
}

function nodeArguments(name: string, given: readonly Value[], cwd: string): Interpreted {
	const args = withoutUnset(given);
	const preload: string[] = [];
	const environmentFiles: string[] = [];
	let runtime: Interpreted["runtime"] = name === "bun" || name === "deno" ? name : undefined;
	let inspector: Value | undefined;
	const served = new Map<string, Value>();
	const found = (program: Interpreted["program"], rest: readonly Value[]): Interpreted => ({
		...(runtime ? { runtime } : {}),
		...(inspector ? { inspector } : {}),
		...(served.size > 0 ? { served } : {}),
		language: "javascript",
		program,
		args: rest,
		preload,
		environmentFiles,
	});
	for (let i = 0; i < args.length; i++) {
		const text = textOf(args[i]);
		if (text === undefined) return found({ kind: "hidden", reason: t("the program to start is not known") }, []);
		if (/^(-e|--eval|-p|--print|-pe)(=|$)/.test(text))
			return found({ kind: "hidden", reason: t("the program is given with {0} -e", name) }, []);
		if (text === "-") return found({ kind: "hidden", reason: t("the program comes from standard input") }, []);
		const isDeno = name === "deno";
		if (/^(-v|--version|-h|--help|-c|--check)$/.test(text) && !(isDeno && text !== "--version" && text !== "--help"))
			return found({ kind: "none" }, []);
		if ((name === "bun" || name === "deno") && text === "run") continue;
		if (name === "tsx" && text === "watch") continue;
		if (isDeno && text === "serve") {
			runtime = "deno serve";
			continue;
		}
		if (isDeno && text === "task") return found({ kind: "hidden", reason: t("the task to start is not known") }, []);
		if (!text.startsWith("-")) return found({ kind: "entry", entry: { kind: "path", path: absolute(cwd, text) } }, args.slice(i + 1));
		const [flag = text, attached] = text.startsWith("--") ? text.split(/=(.*)/s) : [text];
		if (/^--inspect(-brk|-wait)?$/.test(flag)) inspector = known(inspectorAddress(attached));
		const value = attached ?? ((isDeno ? DENO_VALUES : NODE_VALUES).has(flag) ? textOf(args[++i]) : undefined);
		if (runtime === "deno serve" && (flag === "--port" || flag === "--host")) {
			const written = attached === undefined ? args[i] : known(attached);
			if (written) served.set(flag.slice(2), written);
		}
		if (value === undefined) continue;
		if (flag === "-r" || flag === "--require" || flag === "--import") preload.push(value);
		else if (flag.startsWith("--env-file")) environmentFiles.push(absolute(cwd, value));
	}
	return found({ kind: "none" }, []);
}

/** Node.js, "Debugging": `--inspect[=[host:]port]`, 127.0.0.1 and 9229. */
export function inspectorAddress(written: string | undefined): string {
	if (written === undefined || written === "") return "127.0.0.1:9229";
	if (/^[0-9]+$/.test(written)) return `127.0.0.1:${written}`;
	return /:[0-9]+$/.test(written) ? written : `${written}:9229`;
}

function baseName(program: string): string {
	return program.replace(/^.*\//, "");
}

function absolute(cwd: string, path: string): string {
	const parts: string[] = [];
	for (const part of (path.startsWith("/") ? path : `${cwd}/${path}`).split("/")) {
		if (part === "..") parts.pop();
		else if (part !== "" && part !== ".") parts.push(part);
	}
	return `/${parts.join("/")}`;
}
