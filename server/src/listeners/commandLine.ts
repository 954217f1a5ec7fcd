import { known, unknown, type Value } from "../model/value.ts";

/** A flag in all its spellings: `["-p", "--port"]`. */
export type Spellings = readonly string[];

/**
 * The value of a flag, the last one given: `--port 80`, `--port=80`, `-p 80`, `-p80`. Undefined when it is absent. A
 * flag at the very end has an unknown value: whoever starts the container may append it.
 */
export function flagValue(args: readonly Value[], spellings: Spellings): Value | undefined {
	let found: Value | undefined;
	for (const [index, arg] of args.entries()) {
		if (arg.kind !== "known") continue;
		if (arg.text === "--") break;
		for (const flag of spellings) {
			if (arg.text === flag) found = args[index + 1] ?? unknown(`${flag} has no value`);
			else if (flag.startsWith("--") && arg.text.startsWith(`${flag}=`)) found = known(arg.text.slice(flag.length + 1), ...arg.from);
			else if (!flag.startsWith("--") && arg.text.startsWith(flag) && /^-[^-]/.test(arg.text) && arg.text !== flag)
				found = known(arg.text.slice(flag.length).replace(/^=/, ""), ...arg.from);
		}
	}
	return found;
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
