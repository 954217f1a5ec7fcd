import type { CompoundList, ParsedScript, Function as ShellFunction } from "unbash";
import type { TextFile } from "../model/text.ts";
import { type Environment, known, type Value } from "../model/value.ts";
import type { Asking } from "./asking.ts";
import { type Variables, variablesOver } from "./variables.ts";

/** A text that a shell runs: a shell-form CMD, the argument of `sh -c`, a package script, a script file. */
export interface ShellText {
	readonly text: string;
	/** The file that the text is, so that its lines can be evidence; absent for text inside another word. */
	readonly file?: TextFile;
	/** `$1`, `$2`, … */
	readonly args: readonly Value[];
	/** `$0` */
	readonly script: string;
}

/** What a shell starts with. */
export interface Surroundings {
	readonly environment: Environment;
	/** Absolute path in the container. */
	readonly cwd: string;
	/** Name or number of the user; root when absent. */
	readonly user?: string;
}

/** A function of the script, with the text that it stands in. */
export interface Defined {
	readonly body: ShellFunction["body"] | CompoundList;
	readonly text: Pick<ShellText, "text" | "file">;
}

/** Why something is not sure to happen: a condition that is open, or one that variables of the container decide. */
export interface Doubt {
	readonly undecided: boolean;
	readonly variables: readonly string[];
}

export const NO_DOUBT: Doubt = { undecided: false, variables: [] };

export function bothDoubts(a: Doubt, b: Doubt): Doubt {
	return { undecided: a.undecided || b.undecided, variables: [...new Set([...a.variables, ...b.variables])] };
}

/** Runs a script in a subshell and answers what it prints, piece by piece. */
export type Capture = (script: ParsedScript, state: ShellState) => Asking<readonly Value[]>;

/** What a shell knows at one place of its text. */
export interface ShellState {
	/** An element of an array by name stands under `name[element]`. */
	readonly environment: Variables;
	readonly arrays: Map<string, readonly Value[]>;
	readonly functions: Map<string, Defined>;
	args: readonly Value[];
	script: string;
	cwd: string;
	readonly user: string;
	/** Of whatever starts from here on. */
	doubt: Doubt;
	readonly capture: Capture;
}

export function stateOf(shell: ShellText, { environment, cwd, user }: Surroundings, capture: Capture): ShellState {
	return {
		environment: variablesOver(environment),
		arrays: new Map(),
		functions: new Map(),
		args: shell.args,
		script: shell.script,
		cwd,
		user: user ?? "root",
		doubt: NO_DOUBT,
		capture,
	};
}

export function copyState(state: ShellState): ShellState {
	return {
		...state,
		environment: state.environment.copy(),
		arrays: new Map(state.arrays),
		functions: new Map(state.functions),
	};
}

/** Puts into `state` what holds after one branch for sure. */
export function takeOver(state: ShellState, after: ShellState): void {
	state.environment.become(after.environment);
	replace(state.arrays, after.arrays);
	replace(state.functions, after.functions);
	state.args = after.args;
	state.cwd = after.cwd;
	state.doubt = after.doubt;
}

function replace<T>(target: Map<string, T>, source: ReadonlyMap<string, T>): void {
	target.clear();
	for (const [name, value] of source) target.set(name, value);
}

/**
 * Variables after a branch that happens by default, where other branches would set other values: each such value hangs on
 * the variable that the condition asks for.
 */
export function hangValues(state: ShellState, others: readonly ShellState[], variable: string): void {
	for (const name of namesOf([state, ...others])) {
		const own = state.environment.get(name);
		if (others.every((other) => same(own, other.environment.get(name)))) continue;
		state.environment.set(name, { kind: "variable", name: variable, fallback: own ?? known(""), from: [] });
	}
}

/** Variables after one of several branches, nobody knows which. */
export function mergeValues(states: readonly ShellState[]): Map<string, Value> {
	const merged = new Map<string, Value>();
	for (const name of namesOf(states)) {
		const values = states.map((state) => state.environment.get(name));
		const [first, ...rest] = values;
		if (first && rest.every((value) => same(first, value))) merged.set(name, first);
		else merged.set(name, { kind: "oneOf", values: values.map((value) => value ?? known("")) });
	}
	return merged;
}

function namesOf(states: readonly ShellState[]): Set<string> {
	return new Set(states.flatMap((state) => [...state.environment.keys()]));
}

function same(a: Value | undefined, b: Value | undefined): boolean {
	return a === b || (a?.kind === "known" && b?.kind === "known" && a.text === b.text);
}
