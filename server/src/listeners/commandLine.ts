import { t } from "../model/message.ts";
import { known, mapText, unknown, type Value } from "../model/value.ts";

/** A flag in all its spellings: `["-p", "--port"]`. */
export type Spellings = readonly string[];

/**
 * The value of a flag, the last one given: `--port 80`, `--port=80`, `-p 80`, `-p80`. Undefined when it is absent. A
 * flag at the very end has an unknown value: whoever starts the container may append it. A word that hangs on a variable
 * (`--port=$PORT`) counts with what is assumed of it.
 */
export function flagValue(args: readonly Value[], spellings: Spellings): Value | undefined {
	return flagValues(args, spellings).at(-1);
}

/** Every value of a flag that may be given several times, in order. */
export function flagValues(args: readonly Value[], spellings: Spellings): Value[] {
	const found: Value[] = [];
	for (const [index, arg] of args.entries()) {
		const text = writtenText(arg);
		if (text === undefined) continue;
		if (text === "--") break;
		for (const flag of spellings) {
			if (text === flag) found.push(args[index + 1] ?? unknown(t("{0} has no value", flag)));
			else if (flag.startsWith("--") && text.startsWith(`${flag}=`)) found.push(cut(arg, flag.length + 1));
			else if (!flag.startsWith("--") && text.startsWith(flag) && /^-[^-]/.test(text))
				found.push(cut(arg, flag.length + (text[flag.length] === "=" ? 1 : 0)));
		}
	}
	return found;
}

/** Every value of a flag that may be given several times. */
export function allValues(args: readonly Value[], spellings: Spellings): Value[] {
	return args.flatMap((arg, i) => {
		const text = textOf(arg) ?? "";
		const one = spellings.includes(text) ? args.slice(i, i + 2) : spellings.some((flag) => text.startsWith(flag)) ? [arg] : [];
		const value = flagValue(one, spellings);
		return value ? [value] : [];
	});
}

/** A word's text as far as it is written: `--port=` of `--port=$PORT`, although what follows is open. */
function writtenText(arg: Value): string | undefined {
	switch (arg.kind) {
		case "known":
			return arg.text;
		case "variable":
		case "argument":
			return arg.fallback && writtenText(arg.fallback);
		case "oneOf": {
			const [first] = arg.values;
			return first && writtenText(first);
		}
		case "unknown":
			return undefined;
	}
}

function cut(value: Value, length: number): Value {
	return mapText(value, (text, from) => known(text.slice(length), ...from));
}

/** The words of `args` that are neither flags nor a flag's value, with their positions. */
export function operands(args: readonly Value[], withValue: Spellings): { readonly value: Value; readonly index: number }[] {
	const found: { value: Value; index: number }[] = [];
	for (let index = 0; index < args.length; index++) {
		const value = args[index];
		if (value?.kind === "known" && value.text.startsWith("-") && value.text !== "-") {
			if (withValue.includes(value.text)) index++;
		} else if (value) found.push({ value, index });
	}
	return found;
}

/** The text of a known value, else undefined. */
export function textOf(value: Value | undefined): string | undefined {
	return value?.kind === "known" ? value.text : undefined;
}
