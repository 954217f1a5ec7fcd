import { own } from "../model/table.ts";
import { type Environment, known, likelyText, type Value } from "../model/value.ts";
import type { Process } from "../process/process.ts";
import type { Argument, LibraryCall, Program } from "../source/program.ts";
import type { SourceLanguage } from "../source/sources.ts";
import { plainValue } from "./sourceCall.ts";

/** A program that another one starts. */
export interface Spawned {
	readonly process: Process;
	/** It takes the other's place. */
	readonly replaces: boolean;
}

interface Spawn {
	/** The command's words as they stand in the call; undefined when they are not in view. */
	readonly words: (call: LibraryCall) => readonly Value[] | undefined;
	readonly replaces?: boolean;
}

/** A chain of programs that start each other is not longer than this, unless they go round in circles. */
const LONGEST_CHAIN = 6;

const list = (argument: Argument | undefined): readonly Value[] | undefined =>
	// The last word of the real command line is one that somebody may append; nobody does by default.
	argument?.kind === "list"
		? argument.items.map(plainValue).filter((one) => !(one.kind === "argument" && one.fallback?.kind === "unknown"))
		: undefined;

const shell = (argument: Argument | undefined): readonly Value[] | undefined =>
	argument && argument.kind !== "list" && argument.kind !== "nothing" ? [known("sh"), known("-c"), plainValue(argument)] : undefined;

/** Python, subprocess: "Frequently Used Arguments". */
const subprocess: Spawn = {
	words: (call) => {
		const args = call.positional[0] ?? call.keywords.get("args");
		if (args?.kind === "list") return list(args);
		const throughShell = call.keywords.get("shell");
		return throughShell?.kind === "known" && throughShell.text === "true" ? shell(args) : args && [plainValue(args)];
	},
};

/** Python, os: `execv(path, args)`, where args begin with the program's name again; `execl(path, arg0, …)`. */
const execWithList: Spawn = { words: (call) => withProgram(call.positional[0], list(call.positional[1])), replaces: true };
const execWithWords: Spawn = { words: (call) => withProgram(call.positional[0], call.positional.slice(1).map(plainValue)), replaces: true };

function withProgram(program: Argument | undefined, args: readonly Value[] | undefined): readonly Value[] | undefined {
	return program && args ? [plainValue(program), ...args.slice(1)] : undefined;
}

/** The environment that a call gives, on top of the program's own unless it replaces that (Python). */
function environmentOf(call: LibraryCall, own: Environment): Environment {
	const first = call.positional[0];
	const given =
		call.keywords.get("env") ??
		(first?.kind === "record" ? { ...first, open: true as const } : undefined) ??
		(/^os\.execvp?e$/.test(call.callee) ? call.positional[2] : undefined);
	if (given?.kind !== "record" && given?.kind !== "object") return own;
	const changed = [...given.fields].map(([name, value]) => [name, plainValue(value)] as const);
	return new Map([...(given.kind === "object" || given.open ? own : []), ...changed]);
}

/** Ruby, `Process`: "Execution Context": `[env,] command_line` for a shell, or `[env,] path, *args`. */
function rubyWords({ positional }: LibraryCall): readonly Value[] | undefined {
	const words = positional[0]?.kind === "record" ? positional.slice(1) : positional;
	const given = words.at(-1)?.kind === "record" ? words.slice(0, -1) : words;
	return given.length === 1 ? shell(given[0]) : given.map(plainValue);
}

const rubySpawn: Spawn = { words: rubyWords };
const rubyExec: Spawn = { words: rubyWords, replaces: true };

const SPAWNS: Readonly<Partial<Record<SourceLanguage, Readonly<Record<string, Spawn>>>>> = {
	python: {
		...Object.fromEntries(["run", "call", "check_call", "check_output", "Popen"].map((name) => [`subprocess.${name}`, subprocess])),
		"asyncio.create_subprocess_exec": { words: (call) => call.positional.map(plainValue) },
		"asyncio.create_subprocess_shell": { words: (call) => shell(call.positional[0]) },
		"os.system": { words: (call) => shell(call.positional[0]) },
		"os.popen": { words: (call) => shell(call.positional[0]) },
		"os.execv": execWithList,
		"os.execve": execWithList,
		"os.execvp": execWithList,
		"os.execvpe": execWithList,
		"os.execl": execWithWords,
		"os.execlp": execWithWords,
	},
	ruby: Object.fromEntries(
		["", "Kernel.", "Process."].flatMap((on) => [
			[`${on}exec`, rubyExec],
			[`${on}spawn`, rubySpawn],
			[`${on}system`, rubySpawn],
		]),
	),
};

/** The programs that a program starts with words that are in view. What hangs on a variable counts as its default says. */
export function spawnedBy(process: Process, program: Program, language: SourceLanguage): Spawned[] {
	if (process.evidence.length > LONGEST_CHAIN) return [];
	const found: Spawned[] = [];
	for (const call of program.calls) {
		const spawn = own(SPAWNS[language], call.callee);
		const words = spawn?.words(call);
		const first = words?.[0];
		if (!spawn || !words || !first || call.hangsOn?.byDefault === false) continue;
		const name = likelyText(first);
		const child: Process = {
			...process,
			argv: [name === undefined ? first : known(name, call.at), ...words.slice(1)],
			environment: environmentOf(call, process.environment),
			evidence: [...process.evidence, call.at],
			conditional: process.conditional || !call.decided || call.hangsOn !== undefined || first.kind !== "known" || hangs(call),
		};
		found.push({ process: child, replaces: spawn.replaces === true });
		// Nothing comes after a program that took this one's place.
		if (spawn.replaces && call.decided) break;
	}
	return found;
}

/** Whether the command's words are others once a variable is set. */
function hangs(call: LibraryCall): boolean {
	return [...call.positional, ...call.keywords.values()].some((one) => one.kind === "list" && one.hangsOn !== undefined);
}
