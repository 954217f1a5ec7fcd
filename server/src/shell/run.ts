import { type Command, type CompoundList, type ParsedScript, parse, type Redirection, type Statement } from "unbash";
import { t } from "../model/message.ts";
import { own as named } from "../model/table.ts";
import { type Evidence, evidenceIn, rangeBetween } from "../model/text.ts";
import { likelyText, unknown, type Value } from "../model/value.ts";
import { arithmeticTest } from "./arithmetic.ts";
import type { Asking } from "./asking.ts";
import { assign, assignWord, isSetter, wordOf } from "./assignments.ts";
import { BUILTINS, isBlocking, isChore, isOpenQuestion, isQuiet } from "./builtins.ts";
import { type Branch, choose } from "./choose.ts";
import { fileEffects, groupOutput, writesFile } from "./effects.ts";
import { arithmeticLoop, forLoop, selectLoop, whileLoop } from "./loops.ts";
import { formatted, printedBy } from "./printing.ts";
import { type Action, emptySink, type Flow, type Sink, start } from "./sink.ts";
import { copyState, type Defined, type ShellState, type ShellText, type Surroundings, stateOf } from "./state.ts";
import { matchesPattern, testExpression } from "./tests.ts";
import { and, FALSE, not, OPEN, or, PRESUMED, TRUE, type Truth } from "./truth.ts";
import { EXPANDER, expandWhole, expandWord, joined } from "./words.ts";

/** Longer scripts, and scripts with more commands, were written by a program. */
const MAX_TEXT = 300_000;
const MAX_COMMANDS = 4000;
/** Of one command; a list that is added to itself again and again has more. */
const MAX_WORDS = 2000;
/** Functions in functions, files that source files, brackets in brackets. */
const MAX_DEPTH = 60;

/** What a shell text does: the programs it starts and the files it writes, in order. */
export interface ShellRun {
	readonly actions: readonly Action[];
	readonly gaps: readonly string[];
}

/** Runs a text in a shell that knows `surroundings`. Never throws. */
export function* run(shell: ShellText, surroundings: Surroundings): Asking<ShellRun> {
	const interpreter = new Interpreter();
	const sink = emptySink();
	const state = stateOf(shell, surroundings, (script, inside) => interpreter.capture(script, inside));
	const flow = yield* interpreter.text(shell, state, sink);
	if (flow.how === "fail" && sink.actions.every((one) => one.kind !== "program")) sink.gaps.push(t("the start command ends with an error"));
	return { actions: sink.actions, gaps: sink.gaps };
}

/** What holds after a command: whether it succeeded, and whether the next one is reached. */
export interface Outcome {
	readonly truth: Truth;
	readonly flow: Flow;
}

const ON: Flow = { how: "on", leaks: false };

/** Where a command stands: its text, what is known, and where its effects go. */
export interface Place {
	readonly state: ShellState;
	readonly sink: Sink;
	readonly text: Pick<ShellText, "text" | "file">;
	readonly background: boolean;
	/** Its success decides what runs next, so it ends. */
	readonly clause: boolean;
	/** What a pipe hands it, when that is known. */
	readonly input?: Value;
}

/** What a builtin sees beside its words. */
export interface BuiltinPlace extends Place {
	readonly interpreter: Interpreter;
	/** `IFS=: read …` */
	readonly assigned: ReadonlyMap<string, Value>;
	readonly redirects: readonly Redirection[];
}

export class Interpreter {
	#commands = 0;
	#depth = 0;
	#pipes = 0;

	*text(shell: Pick<ShellText, "text" | "file">, state: ShellState, sink: Sink, place: Partial<Place> = {}): Asking<Flow> {
		if (shell.text.length > MAX_TEXT) {
			sink.gaps.push(t("the start script is too long"));
			return ON;
		}
		const script: ParsedScript = parse(shell.text);
		const inside: Place = { background: false, clause: false, ...place, state, sink, text: shell };
		const { flow } = yield* this.list(script.commands, inside);
		if (script.errors && script.errors.length > 0) sink.gaps.push(t("the start command is not valid shell"));
		return flow;
	}

	/** What a script prints in a subshell. The programs that it starts end before the shell goes on. */
	*capture(script: ParsedScript, state: ShellState): Asking<readonly Value[]> {
		const [only, ...others] = script.commands;
		const sink: Sink = { ...emptySink(), printed: [] };
		const place: Place = { state: copyState(state), sink, text: { text: "" }, background: false, clause: true };
		// `$(< file)`
		if (only?.command.type === "Command" && others.length === 0 && !only.command.name && only.command.redirects.length > 0)
			return yield* printedBy({ name: "cat", args: [], redirects: only.command.redirects }, state);
		yield* this.list(script.commands, place);
		return sink.printed ?? [];
	}

	*list(statements: readonly Statement[], place: Place): Asking<Outcome> {
		let truth: Truth = TRUE;
		let leaks = false;
		for (const statement of statements) {
			const outcome = statement.background
				? yield* this.#apart(statement.command, { ...place, background: true })
				: yield* this.#node(statement.command, place);
			truth = outcome.truth;
			leaks ||= outcome.flow.leaks;
			if (outcome.flow.how !== "on") return { truth, flow: { ...outcome.flow, leaks } };
		}
		return { truth, flow: { how: "on", leaks } };
	}

	/** A subshell or background job: what it sets and how it ends stays its own. */
	*#apart(node: Statement["command"] | CompoundList, place: Place): Asking<Outcome> {
		const inside = { ...place, state: copyState(place.state) };
		const outcome = node.type === "CompoundList" ? yield* this.list(node.commands, inside) : yield* this.#node(node, inside);
		const { how, leaks } = outcome.flow;
		// A condition asks how it ends. Where it may have ended before, that is open.
		if (place.clause && !place.background) return { truth: leaks ? OPEN : how === "fail" ? FALSE : outcome.truth, flow: ON };
		return { truth: outcome.truth, flow: place.background || outcome.flow.how !== "fail" ? ON : outcome.flow };
	}

	*#node(node: Statement["command"] | CompoundList, place: Place): Asking<Outcome> {
		if (this.#depth > MAX_DEPTH || this.#commands++ > MAX_COMMANDS) {
			place.sink.gaps.push(t("the start script is too large to follow"));
			return { truth: OPEN, flow: { how: "exit", leaks: true } };
		}
		this.#depth++;
		try {
			return yield* this.#inner(node, place);
		} finally {
			this.#depth--;
		}
	}

	*#inner(node: Statement["command"] | CompoundList, place: Place): Asking<Outcome> {
		switch (node.type) {
			case "Command":
				return yield* this.#command(node, place);
			case "CompoundList":
				return yield* this.list(node.commands, place);
			case "BraceGroup":
				return yield* this.list(node.body.commands, place);
			case "Subshell":
				return yield* this.#apart(node.body, place);
			case "Redirected":
				return yield* this.#redirected(node, place);
			case "AndOr": {
				const first = node.commands[0] ?? EMPTY;
				let outcome = yield* this.#node(first, { ...place, clause: place.clause });
				if (first.type === "Subshell" && outcome.flow.how === "fail") outcome = { truth: outcome.flow.leaks ? OPEN : FALSE, flow: ON };
				for (const [i, operator] of node.operators.entries()) {
					const next = node.commands[i + 1];
					if (!next || outcome.flow.how !== "on") break;
					const before: Truth = outcome.truth;
					const test = operator === "&&" ? before : not(before);
					const bare = operator === "||" && next.type === "Command" && next.name?.value === "exit" && next.args.length === 0;
					const body = function* (this: Interpreter, inside: Place): Asking<Outcome> {
						return bare ? { truth: FALSE, flow: { how: "fail", leaks: false } } : yield* this.#node(next, inside);
					}.bind(this);
					const after = yield* choose([{ test, body }], place);
					outcome = {
						truth: operator === "&&" ? and(before, after.truth) : or(before, after.truth),
						flow: { how: after.flow.how, leaks: outcome.flow.leaks || after.flow.leaks },
					};
				}
				return outcome;
			}
			case "Pipeline":
				return yield* this.#pipeline(node, place);
			case "If":
				return yield* this.#if(node, place);
			case "Case": {
				const value = yield* expandWhole(node.word, place.state);
				const branches: Branch[] = [];
				for (const item of node.items) {
					let test: Truth = FALSE;
					for (const pattern of item.pattern) test = or(test, yield* matchesPattern(value, pattern, place.state));
					branches.push({ test, body: (inside) => this.list(item.body.commands, inside) });
				}
				return yield* choose(branches, place);
			}
			case "While":
				return yield* whileLoop(node, place, this);
			case "For":
				return yield* forLoop(node, place, this);
			case "ArithmeticFor":
				return yield* arithmeticLoop(node, place, this);
			case "Select":
				return yield* selectLoop(node, place, this);
			case "TestCommand":
				return { truth: yield* testExpression(node.expression, place.state), flow: ON };
			case "Function": {
				const defined: Defined = { body: node.body, text: place.text };
				place.state.functions.set(node.name.value, defined);
				return { truth: TRUE, flow: ON };
			}
			case "ArithmeticCommand":
				return { truth: yield* arithmeticTest(node.expression, place.state, EXPANDER), flow: ON };
			default:
				place.sink.gaps.push(t("the start command has a loop that is not followed"));
				return { truth: OPEN, flow: ON };
		}
	}

	/** Everything in a pipe runs at once; each part in a subshell of its own. */
	*#pipeline(node: Extract<Statement["command"], { type: "Pipeline" }>, place: Place): Asking<Outcome> {
		const negated = node.prefixes.filter((prefix) => prefix.type === "Negation").length % 2 === 1;
		const [only, ...others] = node.commands;
		if (only && others.length === 0) {
			const outcome = yield* this.#node(only, place);
			return negated ? { ...outcome, truth: not(outcome.truth) } : outcome;
		}
		const pipe = ++this.#pipes;
		const above = { ...emptySink(place.sink), pipe };
		const sink: Sink = { ...emptySink(place.sink), pipe };
		let truth: Truth = PRESUMED;
		let input: Value | undefined;
		for (const [i, command] of node.commands.entries()) {
			const isLast = i === node.commands.length - 1;
			// All parts share their actions; what each but the last prints feeds the next.
			const own: Sink = isLast ? sink : { ...above, actions: sink.actions, gaps: sink.gaps, printed: [] };
			const { input: _, ...outside } = place;
			const outcome = yield* this.#apart(command, { ...outside, sink: own, ...(input ? { input } : {}) });
			truth = i > 0 ? outcome.truth : truth;
			input = isLast ? undefined : fed(own.printed ?? []);
		}
		place.sink.printed?.push(...(sink.printed ?? []));
		place.sink.actions.push(...sink.actions);
		place.sink.gaps.push(...sink.gaps);
		yield* fileEffects({ name: "|", args: [], redirects: [], pipeline: node.commands }, place);
		// What a pipe's last part answers hangs on what it reads.
		return { truth: truth.value === undefined || truth.presumed ? truth : OPEN, flow: ON };
	}

	*#if(node: Extract<Statement["command"], { type: "If" }>, place: Place): Asking<Outcome> {
		const branches: Branch[] = [];
		for (const one of [node, ...node.elif]) {
			const clause: Outcome = yield* this.list(one.clause.commands, { ...place, clause: true });
			if (clause.flow.how !== "on") return clause;
			const test = clause.truth.presumed ? OPEN : clause.truth;
			branches.push({ test, body: (inside) => this.list(one.then.commands, inside) });
			if (test.value === true && test.variables.length === 0) break;
		}
		const otherwise = node.else;
		if (otherwise) branches.push({ test: TRUE, body: (inside) => this.list(otherwise.commands, inside) });
		return yield* choose(branches, place);
	}

	/** `{ echo a; echo b; } > f` */
	*#redirected(node: Extract<Statement["command"], { type: "Redirected" }>, place: Place): Asking<Outcome> {
		if (!(yield* writesFile(node.redirects, place.state))) return yield* this.#node(node.command, place);
		const sink: Sink = { ...emptySink(place.sink), actions: place.sink.actions, gaps: place.sink.gaps, printed: [] };
		const outcome = yield* this.#node(node.command, { ...place, sink });
		yield* groupOutput(node.redirects, joined(sink.printed ?? []), place);
		return outcome;
	}

	*#command(command: Command, place: Place): Asking<Outcome> {
		const { state, sink } = place;
		const assigned = new Map<string, Value>();
		for (const prefix of command.prefix) if (prefix.type === "Assignment") yield* assign(prefix, state, assigned);
		if (!command.name) {
			for (const [name, value] of assigned) state.environment.set(name, value);
			yield* fileEffects({ name: undefined, args: [], redirects: command.redirects }, place);
			return { truth: TRUE, flow: ON };
		}
		const words = yield* expandWord(command.name, state);
		const sets = isSetter(likelyText(words[0]));
		for (const argument of command.args) {
			const added = argument.type === "Word" || !sets ? yield* expandWord(wordOf(argument), state) : [];
			if (argument.type === "Assignment" && sets) yield* assign(argument, state, state.environment);
			for (const value of added) {
				if (sets) assignWord(value, state);
				words.push(value);
			}
			if (words.length > MAX_WORDS) {
				sink.gaps.push(t("the start script is too large to follow"));
				return { truth: OPEN, flow: { how: "exit", leaks: true } };
			}
		}
		return yield* this.execute(words, assigned, command, place, sink);
	}

	/** Runs the words of a simple command: a function, a builtin, or a program. */
	*execute(words: readonly Value[], assigned: ReadonlyMap<string, Value>, command: Command, place: Place, sink: Sink): Asking<Outcome> {
		const { state } = place;
		let argv = words;
		let replaces = false;
		while (["exec", "command", "builtin"].includes(likelyText(argv[0]) ?? "") && !isLookUp(argv)) {
			replaces ||= likelyText(argv[0]) === "exec";
			argv = argv.slice(1);
			while (replaces && /^-[cla]+$/.test(likelyText(argv[0]) ?? "")) argv = argv.slice(likelyText(argv[0]) === "-a" ? 2 : 1);
		}
		const [program, ...args] = argv;
		// `exec > log` changes only where output goes; an empty expansion runs nothing.
		if (!program) return { truth: TRUE, flow: ON };
		const name = likelyText(program);
		yield* fileEffects({ name, args, redirects: command.redirects, ...(place.input ? { input: place.input } : {}) }, place);
		const own = name === undefined ? undefined : state.functions.get(name);
		if (own && !replaces) return yield* this.#call(own, args, place);
		const builtin = name === undefined ? undefined : named(BUILTINS, name);
		if (builtin) return yield* builtin(args, { ...place, interpreter: this, assigned, redirects: command.redirects });
		if (sink.printed) {
			const printing = { name: name ?? "", args, redirects: command.redirects, ...(place.input ? { input: place.input } : {}) };
			sink.printed.push(...(yield* printedBy(printing, state)));
		}
		if (name === "printf" && likelyText(args[0]) === "-v")
			state.environment.set(likelyText(args[1]) ?? "", formatted(args.slice(2)) ?? unknown(t("printf is not followed")));
		const after: Flow = replaces ? { how: "exit", leaks: false } : ON;
		const texts = args.map((arg) => likelyText(arg));
		if (name !== undefined && isBlocking(name, texts) && !place.clause && !place.background)
			return { truth: TRUE, flow: { how: "exit", leaks: false } };
		const answer = isOpenQuestion(name) ? OPEN : PRESUMED;
		if (name !== undefined && isQuiet(name, texts)) return { truth: answer, flow: after };
		const environment = state.environment.copy();
		for (const [name, value] of assigned) environment.set(name, value);
		start(
			{
				argv,
				cwd: state.cwd,
				environment,
				user: state.user,
				evidence: evidenceOf(command, place),
				background: place.background,
				ends: place.clause,
				doubt: state.doubt,
				last: replaces,
				chore: name !== undefined && isChore(name, texts),
			},
			sink,
		);
		return { truth: answer, flow: after };
	}

	*#call(own: Defined, args: readonly Value[], place: Place): Asking<Outcome> {
		const before = place.state.args;
		place.state.args = args;
		const outcome: Outcome = yield* this.#node(own.body, { ...place, text: own.text });
		place.state.args = before;
		return outcome.flow.how === "return" ? { truth: outcome.truth, flow: { how: "on", leaks: outcome.flow.leaks } } : outcome;
	}
}

/** What the next part of a pipe reads; undefined when that is not known. */
function fed(printed: readonly Value[]): Value | undefined {
	return printed.length > 0 && printed.every((one) => one.kind !== "unknown") ? joined(printed) : undefined;
}

const EMPTY: CompoundList = { type: "CompoundList", pos: 0, end: 0, commands: [] };

function evidenceOf(command: Command, { text: { file, text } }: Place): readonly Evidence[] {
	return file ? [evidenceIn(file, rangeBetween(text, command.pos, command.end), text.slice(command.pos, command.end))] : [];
}

/** `command -v node` only asks. */
function isLookUp(argv: readonly Value[]): boolean {
	return likelyText(argv[0]) === "command" && /^-[vV]$/.test(likelyText(argv[1]) ?? "");
}
