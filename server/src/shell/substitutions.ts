import type { CommandExpansionPart } from "unbash";
import { t } from "../model/message.ts";
import { concat, known, likelyText, mapText, partialOf, unknown, type Value } from "../model/value.ts";
import type { Asking } from "./asking.ts";
import { emptyIfUnset } from "./parameters.ts";
import type { ShellState } from "./state.ts";

/** What `$(…)` prints when that is plain from its text and the image's files, else unknown. Newlines at the end are left out. */
export function* substitute(part: CommandExpansionPart, state: ShellState): Asking<Value> {
	const reason = t("{0} is computed by the shell", part.text.replace(/\s+/g, " ").slice(0, 40));
	const open = unknown(reason);
	if (!part.script) return open;
	const printed = [...(yield* state.capture(part.script, state))];
	if (printed.some((one) => one.kind === "unknown")) {
		const partial = partialOf(concat(printed.map(emptyIfUnset)));
		return partial === undefined ? open : { kind: "unknown", reason, partial: partial.replace(/\n+$/, "") };
	}
	while (/^\n*$/.test(likelyText(printed.at(-1)) ?? "-")) printed.pop();
	const [only, ...others] = printed;
	if (!only) return known("");
	const text = others.length === 0 ? only : concat(printed.map(emptyIfUnset));
	return mapText(text, (one, from) => known(one.replace(/\n+$/, ""), ...from));
}
