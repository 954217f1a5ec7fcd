import { isAbsolute, join, normalize } from "node:path/posix";
import { bounded, type Environment, known, likelyText, mapText, type Value } from "../model/value.ts";
import { type Dockerfile, evidenceOf, type Instruction, type Stage } from "./dockerfile.ts";
import { expand } from "./expand.ts";
import { type History, historyFrom, separateHistory } from "./history.ts";
import { splitPairs } from "./words.ts";

/** What a stage starts from: its base image or another stage, and the build's arguments. */
export interface Inherited {
	readonly environment: Environment;
	/** Absolute path in the container. */
	readonly workdir: string;
}

/** An instruction with what holds at that place. */
export interface Step {
	readonly instruction: Instruction;
	/** ENV and ARG together, as the builder expands variables with. */
	readonly scope: Environment;
	/** Absolute path in the container. */
	readonly workdir: string;
}

/** A stage walked from top to bottom. */
export interface Walk {
	readonly steps: readonly Step[];
	/** What the image's processes see: ENV only, ARG is gone by then. */
	readonly environment: Environment;
	readonly workdir: string;
}

/** `--build-arg` values by name. */
export type BuildArguments = ReadonlyMap<string, string>;

/**
 * Walks a stage from top to bottom and keeps count of ENV, ARG and WORKDIR on the way. `earlier` are the steps of a walk that began
 * with the same: as far as the instructions are the same objects, its steps are taken, with all that is known of them.
 */
export function walkStage(
	dockerfile: Dockerfile,
	stage: Stage,
	inherited: Inherited,
	globals: Environment,
	build: BuildArguments,
	earlier: readonly Step[] = [],
): Walk {
	const environment = historyFrom(inherited.environment);
	// ENV and ARG together. Environments are read seldom, so that one for each instruction must cost nothing.
	let scope: History | undefined;
	const scopeNow = (): Environment => (scope ?? environment).now();
	let workdir = inherited.workdir;
	const steps: Step[] = [];
	let isSame = true;
	for (const [i, instruction] of stage.instructions.entries()) {
		const before = earlier[i];
		isSame &&= before?.instruction === instruction;
		steps.push(isSame && before ? before : { instruction, scope: scopeNow(), workdir });
		if (instruction.keyword === "ENV") {
			const evidence = evidenceOf(dockerfile, instruction);
			const before = scopeNow();
			for (const { name, value } of splitPairs(instruction.args, dockerfile.escape)) {
				// All pairs of one ENV see the values from before it.
				const expanded = emptyWhereUnset(expand(value ?? "", before, dockerfile.escape));
				const set = mapText(expanded, (text, from) => known(text, evidence, ...from));
				environment.set(name, set);
				scope?.set(name, set);
			}
		} else if (instruction.keyword === "ARG") {
			const set = readArgs(dockerfile, instruction, scopeNow(), globals, build);
			const kept = environment.now();
			scope ??= separateHistory(kept);
			// ENV always wins over an ARG of the same name.
			for (const [name, value] of set) if (!kept.has(name)) scope.set(name, value);
		} else if (instruction.keyword === "WORKDIR") {
			const to = likelyText(emptyWhereUnset(expand(instruction.args.text, scopeNow(), dockerfile.escape)));
			if (to !== undefined) workdir = resolvePath(workdir, to);
		}
	}
	return { steps, environment: environment.now(), workdir };
}

/**
 * The ARGs before the first FROM, and the platform's, which need none: they reach FROM lines, and stages only through an ARG of the
 * same name.
 */
export function walkGlobalArgs(dockerfile: Dockerfile, build: BuildArguments): Environment {
	const scope = historyFrom(new Map());
	for (const name of Object.keys(PLATFORM)) {
		const given = build.get(name);
		scope.set(name, given === undefined ? withPlatform({ kind: "variable", name, from: [] }) : known(given));
	}
	for (const instruction of dockerfile.globalArgs) {
		const set = readArgs(dockerfile, instruction, scope.now(), new Map(), build);
		for (const [name, value] of set) scope.set(name, value);
	}
	return scope.now();
}

/** A path as the builder resolves it against a WORKDIR, without a slash at the end. */
export function resolvePath(workdir: string, given: string): string {
	// A drive of Windows: C:\\app stands for /C:/app here.
	const path = /^[A-Za-z]:[\\/]/.test(given) ? `/${given.replace(/\\/g, "/")}` : given;
	const absolute = normalize(isAbsolute(path) ? path : join(workdir, path));
	return absolute.length > 1 && absolute.endsWith("/") ? absolute.slice(0, -1) : absolute;
}

function readArgs(
	dockerfile: Dockerfile,
	instruction: Instruction,
	scope: Environment,
	globals: Environment,
	build: BuildArguments,
): Map<string, Value> {
	const evidence = evidenceOf(dockerfile, instruction);
	const args = new Map<string, Value>();
	for (const { name, value } of splitPairs(instruction.args, dockerfile.escape)) {
		const given = build.get(name);
		if (given !== undefined) args.set(name, known(given, evidence));
		else if (value === undefined) args.set(name, declaredIn(globals, name) ?? withPlatform({ kind: "variable", name, from: [evidence] }));
		else args.set(name, { kind: "variable", name, fallback: bounded(expand(value, scope, dockerfile.escape)), from: [evidence] });
	}
	return args;
}

/**
 * What BuildKit sets by itself, for the platform of most machines
 * (docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope).
 */
const PLATFORM: Readonly<Record<string, string>> = {
	TARGETPLATFORM: "linux/amd64",
	TARGETOS: "linux",
	TARGETARCH: "amd64",
	TARGETVARIANT: "",
	BUILDPLATFORM: "linux/amd64",
	BUILDOS: "linux",
	BUILDARCH: "amd64",
	BUILDVARIANT: "",
};

/** A global ARG; what the platform sets by itself points at the ARG that asks for it. */
function declaredIn(globals: Environment, name: string): Value | undefined {
	const value = globals.get(name);
	return value?.kind === "variable" && value.from.length === 0 && Object.hasOwn(PLATFORM, name) ? undefined : value;
}

function withPlatform(value: Extract<Value, { kind: "variable" }>): Value {
	const text = Object.hasOwn(PLATFORM, value.name) ? PLATFORM[value.name] : undefined;
	return text === undefined ? value : { ...value, fallback: known(text) };
}

/** The builder puts nothing where a variable is not set at all. */
function emptyWhereUnset(value: Value): Value {
	return value.kind === "variable" && !value.fallback && value.from.length === 0 ? known("") : value;
}
