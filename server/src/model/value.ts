import { t } from "./message.ts";
import type { Certainty } from "./port.ts";
import type { Evidence } from "./text.ts";

/**
 * What is known of a value that decides a port or an address. Shell words, source expressions and configuration
 * files all speak this one language, so that `PORT=3000` in a Dockerfile, `${PORT:-8080}` in a script and
 * `process.env.PORT ?? 5000` in a program meet in one place.
 */
export type Value =
	| { readonly kind: "known"; readonly text: string; readonly from: readonly Evidence[] }
	/** An environment variable of the container that this image does not set. */
	| { readonly kind: "variable"; readonly name: string; readonly fallback?: Value; readonly from: readonly Evidence[] }
	/** A flag of the command line that this start command does not give. */
	| { readonly kind: "argument"; readonly name: string; readonly fallback?: Value; readonly from: readonly Evidence[] }
	/** An undecided branch. */
	| { readonly kind: "oneOf"; readonly values: readonly Value[] }
	/** `partial`: the text with `HOLE` for each part of it that is not known, where the rest is. */
	| { readonly kind: "unknown"; readonly reason: string; readonly at?: Evidence; readonly partial?: string };

/** Stands for what is not known of a text whose rest counts: `server_name …;` of a configuration that a script writes. */
export const HOLE = "…";

/** The container's environment as the image sets it. A name that it does not set answers undefined. */
export type Environment = ReadonlyMap<string, Value>;

export function known(text: string, ...from: Evidence[]): Value {
	return { kind: "known", text, from };
}

export function unknown(reason: string, at?: Evidence): Value {
	return at ? { kind: "unknown", reason, at } : { kind: "unknown", reason };
}

/** The value of an environment variable in this image; what it does not set is left open, named. */
export function lookUp(environment: Environment, name: string, ...from: Evidence[]): Value {
	return environment.get(name) ?? { kind: "variable", name, from };
}

/** One outcome that a value may have, with what had to be assumed to get there. */
export interface Outcome {
	readonly text: string;
	readonly certainty: Extract<Certainty, "certain" | "default">;
	readonly overriddenBy?: string;
	readonly evidence: readonly Evidence[];
}

/** Every outcome of a value, and the reasons why some of it stays open. Both may be non-empty. */
export function outcomes(value: Value): { readonly known: readonly Outcome[]; readonly open: readonly string[] } {
	switch (value.kind) {
		case "known":
			return { known: [{ text: value.text, certainty: "certain", evidence: value.from }], open: [] };
		case "variable":
		case "argument": {
			if (!value.fallback) {
				const what = value.kind === "variable" ? t("{0} is not set", value.name) : t("{0} is not given", value.name);
				return { known: [], open: [what] };
			}
			const inner = outcomes(value.fallback);
			const overridden = inner.known.map((outcome) => ({
				...outcome,
				certainty: "default" as const,
				overriddenBy: value.name,
				evidence: [...value.from, ...outcome.evidence],
			}));
			return { known: overridden, open: inner.open };
		}
		case "oneOf": {
			const all = value.values.map(outcomes);
			return {
				known: all.flatMap((one) => one.known).map((outcome) => ({ ...outcome, certainty: "default" as const })),
				open: all.flatMap((one) => one.open),
			};
		}
		case "unknown":
			return { known: [], open: [value.reason] };
	}
}

/** Follows a value through a step that turns text into another value; what was assumed on the way is kept. */
export function mapText(value: Value, step: (text: string, from: readonly Evidence[]) => Value): Value {
	switch (value.kind) {
		case "known":
			return step(value.text, value.from);
		case "variable":
		case "argument":
			return value.fallback ? { ...value, fallback: mapText(value.fallback, step) } : value;
		case "oneOf":
			return { kind: "oneOf", values: value.values.map((one) => mapText(one, step)) };
		case "unknown":
			return value.partial === undefined ? value : stepped(value, step(value.partial, []));
	}
}

/** A value of which parts are not known, after a step that was done on the rest. */
function stepped({ partial: _, ...value }: Extract<Value, { kind: "unknown" }>, rest: Value): Value {
	return rest.kind === "known" && rest.text.includes(HOLE) ? { ...value, partial: rest.text } : value;
}

/** Longer texts, and values with more outcomes, are no ports: a variable that doubles itself stops here. */
const MAX_SIZE = 100_000;

/** Values that hang on more variables, one in the default of another, are no ports either. */
const MAX_DEPTH = 200;

/** The value, unless it is nested so deep that walking through it would never end. */
export function bounded(value: Value): Value {
	return depthOf(value) > MAX_DEPTH ? unknown(t("a value is too long to follow")) : value;
}

function depthOf(value: Value): number {
	if (value.kind === "oneOf") return 1 + Math.max(0, ...value.values.map(depthOf));
	return value.kind !== "known" && value.kind !== "unknown" && value.fallback ? 1 + depthOf(value.fallback) : 1;
}

/** The values written one after another: `":"` and `PORT` make `":" + PORT`. */
export function concat(values: readonly Value[]): Value {
	const whole = joined(values);
	if (whole.kind === "known" || whole.kind === "oneOf" || likelyText(whole) !== undefined) return whole;
	const partial = values.map(partialText).join("");
	return partial.length > MAX_SIZE || partial === HOLE ? whole : withPartial(whole, partial);
}

/** What is known of the text of a value that is not known, or is not as long as nobody sets its variable; see `HOLE`. */
export function partialOf(value: Value | undefined): string | undefined {
	if (value?.kind === "unknown") return value.partial;
	return value?.kind === "variable" || value?.kind === "argument" ? partialOf(value.fallback) : undefined;
}

function withPartial(value: Value, partial: string): Value {
	if (value.kind === "unknown") return { ...value, partial };
	return (value.kind === "variable" || value.kind === "argument") && value.fallback
		? { ...value, fallback: withPartial(value.fallback, partial) }
		: value;
}

function partialText(value: Value): string {
	return likelyText(value) ?? partialOf(value) ?? HOLE;
}

function joined(values: readonly Value[]): Value {
	return values.reduce<Value>((left, right) => {
		const size = sizeOf(left) * leavesOf(right) + sizeOf(right) * leavesOf(left);
		if (size > MAX_SIZE || depthOf(left) + depthOf(right) > MAX_DEPTH) return unknown(t("a value is too long to follow"));
		return mapText(left, (a, from) => mapText(right, (b, more) => ({ kind: "known", text: a + b, from: [...from, ...more] })));
	}, known(""));
}

/** Characters in all outcomes of a value. */
function sizeOf(value: Value): number {
	if (value.kind === "known") return value.text.length + 1;
	if (value.kind === "oneOf") return value.values.reduce((sum, one) => sum + sizeOf(one), 0);
	return value.kind !== "unknown" && value.fallback ? sizeOf(value.fallback) : 1;
}

function leavesOf(value: Value): number {
	if (value.kind === "oneOf") return value.values.reduce((sum, one) => sum + leavesOf(one), 0);
	return value.kind !== "known" && value.kind !== "unknown" && value.fallback ? leavesOf(value.fallback) : 1;
}

/** The text of a value that leaves nothing open, else undefined. */
export function knownText(value: Value | undefined): string | undefined {
	return value?.kind === "known" ? value.text : undefined;
}

/** The text to assume when nothing is overridden at run time; undefined when even then it is open. */
export function likelyText(value: Value | undefined): string | undefined {
	if (!value) return undefined;
	const all = outcomes(value);
	return all.open.length === 0 && all.known.length === 1 ? all.known[0]?.text : undefined;
}
