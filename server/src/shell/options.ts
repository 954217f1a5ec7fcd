import { t } from "../model/message.ts";
import { known, likelyText, mapText, unknown, type Value } from "../model/value.ts";
import type { ShellState } from "./state.ts";
import { FALSE, OPEN, TRUE, type Truth } from "./truth.ts";

/** `getopts SPEC NAME [WORD…]`: one option at a time; OPTIND counts the words, and letters of one word (POSIX "getopts"). */
export function nextOption(args: readonly Value[], state: ShellState): Truth {
	const spec = likelyText(args[0]);
	const name = likelyText(args[1]);
	const words = args.length > 2 ? args.slice(2) : state.args;
	if (spec === undefined || name === undefined) return OPEN;
	const [, index = "1", letter = "1"] = /^(\d+)(?:\.(\d+))?$/.exec(likelyText(state.environment.get(POSITION)) ?? "") ?? [];
	const word = words[Number(index) - 1];
	const text = likelyText(word);
	const end = (next = index): Truth => {
		state.environment.set("OPTIND", known(next));
		state.environment.set(POSITION, known("1"));
		state.environment.set(name, known("?"));
		return FALSE;
	};
	if (!word) return end();
	if (text === undefined) {
		state.environment.set(name, unknown(t("the options are only known at run time")));
		return OPEN;
	}
	if (!/^-./.test(text)) return end();
	if (text === "--") return end(String(Number(index) + 1));
	const at = Number(letter);
	const option = text.charAt(at);
	const place = spec.indexOf(option);
	const takes = place >= 0 && spec.charAt(place + 1) === ":";
	const isLast = at + 1 >= text.length;
	let next = Number(index) + 1;
	if (takes) {
		const rest: Value | undefined = isLast ? words[next - 1] : mapText(word, (whole, from) => known(whole.slice(at + 1), ...from));
		if (isLast) next++;
		state.environment.set("OPTARG", rest ?? known(""));
	}
	state.environment.set(name, known(place < 0 || option === ":" ? "?" : option));
	state.environment.set(POSITION, known(takes || isLast ? String(next) : `${index}.${at + 1}`));
	state.environment.set("OPTIND", known(String(takes || isLast ? next : Number(index))));
	return TRUE;
}

/** No script can name a variable like this. */
const POSITION = "OPTIND[next]";
