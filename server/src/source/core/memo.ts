import type { ImageEntry, ImageFileRead, ImageFiles } from "../../context/imageFiles.ts";
import type { Amounts, Budget } from "../../model/budget.ts";
import type { Environment, Value } from "../../model/value.ts";
import type { Program } from "../program.ts";
import { type Moves, moved, noteMoves, type Placed, placed } from "./places.ts";

/** So many programs are kept, of so many characters together; those that were not asked for longest go first. */
const MOST_PROGRAMS = 64;
const MOST_CHARACTERS = 12_000_000;

/** So many of them may be started the same way: by stages with other variables, by Dockerfiles of other folders. */
const MOST_ALIKE = 4;

/** What a program's evaluation may ask of the world around it. */
export interface Around {
	readonly files: ImageFiles;
	readonly environment: Environment;
	/** A system property or a key of the application's configuration. */
	setting?(name: string): Value | undefined;
}

/** One question to that world, with its answer. */
type Asked =
	| { readonly kind: "read"; readonly path: string; readonly answer: ImageFileRead }
	| { readonly kind: "look"; readonly path: string; readonly answer: ImageEntry }
	| { readonly kind: "list"; readonly path: string; readonly answer: readonly string[] }
	| { readonly kind: "variable" | "setting"; readonly name: string; readonly answer: Placed }
	| { readonly kind: "environment"; readonly answer: Placed };

interface Kept {
	readonly start: Placed;
	readonly asked: readonly Asked[];
	readonly program: Program;
	/** What it cost to evaluate. */
	readonly spent: Amounts;
	readonly characters: number;
}

/**
 * Programs that were evaluated before. One is used again when it is started the same way and every file and variable that it
 * asked for still says the same: while somebody types in a Dockerfile, its programs stay what they are. Where a value is
 * written may change; the program then points to where it stands now.
 */
export class ProgramMemo {
	/** From the one that was asked for longest ago to the latest. */
	#kept: readonly Kept[] = [];

	/**
	 * The program as it was evaluated before; `around` is asked the same questions again. It costs what the evaluation did, so
	 * that what comes after it does not hang on what happened to be kept.
	 */
	async find(start: Placed, around: Around, budget: Budget): Promise<Program | undefined> {
		// Several stages and several Dockerfiles may start a program alike.
		for (const kept of this.#kept.toReversed()) {
			if (kept.start.text !== start.text) continue;
			const moves: Moves = new Map();
			noteMoves(kept.start, start, moves);
			if (!kept.asked.every((one) => answersAlike(one, around, moves)) || !(await budget.free(() => allAlike(kept.asked, around.files))))
				continue;
			budget.pay(kept.spent);
			this.#kept = [...this.#kept.filter((one) => one !== kept), kept];
			return moved(kept.program, moves);
		}
		return undefined;
	}

	keep(start: Placed, asked: readonly Asked[], program: Program, spent: Amounts): void {
		let characters = start.text.length;
		for (const one of asked) if (one.kind === "read" && one.answer.kind === "text") characters += one.answer.file.text.length;
		const alike = this.#kept.filter((one) => one.start.text === start.text);
		const oldest = alike.length < MOST_ALIKE ? undefined : alike[0];
		const kept = [...this.#kept.filter((one) => one !== oldest), { start, asked, program, spent, characters }].slice(-MOST_PROGRAMS);
		let left = MOST_CHARACTERS;
		this.#kept = kept
			.toReversed()
			.filter((one) => {
				left -= one.characters;
				return left >= 0;
			})
			.toReversed();
	}
}

/** The same world, with an account of what it was asked. */
export function recorded({ files, environment, setting }: Around): { readonly around: Required<Around>; readonly asked: Asked[] } {
	const asked: Asked[] = [];
	/** A variable is looked up again in every loop and every round; it says the same each time. */
	const once = (kind: "variable" | "setting", ask: (name: string) => Value | undefined) => {
		const known = new Set<string>();
		return (name: string): Value | undefined => {
			const answer = ask(name);
			if (!known.has(name)) asked.push({ kind, name, answer: placed(answer) });
			known.add(name);
			return answer;
		};
	};
	const variable = once("variable", (name) => environment.get(name));
	return {
		asked,
		around: {
			environment: recordedEnvironment(environment, variable, () => asked.push({ kind: "environment", answer: placed([...environment]) })),
			setting: once("setting", (name) => setting?.(name)),
			files: {
				async read(path) {
					const answer = await files.read(path);
					asked.push({ kind: "read", path, answer });
					return answer;
				},
				async look(path) {
					const answer = await files.look(path);
					asked.push({ kind: "look", path, answer });
					return answer;
				},
				async list(path) {
					const answer = await files.list(path);
					asked.push({ kind: "list", path, answer });
					return answer;
				},
			},
		},
	};
}

/** `whole` is told when more is looked at than one variable. */
function recordedEnvironment(environment: Environment, variable: (name: string) => Value | undefined, whole: () => void): Environment {
	const all = (): Environment => {
		whole();
		return environment;
	};
	return {
		get: variable,
		has: (name) => variable(name) !== undefined,
		get size() {
			return all().size;
		},
		keys: () => all().keys(),
		values: () => all().values(),
		entries: () => all().entries(),
		forEach: (each) => all().forEach(each),
		[Symbol.iterator]: () => all()[Symbol.iterator](),
	};
}

/** Whether a question about values has the same answer; where that stands now is noted. Files are not asked. */
function answersAlike(one: Asked, { environment, setting }: Around, moves: Moves): boolean {
	if (one.kind !== "variable" && one.kind !== "setting" && one.kind !== "environment") return true;
	const value = one.kind === "environment" ? [...environment] : one.kind === "variable" ? environment.get(one.name) : setting?.(one.name);
	const now = placed(value);
	if (now.text !== one.answer.text) return false;
	noteMoves(one.answer, now, moves);
	return true;
}

async function allAlike(asked: readonly Asked[], files: ImageFiles): Promise<boolean> {
	// Another Dockerfile's program mostly differs in its first file.
	const first = asked.find((one) => one.kind === "read");
	if (first && !(await saysTheSame(first, files))) return false;
	return (await Promise.all(asked.map((one) => saysTheSame(one, files)))).every(Boolean);
}

async function saysTheSame(one: Asked, files: ImageFiles): Promise<boolean> {
	switch (one.kind) {
		case "read":
			return sameFile(one.answer, await files.read(one.path));
		case "look":
			return sameEntry(one.answer, await files.look(one.path));
		case "list": {
			const names = await files.list(one.path);
			return names.length === one.answer.length && names.every((name, i) => name === one.answer[i]);
		}
		default:
			return true;
	}
}

function sameFile(before: ImageFileRead, now: ImageFileRead): boolean {
	if (before.kind !== "text" || now.kind !== "text") return sameEntry(before, now);
	const [a, b] = [before.file, now.file];
	if (a.uri !== b.uri || a.text !== b.text || a.made !== b.made) return false;
	if (a.origin.line !== b.origin.line || a.origin.character !== b.origin.character) return false;
	return a.standsFor === b.standsFor || placed(a.standsFor).text === placed(b.standsFor).text;
}

/** Why something is not there is told too. */
function sameEntry(before: ImageEntry | ImageFileRead, now: ImageEntry | ImageFileRead): boolean {
	const reasonOf = (one: ImageEntry | ImageFileRead) => ("reason" in one ? one.reason : undefined);
	return before.kind === now.kind && reasonOf(before) === reasonOf(now);
}
