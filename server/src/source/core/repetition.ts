import type { Call, Thing } from "./thing.ts";

/** So many evaluations of a costly function tell what it does; another one would tell it again. */
const MOST_COSTLY = 4;
/** Steps of one evaluation from which on a function is costly. */
const COSTLY = 150;
/** Steps that a function may take over all its evaluations, once it has had a few. */
const MOST_STEPS = 6_000;
const FEW = 2;
/** A function that calls itself works on a tree; what decides a port stands near its root. */
const MOST_INSIDE_ITSELF = 3;

/** So many evaluations of a function that may listen count as one. */
const WORTH = 4;

interface Answer {
	readonly call: Call;
	readonly result: Thing;
}

interface Spent {
	times: number;
	steps: number;
	/** Evaluations under way. */
	inside: number;
	last?: Answer;
}

/**
 * What each function of a program has cost so far. Programs call the same large functions again and again, and each call is
 * evaluated with its own arguments: without an end to it, a program of a few thousand lines would cost millions of steps.
 */
export class Repetition {
	readonly #spent = new Map<object, Spent>();

	/** Whether one more evaluation is worth its steps. When it is, `leave` must follow. */
	enter(body: object): boolean {
		const spent = this.#spent.get(body) ?? { times: 0, steps: 0, inside: 0 };
		this.#spent.set(body, spent);
		if (spent.inside >= MOST_INSIDE_ITSELF) return false;
		if (spent.times >= FEW && (spent.steps >= MOST_STEPS || (spent.times >= MOST_COSTLY && spent.steps >= spent.times * COSTLY)))
			return false;
		spent.inside++;
		return true;
	}

	/** `steps` is what it cost; one that may listen may do so on another port each time, and is worth more. */
	leave(body: object, steps: number, listens: boolean, answer?: Answer): void {
		const spent = this.#spent.get(body);
		if (!spent) return;
		spent.inside--;
		spent.times += listens ? 1 / WORTH : 1;
		spent.steps += listens ? steps / WORTH : steps;
		if (answer) spent.last = answer;
	}

	/** What it answered last, when that call was the same. */
	answerTo(body: object, call: Call): Thing | undefined {
		const last = this.#spent.get(body)?.last;
		return last && isSameCall(last.call, call) ? last.result : undefined;
	}
}

function isSameCall(a: Call, b: Call): boolean {
	return (
		a.self === b.self &&
		a.positional.length === b.positional.length &&
		a.keywords.size === b.keywords.size &&
		a.positional.every((one, i) => isSame(one, b.positional[i])) &&
		[...a.keywords].every(([name, one]) => isSame(one, b.keywords.get(name)))
	);
}

function isSame(a: Thing, b: Thing | undefined): boolean {
	return a === b || (a.kind === "plain" && b?.kind === "plain" && a.value === b.value);
}
