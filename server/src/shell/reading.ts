import { t } from "../model/message.ts";
import { known, likelyText, mapText, unknown, type Value } from "../model/value.ts";
import type { Asking } from "./asking.ts";
import { splitAt } from "./fields.ts";
import { inputOf } from "./printing.ts";
import type { BuiltinPlace } from "./run.ts";
import { OPEN, TRUE, type Truth } from "./truth.ts";

const TAKES_VALUE = /^-[ers]*[adinNptu]$/;

/** `read`: the first line of what it is fed, split at IFS. In a loop's condition, and from a terminal, nobody knows what comes. */
export function* readLine(args: readonly Value[], place: BuiltinPlace): Asking<Truth> {
	const { state } = place;
	const texts = args.map((arg) => likelyText(arg) ?? "");
	const names = texts.filter((text, i) => /^[A-Za-z_]\w*$/.test(text) && !TAKES_VALUE.test(texts[i - 1] ?? ""));
	const array = texts[texts.findIndex((text) => /^-[ers]*a$/.test(text)) + 1];
	const fed = place.clause ? undefined : ((yield* inputOf(place.redirects, state)) ?? place.input);
	const whole = likelyText(fed);
	const isArray = texts.some((text) => /^-[ers]*a$/.test(text));
	if (!fed || whole === undefined || texts.some((text) => /^-[ers]*[dnN]$/.test(text))) {
		for (const name of names) state.environment.set(name, unknown(t("{0} is read at run time", name)));
		if (isArray && array) state.arrays.delete(array);
		return OPEN;
	}
	const separators = likelyText(place.assigned.get("IFS") ?? state.environment.get("IFS")) ?? " \t\n";
	const line = whole.split("\n")[0] ?? "";
	const piece = (text: string): Value => mapText(fed, (_, from) => known(text, ...from));
	if (isArray && array) {
		state.arrays.set(array, splitAt(line, separators).map(piece));
		return TRUE;
	}
	let rest = line;
	for (const [i, name] of names.entries()) {
		const cut = i === names.length - 1 ? undefined : firstSeparator(rest, separators);
		state.environment.set(name, piece(cut === undefined ? rest.trim() : rest.slice(0, cut)));
		rest = cut === undefined ? "" : rest.slice(cut + 1);
	}
	return TRUE;
}

/** `mapfile -t NAME`: the lines of what it is fed. */
export function* readLines(args: readonly Value[], place: BuiltinPlace): Asking<Truth> {
	const name = likelyText(args.at(-1)) ?? "";
	const fed = (yield* inputOf(place.redirects, place.state)) ?? place.input;
	const text = likelyText(fed);
	if (!fed || text === undefined || name.startsWith("-")) {
		place.state.arrays.delete(name);
		return OPEN;
	}
	const lines = text.replace(/\n$/, "").split("\n");
	place.state.arrays.set(
		name,
		lines.map((line) => mapText(fed, (_, from) => known(line, ...from))),
	);
	return TRUE;
}

function firstSeparator(text: string, separators: string): number | undefined {
	const at = [...text].findIndex((char) => separators.includes(char));
	return at < 0 ? undefined : at;
}
