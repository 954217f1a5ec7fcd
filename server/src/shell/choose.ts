import { t } from "../model/message.ts";
import type { Asking } from "./asking.ts";
import type { Outcome, Place } from "./run.ts";
import { adopt, emptySink, type Flow, type Sink } from "./sink.ts";
import { bothDoubts, copyState, type Doubt, hangValues, mergeValues, NO_DOUBT, type ShellState, takeOver } from "./state.ts";
import { OPEN, TRUE, type Truth } from "./truth.ts";
import { joined } from "./words.ts";

/** One of several lists of commands, of which the first runs whose test succeeds. */
export interface Branch {
	readonly test: Truth;
	readonly body: (place: Place) => Asking<Outcome>;
}

interface Tried {
	readonly outcome: Outcome;
	readonly state: ShellState;
	readonly sink: Sink;
}

/**
 * Runs what may happen. A test that is decided leaves one branch. One that variables of the container decide leaves the
 * branch that runs when nobody sets them, and what follows from the others hangs on the variable. An open test leaves
 * several. A branch that ends in an error is left out while another remains: such a container does not run.
 */
export function* choose(branches: readonly Branch[], place: Place): Asking<Outcome> {
	const { likely, others, variables } = sort(branches);
	const tried = yield* tryAll(likely, place);
	const alternatives = yield* tryAll(others, place);
	const lives = tried.filter((one) => one.outcome.flow.how !== "fail");
	const livingOthers = alternatives.filter((one) => one.outcome.flow.how !== "fail");
	if (lives.length === 0 && livingOthers.length === 0) return settle(place, tried.slice(0, 1), NO_DOUBT);
	// The container only runs when the variable is set.
	if (lives.length === 0) return settle(place, livingOthers, NO_DOUBT);
	const [only] = lives;
	if (lives.length > 1 || !only) return settle(place, lives, NO_DOUBT);
	if (livingOthers.length === 0) return settle(place, [only], NO_DOUBT);
	return byDefault(place, only, livingOthers, { undecided: false, variables });
}

/** The branches that may run as things are, and those that run when variables are set otherwise. */
function sort(branches: readonly Branch[]): { likely: Branch[]; others: Branch[]; variables: readonly string[] } {
	const likely: Branch[] = [];
	const others: Branch[] = [];
	const variables = new Set<string>();
	let chosen = false;
	for (const branch of [...branches, NOTHING]) {
		const { value } = branch.test;
		if (value === undefined) (chosen ? others : likely).push(branch);
		else if (value) {
			(chosen ? others : likely).push(branch);
			chosen = true;
		} else if (branch.test.variables.length > 0) others.push(branch);
		for (const name of branch.test.variables) variables.add(name);
		if (value === true && branch.test.variables.length === 0) break;
	}
	return { likely, others, variables: [...variables] };
}

/** When no test succeeds. */
const NOTHING: Branch = {
	test: TRUE,
	// biome-ignore lint/correctness/useYield: a body is a generator, and this one has nothing to ask
	*body() {
		return { truth: OPEN, flow: { how: "on", leaks: false } };
	},
};

function* tryAll(branches: readonly Branch[], place: Place): Asking<Tried[]> {
	const tried: Tried[] = [];
	for (const branch of branches) {
		const state = copyState(place.state);
		const sink = emptySink(place.sink);
		tried.push({ outcome: yield* branch.body({ ...place, state, sink }), state, sink });
	}
	return tried;
}

/** One branch happens, or one of several. */
function settle(place: Place, lives: readonly Tried[], cause: Doubt): Outcome {
	const [only] = lives;
	const goOn = lives.filter((one) => one.outcome.flow.how === "on");
	if (!only) return { truth: OPEN, flow: { how: "on", leaks: false } };
	if (lives.length === 1) {
		adopt(place.sink, only.sink, cause);
		place.sink.printed?.push(...(only.sink.printed ?? []));
		takeOver(place.state, only.state);
		return only.outcome;
	}
	const open: Doubt = { undecided: true, variables: [] };
	for (const one of lives) adopt(place.sink, one.sink, open);
	if (lives.some(prints)) place.sink.printed?.push({ kind: "oneOf", values: lives.map((one) => joined(one.sink.printed ?? [])) });
	const stops = lives.some((one) => one.outcome.flow.how !== "on" || one.outcome.flow.leaks);
	const [next] = goOn;
	if (!next) return { truth: OPEN, flow: { how: commonEnd(lives), leaks: true } };
	const { doubt } = place.state;
	const merged = mergeValues(goOn.map((one) => one.state));
	// Of arguments and folders there is no "one of several": the branch that leaves them alone stands for all.
	const plain = goOn.find((one) => one.state.args === place.state.args) ?? next;
	const moved = goOn.some((one) => one.state.args !== plain.state.args || one.state.cwd !== plain.state.cwd);
	takeOver(place.state, plain.state);
	place.state.environment.clear();
	for (const [name, value] of merged) place.state.environment.set(name, value);
	place.state.doubt = stops || moved ? bothDoubts(doubt, open) : doubt;
	return { truth: OPEN, flow: { how: "on", leaks: stops } };
}

function prints({ sink }: Tried): boolean {
	return sink.printed !== undefined && sink.printed.length > 0;
}

function commonEnd(lives: readonly Tried[]): Flow["how"] {
	const ends = new Set(lives.map((one) => one.outcome.flow.how));
	const [end] = ends;
	return ends.size === 1 && end ? end : "exit";
}

/** One branch happens as long as nobody sets the variables. */
function byDefault(place: Place, taken: Tried, others: readonly Tried[], cause: Doubt): Outcome {
	const { doubt } = place.state;
	const [name = ""] = cause.variables;
	const changes = (one: Tried) => one.outcome.flow.how !== "on" || one.outcome.flow.leaks;
	adopt(place.sink, taken.sink, cause);
	if ([taken, ...others].some(prints))
		place.sink.printed?.push({ kind: "variable", name, fallback: joined(taken.sink.printed ?? []), from: [] });
	for (const other of others) {
		for (const action of other.sink.actions) {
			if (action.kind === "program") place.sink.actions.push({ ...action, insteadIf: action.insteadIf ?? name });
		}
	}
	const goOn = others.filter((one) => one.outcome.flow.how === "on");
	const stops = others.some(changes) || changes(taken);
	if (taken.outcome.flow.how === "on")
		hangValues(
			taken.state,
			goOn.map((one) => one.state),
			name,
		);
	takeOver(place.state, taken.state);
	const moved = goOn.some((one) => one.state.args !== taken.state.args || one.state.cwd !== taken.state.cwd);
	const writes = others.some((one) => one.sink.actions.some((action) => action.kind === "file"));
	place.state.doubt = stops || moved || writes ? bothDoubts(doubt, cause) : doubt;
	if (taken.outcome.flow.how !== "on" && goOn.length > 0) place.sink.gaps.push(t("{0} may start another program", name));
	const truth = taken.outcome.truth;
	return {
		truth: truth.value === undefined ? truth : { ...truth, variables: [...new Set([...truth.variables, ...cause.variables])] },
		flow: { how: taken.outcome.flow.how, leaks: stops },
	};
}
