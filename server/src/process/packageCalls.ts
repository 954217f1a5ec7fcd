import { resolvePath } from "../dockerfile/walk.ts";
import { own } from "../model/table.ts";
import { knownText, likelyText, type Value } from "../model/value.ts";
import { type Process, programName } from "./process.ts";

/** A call of npm, yarn, pnpm, bun, turbo, lerna or `node --run` that runs a script of package.json or a program of its packages. */
export interface PackageCall {
	readonly manager: string;
	/** `script`: it must be one; `program`: of node_modules/.bin; `either`: a script, else a program. */
	readonly kind: "script" | "program" | "either";
	readonly name: string;
	/** Absolute folder in the container. */
	readonly cwd: string;
	readonly args: readonly Value[];
	/** Names or folders of workspace packages; `*` for all that have the script. */
	readonly workspace?: string;
}

interface Manager {
	/** Flags that take the next word as their value. */
	readonly withValue: readonly string[];
	readonly folder: readonly string[];
	readonly workspace: readonly string[];
	readonly everywhere: readonly string[];
	/** Commands that run a script of their own name. */
	readonly scripts: readonly string[];
	readonly programs: readonly string[];
	/** Whether any other word is a script or a program; these are not. */
	readonly bare?: readonly string[];
}

/** docs.npmjs.com/cli/commands, yarnpkg.com/cli, pnpm.io/pnpm-cli, bun.sh/docs/cli/run, turbo.build/repo/docs/reference/run. */
const MANAGERS: Readonly<Record<string, Manager | undefined>> = {
	__proto__: null as never,
	npm: {
		withValue: ["--loglevel", "--userconfig", "--cache", "--registry", "--script-shell"],
		folder: ["--prefix", "-C"],
		workspace: ["-w", "--workspace"],
		everywhere: ["-ws", "--workspaces"],
		scripts: ["start", "test", "stop", "restart"],
		programs: ["exec", "x"],
	},
	yarn: {
		withValue: ["--modules-folder", "--cache-folder", "--registry", "--mutex"],
		folder: ["--cwd"],
		workspace: [],
		everywhere: [],
		scripts: [],
		programs: ["exec", "dlx"],
		bare: "install add remove up upgrade init publish pack cache config info why link unlink set plugin version npm import audit rebuild".split(
			" ",
		),
	},
	pnpm: {
		withValue: ["--loglevel", "--reporter", "--store-dir"],
		folder: ["--dir", "-C", "--prefix"],
		workspace: ["--filter", "-F", "--filter-prod"],
		everywhere: ["-r", "--recursive"],
		scripts: [],
		programs: ["exec", "dlx"],
		bare: "install i add remove rm up update init publish pack deploy store config why link unlink audit rebuild fetch import prune env setup".split(
			" ",
		),
	},
	bun: {
		withValue: ["--env-file", "-r", "--preload", "--config", "-c", "--port", "--backend"],
		folder: ["--cwd"],
		workspace: ["--filter", "-F"],
		everywhere: [],
		scripts: [],
		programs: ["x"],
		bare: "install i add remove rm update link unlink init create pm build test publish upgrade outdated patch repl exec".split(" "),
	},
	lerna: {
		withValue: ["--concurrency", "--loglevel", "--npm-client"],
		folder: [],
		workspace: ["--scope"],
		everywhere: [],
		scripts: [],
		programs: [],
	},
	turbo: {
		withValue: ["--concurrency", "--cache-dir", "--output-logs", "--env-mode", "--log-order", "--ui"],
		folder: ["--cwd"],
		workspace: ["--filter", "-F"],
		everywhere: [],
		scripts: [],
		programs: [],
		bare: ["prune", "link", "login", "gen", "daemon", "build", "lint", "test", "ls"],
	},
};

/** The call of a package manager that this process is; undefined when it runs nothing of a package. */
export function readPackageCall(process: Process): PackageCall | undefined {
	const name = programName(knownText(process.argv[0]) ?? "").replace(/^pnpx$/, "pnpm");
	if (name === "node" || name === "nodejs") return nodeRun(process);
	if (name === "deno") return denoTask(process);
	const manager = own(MANAGERS, name);
	if (!manager) return undefined;
	const read = readWords(process, name, manager);
	const [verb, second] = read.words.map((word) => likelyText(word));
	const found = (kind: PackageCall["kind"], own: string | undefined, from: number): PackageCall | undefined =>
		own === undefined
			? undefined
			: { manager: name, kind, name: own, cwd: read.cwd, args: [...read.words.slice(from), ...read.args], ...workspaceOf(name, read) };
	if (verb === "run" || verb === "run-script") return found(name === "npm" || RUNS_EVERYWHERE.has(name) ? "script" : "either", second, 2);
	if (verb !== undefined && manager.programs.includes(verb)) {
		const [first, ...others] = read.args;
		return (
			found("program", second, 2) ??
			(first && { manager: name, kind: "program", name: likelyText(first) ?? "", cwd: read.cwd, args: others })
		);
	}
	if (verb !== undefined && manager.scripts.includes(verb)) return found("script", verb, 1);
	if (name === "yarn" && verb === "workspace") {
		const at = knownText(read.words[2]) === "run" ? 3 : 2;
		const call = found("either", knownText(read.words[at]), at + 1);
		return call && { ...call, workspace: second ?? "" };
	}
	if (name === "yarn" && verb === "workspaces") {
		const at = read.words.findIndex((word) => knownText(word) === "run");
		const call = at < 0 ? undefined : found("script", knownText(read.words[at + 1]), at + 2);
		return call && { ...call, workspace: "*" };
	}
	if (name === "yarn" && verb === "node")
		return { manager: name, kind: "program", name: "node", cwd: read.cwd, args: [...read.words.slice(1), ...read.args] };
	// `bun index.ts` is an interpreter with a file.
	if (!manager.bare || verb === undefined || manager.bare.includes(verb) || (name === "bun" && /[./]/.test(verb))) return undefined;
	return found("either", verb, 1);
}

interface Words {
	readonly words: readonly Value[];
	/** Behind `--`. */
	readonly args: readonly Value[];
	readonly cwd: string;
	readonly workspaces: readonly string[];
}

function readWords(process: Process, name: string, manager: Manager): Words {
	let cwd = process.cwd;
	const words: Value[] = [];
	const workspaces: string[] = [];
	const { argv } = process;
	for (let i = 1; i < argv.length; i++) {
		const word = argv[i];
		const text = likelyText(word);
		if (word === undefined) break;
		if (text === "--") return { words, args: argv.slice(i + 1), cwd, workspaces };
		const verb = knownText(words[0]);
		const named = words.length - ownWords(words, manager);
		// All but npm and those that run a script everywhere hand everything behind the script's name to the script.
		if (named > 0 && name !== "npm" && !RUNS_EVERYWHERE.has(name) && verb !== "workspaces")
			return { words, args: argv.slice(i), cwd, workspaces };
		if (named > 0 && verb !== undefined && manager.programs.includes(verb)) return { words, args: argv.slice(i), cwd, workspaces };
		if (!text?.startsWith("-")) {
			words.push(word);
			continue;
		}
		const [flag = "", value] = text.split("=", 2);
		const takes = [...manager.withValue, ...manager.folder, ...manager.workspace].includes(flag);
		const taken = value ?? (takes ? likelyText(argv[++i]) : undefined);
		if (manager.folder.includes(flag) && taken !== undefined) cwd = resolvePath(cwd, taken);
		if (manager.workspace.includes(flag) && taken !== undefined) workspaces.push(taken);
		if (manager.everywhere.includes(flag)) workspaces.push("*");
	}
	return { words, args: [], cwd, workspaces };
}

/** Words before the script's name. */
function ownWords(words: readonly Value[], manager: Manager): number {
	const verb = knownText(words[0]);
	if (verb === "workspace") return knownText(words[2]) === "run" ? 3 : 2;
	return verb === "run" || verb === "run-script" || (verb !== undefined && manager.programs.includes(verb)) ? 1 : 0;
}

/** Programs that run a script in all packages when none is named. */
const RUNS_EVERYWHERE: ReadonlySet<string> = new Set(["turbo", "lerna"]);

function workspaceOf(name: string, { workspaces }: Words): { workspace?: string } {
	const [first, ...others] = workspaces;
	if (first === undefined) return RUNS_EVERYWHERE.has(name) ? { workspace: "*" } : {};
	return { workspace: others.length > 0 ? "*" : first };
}

/** `node --run start` (nodejs.org/api/cli.html#--run). */
function nodeRun(process: Process): PackageCall | undefined {
	const at = process.argv.findIndex((word) => /^--run(=|$)/.test(likelyText(word) ?? ""));
	if (at < 1 || process.argv.slice(1, at).some((word) => !likelyText(word)?.startsWith("-"))) return undefined;
	const text = likelyText(process.argv[at]) ?? "";
	const own = text.includes("=") ? text.slice(text.indexOf("=") + 1) : likelyText(process.argv[at + 1]);
	const rest = process.argv.slice(text.includes("=") ? at + 1 : at + 2);
	const args = likelyText(rest[0]) === "--" ? rest.slice(1) : rest;
	return own === undefined ? undefined : { manager: "node", kind: "script", name: own, cwd: process.cwd, args };
}

/** `deno task start` (docs.deno.com/runtime/reference/cli/task). */
function denoTask(process: Process): PackageCall | undefined {
	const words = process.argv.map((word) => likelyText(word) ?? "");
	const at = words.indexOf("task");
	let cwd = process.cwd;
	let name = 0;
	for (let i = 1; i < words.length && name === 0; i++) {
		const word = words[i] ?? "";
		if (i === at || !/^-/.test(word)) name = i === at ? 0 : i;
		else if (/^--cwd=/.test(word)) cwd = resolvePath(cwd, word.slice("--cwd=".length));
		else if (/^(--cwd|-c|--config|-f|--filter)$/.test(word)) {
			i++;
			if (word === "--cwd") cwd = resolvePath(cwd, words[i] ?? ".");
		}
	}
	// Only flags stand before the verb.
	if (at < 1 || name <= at || words.slice(1, at).some((word) => !word.startsWith("-"))) return undefined;
	return { manager: "deno", kind: "script", name: words[name] ?? "", cwd, args: process.argv.slice(name + 1) };
}
