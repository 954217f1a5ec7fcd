import type { Gap } from "../../model/port.ts";
import type { Evidence } from "../../model/text.ts";
import type { LibraryCall, ProgramStart } from "../program.ts";
import { toArgument } from "./argument.ts";
import type { Frame } from "./branch.ts";
import { Journal } from "./journal.ts";
import { Repetition } from "./repetition.ts";
import type { Shelf } from "./shelf.ts";
import { type Call, environmentVariable, type Fields, type Thing } from "./thing.ts";
import type { Truth } from "./truth.ts";

/** Expressions nested deeper than this are generated, not written. */
const MOST_NESTING = 200;

/** Over all calls under way: the evaluator's own stack has to hold them. */
const MOST_NESTING_TOGETHER = 1_000;

/** Names of calls that may open a port or start a program that does; which ones do, the technologies know. */
const LISTENING = /(?:serve|listen|bind|server|_port|exec[lv]p?e?|(?<!subprocess)\.run|run_(?:app|server|simple))(?:\(\))?$/i;

/** Counts what one program costs; a round that repeats earlier steps pays only for those beyond them. */
export interface Meter {
	charged: number;
}

/** The state of one evaluation: what has been called, what could not be followed, and how far it may still go. */
export class Run {
	readonly journal = new Journal();
	readonly calls: LibraryCall[] = [];
	readonly gaps: Gap[] = [];
	/** What has to hold for the statement that is being evaluated; decided conditions are left out. */
	readonly conditions: Truth[] = [];
	readonly frames: Frame[] = [];
	/** Exceptions in the innermost `try`: the variable whose absence raises it, or undefined when it happens anyway. */
	raised: ({ readonly kind: "variable" | "argument"; readonly name: string } | undefined)[] | undefined;
	readonly start: ProgramStart;
	readonly shelf: Shelf;
	/** What the program has set in its own environment. */
	readonly ownEnvironment: Fields = new Map();
	/** The process has ended, or an exception is on its way out of an expression; the statement around it takes it up. */
	aborting = false;
	/** The start command names none of the program's commands: it prints how to use it, and ends. */
	showsUsage = false;
	/** What the entry of a program exports. */
	exported: Thing | undefined;
	readonly #meter: Meter;
	readonly #repetition = new Repetition();
	#steps = 0;
	#nesting = 0;
	#together = 0;
	#calls = 0;

	constructor(start: ProgramStart, shelf: Shelf, meter: Meter) {
		this.start = start;
		this.shelf = shelf;
		this.#meter = meter;
	}

	/** Enters a syntax node; false when there is nothing left to spend. `leave` must follow when true. */
	enter(): boolean {
		if (this.#nesting >= MOST_NESTING || this.#together >= MOST_NESTING_TOGETHER) return false;
		this.#steps++;
		if (this.#steps > this.#meter.charged) {
			this.#meter.charged = this.#steps;
			if (!this.start.budget.spend("steps")) return false;
		} else if (this.start.budget.exhausted) return false;
		this.#nesting++;
		this.#together++;
		return true;
	}

	/** Pays for work that no syntax node stands for. What is not left shows at the next node. */
	pay(steps: number): void {
		this.#steps += steps;
		const beyond = this.#steps - this.#meter.charged;
		if (beyond <= 0) return;
		this.#meter.charged = this.#steps;
		this.start.budget.spend("steps", beyond);
	}

	leave(): void {
		this.#nesting--;
		this.#together--;
	}

	/** Runs `body` one call deeper; `otherwise` when that is too deep, as in endless recursion. */
	deeper<T>(body: () => T, otherwise: T): T {
		if (this.#calls >= this.start.budget.depth) return otherwise;
		this.#calls++;
		const nesting = this.#nesting;
		this.#nesting = 0;
		const result = body();
		this.#nesting = nesting;
		this.#calls--;
		return result;
	}

	/** Evaluates a function's body, unless it has cost much again and again; then what it answered to the same call, or `otherwise`. */
	repeated(body: object, call: Call, evaluate: () => Thing, otherwise: Thing): Thing {
		if (!this.#repetition.enter(body)) return this.#repetition.answerTo(body, call) ?? otherwise;
		const [steps, calls] = [this.#steps, this.calls.length];
		const result = evaluate();
		const listens = this.calls.slice(calls).some((one) => LISTENING.test(one.callee));
		this.#repetition.leave(body, this.#steps - steps, listens, { call, result });
		return result;
	}

	record(callee: string, call: Call, on: Thing | undefined): void {
		if (this.showsUsage) return;
		const hangs = this.conditions.filter((one) => one.kind === "hangs");
		const decisive = hangs.find((one) => !one.byDefault) ?? hangs.at(-1);
		this.calls.push({
			callee,
			...(on ? { on: toArgument(on) } : {}),
			positional: call.positional.map((one) => toArgument(one)),
			keywords: new Map([...call.keywords].map(([name, thing]) => [name, toArgument(thing)])),
			at: call.at,
			decided: !this.conditions.some((one) => one.kind === "undecided"),
			...(decisive ? { hangsOn: { variable: decisive.on.name, byDefault: decisive.byDefault } } : {}),
		});
	}

	/** An environment variable as the program sees it at this point; `missing` is what it gets when nobody sets it. */
	variable(name: string, missing: Thing, at: Evidence): Thing {
		return this.ownEnvironment.get(name) ?? environmentVariable(this.start.environment, name, missing, at);
	}

	/** An exception: the rest of a `try` may not happen. Outside one the value that failed stays unknown, and that is enough. */
	raise(because?: { readonly kind: "variable" | "argument"; readonly name: string }): void {
		this.raised?.push(because);
	}

	gap(reason: string, evidence?: Evidence): void {
		if (!this.showsUsage && !this.gaps.some((gap) => gap.reason === reason)) this.gaps.push(evidence ? { reason, evidence } : { reason });
	}
}
