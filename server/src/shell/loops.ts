import type { ArithmeticFor, CompoundList, For, Select, While } from "unbash";
import { t } from "../model/message.ts";
import { known, unknown, type Value } from "../model/value.ts";
import { arithmetic, arithmeticTest } from "./arithmetic.ts";
import type { Asking } from "./asking.ts";
import { choose } from "./choose.ts";
import type { Interpreter, Outcome, Place } from "./run.ts";
import type { Flow } from "./sink.ts";
import type { ShellState } from "./state.ts";
import { not, OPEN, TRUE } from "./truth.ts";
import { EXPANDER, expandWord } from "./words.ts";

/** Rounds after which nobody knows how long a loop goes on. */
const MAX_ROUNDS = 40;

const ON: Flow = { how: "on", leaks: false };

/** Loops that wait (`until nc -z db 5432`) end before the server starts; `while true` never ends; `while [ $# -gt 0 ]` runs. */
export function* whileLoop(node: While, place: Place, interpreter: Interpreter): Asking<Outcome> {
	const body = (inside: Place) => interpreter.list(node.body.commands, inside);
	const maybe = (inside: Place) => untilBreak(body(inside));
	for (let rounds = 0; ; rounds++) {
		const clause = yield* interpreter.list(node.clause.commands, { ...place, clause: true });
		const goesOn = node.kind === "until" ? not(clause.truth) : clause.truth;
		const decided = goesOn.value !== undefined && !goesOn.presumed && goesOn.variables.length === 0;
		if (decided && goesOn.value === false) return { truth: TRUE, flow: ON };
		const before = place.sink.actions.length;
		if (!decided || rounds > MAX_ROUNDS) {
			const outcome = yield* choose([{ test: OPEN, body: maybe }], place);
			// A program in a loop that ends has ended too.
			for (const action of place.sink.actions.slice(before)) if (action.kind === "program" && !action.last) action.ends = true;
			return { truth: TRUE, flow: outcome.flow };
		}
		const { flow } = yield* body(place);
		if (flow.how === "break") return { truth: TRUE, flow: ON };
		if (flow.how !== "on") return { truth: TRUE, flow };
		if (isConstant(node.clause)) return { truth: TRUE, flow: flow.leaks ? flow : { how: "exit", leaks: false } };
	}
}

/** Nobody is there to choose. */
export function* selectLoop(node: Select, place: Place, interpreter: Interpreter): Asking<Outcome> {
	return yield* choose([{ test: OPEN, body: (inside) => untilBreak(interpreter.list(node.body.commands, inside)) }], place);
}

/** What stands behind a loop is reached after a `break`. */
function* untilBreak(body: Asking<Outcome>): Asking<Outcome> {
	const outcome = yield* body;
	return outcome.flow.how === "break" ? { ...outcome, flow: { ...outcome.flow, how: "on" } } : outcome;
}

/** `while true`, `while :`. */
function isConstant({ commands: [only, ...others] }: CompoundList): boolean {
	return others.length === 0 && only?.command.type === "Command" && only.command.args.length === 0;
}

export function* forLoop(node: For, place: Place, interpreter: Interpreter): Asking<Outcome> {
	const words: Value[] = [];
	for (const word of node.wordlist ?? []) {
		const glob = /^[\w./-]*\*[\w./*-]*$/.test(word.text) ? yield* expandGlob(word.text, place.state) : undefined;
		words.push(...(glob ?? numbers(word.text) ?? (yield* expandWord(word, place.state))));
	}
	if (!node.wordlist) words.push(...place.state.args);
	let leaks = false;
	for (const word of words.slice(0, 30)) {
		place.state.environment.set(node.name.value, word);
		const body = (inside: Place) => interpreter.list(node.body.commands, inside);
		const outcome = yield* word.kind === "unknown" ? choose([{ test: OPEN, body }], place) : body(place);
		leaks ||= outcome.flow.leaks;
		if (outcome.flow.how === "break") break;
		if (outcome.flow.how !== "on") return outcome;
	}
	return { truth: TRUE, flow: { how: "on", leaks } };
}

/** `{8001..8004}` */
function numbers(text: string): Value[] | undefined {
	const range = /^\{(\d{1,6})\.\.(\d{1,6})\}$/.exec(text);
	if (!range) return undefined;
	const [first, last] = [Number(range[1]), Number(range[2])];
	return Array.from({ length: Math.min(Math.abs(last - first) + 1, 100) }, (_, i) => known(String(first < last ? first + i : first - i)));
}

/** `for ((i = 0; i < 3; i++))` */
export function* arithmeticLoop(node: ArithmeticFor, place: Place, interpreter: Interpreter): Asking<Outcome> {
	const { state } = place;
	if (node.initialize) yield* arithmetic(node.initialize, state, EXPANDER);
	const body = (inside: Place) => interpreter.list(node.body.commands, inside);
	for (let rounds = 0; ; rounds++) {
		const test = node.test ? yield* arithmeticTest(node.test, state, EXPANDER) : TRUE;
		if (test.value === false && test.variables.length === 0) return { truth: TRUE, flow: ON };
		if (test.value === undefined || test.variables.length > 0 || rounds > MAX_ROUNDS) {
			const { flow } = yield* choose([{ test: OPEN, body: (inside) => untilBreak(body(inside)) }], place);
			return { truth: TRUE, flow };
		}
		const { flow } = yield* body(place);
		if (flow.how !== "on") return { truth: TRUE, flow: flow.how === "break" ? ON : flow };
		if (node.update) yield* arithmetic(node.update, state, EXPANDER);
	}
}

/** The paths that a pattern with one `*` names, as far as they are in view. */
function* expandGlob(pattern: string, state: ShellState): Asking<readonly Value[] | undefined> {
	const slash = pattern.lastIndexOf("/");
	const folder = slash < 0 ? state.cwd : pattern.slice(0, slash) || "/";
	const rest = pattern.slice(slash + 1);
	if (folder.includes("*") || !folder.startsWith("/")) return [unknown(t("{0} is expanded by the shell", pattern))];
	const { names } = yield { ask: "list", path: folder };
	if (!names) return [unknown(t("{0} is expanded by the shell", pattern))];
	const [before = "", after = ""] = rest.split("*");
	return names.filter((name) => name.startsWith(before) && name.endsWith(after)).map((name) => known(`${folder}/${name}`));
}
