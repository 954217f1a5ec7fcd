import { type Command, type CompoundList, parse, type Statement, type Word } from "unbash";
import { resolvePath } from "../dockerfile/walk.ts";
import type { Gap } from "../model/port.ts";
import { type Evidence, evidenceIn, rangeBetween, type TextFile } from "../model/text.ts";
import { type Environment, knownText, likelyText, type Value } from "../model/value.ts";
import type { Process, Started } from "./process.ts";
import { expandWhole, expandWord, type ShellState } from "./shellWords.ts";

/** A text that a shell runs: a shell-form CMD, the argument of `sh -c`, a package script, a script file. */
export interface ShellText {
	readonly text: string;
	/** The file that the text is, so that its lines can be evidence; absent for text inside another word. */
	readonly file?: TextFile;
	readonly args: readonly Value[];
	/** `$0` */
	readonly script: string;
}

/** Commands that start no program of interest (POSIX "Shell Command Language" and what scripts do around a server). */
const QUIET = new Set(
	": [ [[ test true false echo printf sleep wait trap set shift umask ulimit mkdir chown chmod cp mv rm ln cat touch date id ls pwd read return exit unset local readonly declare typeset alias which sed awk grep tr cut envsubst".split(
		" ",
	),
);

/** The programs that a shell text starts, in order, run where and with what `from` says. */
export function runShell(shell: ShellText, from: Process): Started {
	const script = parse(shell.text);
	const run = new ShellRun(shell, from);
	run.list(script.commands, false);
	if (script.errors && script.errors.length > 0) run.gap("the start command is not valid shell");
	return { processes: markEnding(run.processes), gaps: run.gaps };
}

/** In a sequence of programs only the last one, and those in the background, are meant to stay. */
function markEnding(found: readonly (Process & { background: boolean })[]): Process[] {
	const last = found.findLastIndex((process) => !process.background);
	return found.map(({ background, ...process }, i) => ({ ...process, ends: process.ends || (!background && i < last) }));
}

class ShellRun {
	readonly processes: (Process & { background: boolean })[] = [];
	readonly gaps: Gap[] = [];
	#environment: Map<string, Value>;
	#cwd: string;
	#shell: ShellText;
	#from: Process;
	#conditional: boolean;

	constructor(shell: ShellText, from: Process) {
		this.#shell = shell;
		this.#from = from;
		this.#environment = new Map(from.environment);
		this.#cwd = from.cwd;
		this.#conditional = from.conditional;
	}

	list(statements: readonly Statement[], background: boolean): void {
		for (const statement of statements) this.#node(statement.command, background || statement.background === true);
	}

	gap(reason: string): void {
		this.gaps.push({ reason });
	}

	#node(node: Statement["command"], background: boolean): void {
		switch (node.type) {
			case "Command":
				this.#command(node, background);
				return;
			case "AndOr":
			case "Pipeline":
				for (const command of node.commands) this.#node(command, background);
				return;
			case "BraceGroup":
			case "Subshell":
				this.list(node.body.commands, background);
				return;
			case "Redirected":
				this.#node(node.command, background);
				return;
			case "If":
				for (const list of [node.clause, ...node.elif.map((one) => one.clause)]) this.list(list.commands, background);
				this.#undecided([node.then, ...node.elif.map((one) => one.then), ...(node.else ? [node.else] : [])], background);
				return;
			case "Case":
				this.#undecided(
					node.items.map((item) => item.body),
					background,
				);
				return;
			case "While":
				// Waiting loops (until nc -z db 5432) end before the server starts.
				this.list(node.body.commands, background);
				return;
			case "TestCommand":
			case "ArithmeticCommand":
			case "Function":
				return;
			default:
				this.gap("the start command has a loop that is not followed");
		}
	}

	/** Branches whose condition is not evaluated: each is possible. */
	#undecided(lists: readonly CompoundList[], background: boolean): void {
		const before = { conditional: this.#conditional, count: this.processes.length };
		this.#conditional = true;
		for (const list of lists) this.list(list.commands, background);
		this.#conditional = before.conditional;
		if (this.processes.length > before.count) this.gap("a condition in the start command is not decided");
	}

	#command(command: Command, background: boolean): void {
		const state: ShellState = { environment: this.#environment, args: this.#shell.args, script: this.#shell.script };
		const assigned = new Map<string, Value>();
		for (const prefix of command.prefix) {
			if (prefix.type === "Assignment" && prefix.value.type === "Word") assigned.set(prefix.name, expandWhole(prefix.value, state));
		}
		if (!command.name) {
			for (const [name, value] of assigned) this.#environment.set(name, value);
			return;
		}
		const argv = [...expandWord(command.name, state)];
		for (const argument of command.args) {
			if (argument.type === "Word") argv.push(...expandWord(argument, state));
			else if (argument.value.type === "Word") {
				if (isExport(command.name)) this.#environment.set(argument.name, expandWhole(argument.value, state));
				else argv.push({ kind: "known", text: argument.text, from: [] });
			}
		}
		this.#start(argv, assigned, command, background);
	}

	#start(argv: Value[], assigned: Environment, command: Command, background: boolean): void {
		let words = argv;
		while (knownText(words[0]) === "exec" || knownText(words[0]) === "command") words = words.slice(1);
		const program = words[0];
		if (!program) return;
		const name = knownText(program);
		if (name === "cd") this.#cwd = resolvePath(this.#cwd, likelyText(words[1]) ?? "/");
		if (name === "." || name === "source") {
			this.gap(`${likelyText(words[1]) ?? "a sourced script"} is not followed`);
			return;
		}
		if (name !== undefined && (name === "cd" || name === "export" || QUIET.has(name))) return;
		this.processes.push({
			argv: words,
			cwd: this.#cwd,
			environment: new Map([...this.#environment, ...assigned]),
			evidence: [...this.#from.evidence, ...this.#evidence(command)],
			ends: this.#from.ends,
			conditional: this.#conditional,
			background,
		});
	}

	#evidence(command: Command): Evidence[] {
		const { file, text } = this.#shell;
		return file ? [evidenceIn(file, rangeBetween(text, command.pos, command.end), text.slice(command.pos, command.end))] : [];
	}
}

function isExport(name: Word): boolean {
	return ["export", "readonly", "declare", "local"].includes(name.value);
}
