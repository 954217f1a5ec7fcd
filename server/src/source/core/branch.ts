import type { Run } from "./run.ts";
import { hanging, type List, list, NOTHING, oneOf, type Thing } from "./thing.ts";
import type { Truth } from "./truth.ts";

/** How a statement ends, when not by going on to the next one. */
export type Done =
	| { readonly kind: "return"; readonly value: Thing }
	| { readonly kind: "break" }
	| { readonly kind: "continue" }
	/** An exception, or the end of the process. */
	| { readonly kind: "abort" };

/** One function's body, or a module's, under way. */
export interface Frame {
	/** Returns that were made under a condition, while the rest of the body is evaluated for the other case. */
	readonly early: { readonly truth: Truth; readonly value: Thing }[];
}

/** Evaluates a body as a frame of its own and answers what it returns. */
export function runBody(run: Run, body: () => Done | undefined): Thing {
	const frame: Frame = { early: [] };
	const conditions = run.conditions.length;
	run.frames.push(frame);
	const done = body();
	run.frames.pop();
	run.conditions.length = conditions;
	let value = done?.kind === "return" ? done.value : NOTHING;
	for (const early of frame.early.reverse()) value = join(early.truth, early.value, value);
	return value;
}

/** Takes the branch that the condition decides; when it does not, both, and leaves behind what each would. */
export function takeBranch(run: Run, given: Truth, then: () => Done | undefined, otherwise: () => Done | undefined): Done | undefined {
	const truth = within(run, given);
	if (truth.kind === "known") return truth.value ? then() : otherwise();
	const yes = attempt(run, truth, then);
	const no = attempt(run, negated(truth), otherwise);
	// A program that refuses to go on in one case is worth asking about in the other case only.
	if (yes.result?.kind === "abort" && no.result?.kind !== "abort") return proceed(run, no);
	if (no.result?.kind === "abort" && yes.result?.kind !== "abort") return proceed(run, yes);
	run.journal.merge(yes.changes, no.changes, (a, b) => join(truth, a, b));
	if (yes.result?.kind === "return" && no.result?.kind === "return")
		return { kind: "return", value: join(truth, yes.result.value, no.result.value) };
	if (yes.result?.kind === "return") return leaveEarly(run, truth, yes.result.value, no.result);
	if (no.result?.kind === "return") return leaveEarly(run, negated(truth), no.result.value, yes.result);
	if (yes.result?.kind === no.result?.kind) return yes.result;
	// The rest of a loop's turn that happens only when somebody sets the variable is left out.
	const usual = truth.kind === "hangs" && (truth.byDefault ? yes : no).result;
	return usual && (usual.kind === "continue" || usual.kind === "break") ? usual : undefined;
}

/** `if X != "" { n, err := parse(X); if err != nil { … } }`: what holds while X is not set does not hold where X is set. */
function within(run: Run, truth: Truth): Truth {
	if (truth.kind !== "hangs" || !truth.byDefault) return truth;
	const { name, kind } = truth.on;
	const isSet = run.conditions.some((one) => one.kind === "hangs" && !one.byDefault && one.on.name === name && one.on.kind === kind);
	return isSet ? { kind: "known", value: false } : truth;
}

/** Taking back and merging so many written keys costs about what evaluating a syntax node does. */
const WRITES_A_STEP = 4;

/** The value of a conditional expression. */
export function chooseValue(run: Run, truth: Truth, then: () => Thing, otherwise: () => Thing): Thing {
	if (truth.kind === "known") return truth.value ? then() : otherwise();
	const yes = attempt(run, truth, then);
	const no = attempt(run, negated(truth), otherwise);
	run.journal.merge(yes.changes, no.changes, (a, b) => join(truth, a, b));
	return join(truth, yes.result, no.result);
}

type Attempt = ReturnType<typeof attempt<Done | undefined>>;

function attempt<T>(run: Run, truth: Truth, branch: () => T) {
	const conditions = run.conditions.length;
	run.conditions.push(truth);
	const outcome = run.journal.attempt(branch);
	// A branch that writes much is taken back and written again once for each branch around it.
	let writes = 0;
	for (const values of outcome.changes.values()) writes += values.size;
	run.pay(Math.floor(writes / WRITES_A_STEP));
	// What was left early inside stays in doubt after it.
	const left = run.conditions.splice(conditions).slice(1);
	run.conditions.push(...left);
	return outcome;
}

function proceed(run: Run, branch: Attempt): Done | undefined {
	run.journal.apply(branch.changes);
	return branch.result;
}

function leaveEarly(run: Run, truth: Truth, value: Thing, rest: Done | undefined): Done | undefined {
	run.frames.at(-1)?.early.push({ truth, value });
	// Until the frame ends, everything happens only if the return was not taken.
	run.conditions.push(negated(truth));
	return rest;
}

function negated(truth: Truth): Truth {
	return truth.kind === "hangs" ? { ...truth, byDefault: !truth.byDefault } : truth;
}

/** `a` is the value where the condition holds, `b` where it does not. */
export function join(truth: Truth, a: Thing, b: Thing): Thing {
	if (truth.kind === "known") return truth.value ? a : b;
	// Several results of one function are several values.
	if (a.kind === "list" && b.kind === "list" && isTuple(a) && isTuple(b) && a.items.length === b.items.length)
		return list(a.items.map((item, index) => join(truth, item, b.items[index] ?? NOTHING)));
	if (truth.kind !== "hangs") return oneOf([a, b]);
	return truth.byDefault ? hanging(truth.on.kind, truth.on.name, a, b) : hanging(truth.on.kind, truth.on.name, b, a);
}

/** A list that no source wrote down as one. */
function isTuple(one: List): boolean {
	return one.at === undefined && !one.open && one.items.length > 1;
}
