import type { Evidence } from "../../model/text.ts";
import { known, mapText, type Value } from "../../model/value.ts";
import { fromValue, isOpen, NOTHING, plain, type Thing } from "../core/thing.ts";
import type { JavaScript } from "./javascript.ts";
import { virtual } from "./virtual.ts";

/** An option that a program declares. */
export interface Declared {
	/** Without dashes: `port`, `p`. */
	readonly names: readonly string[];
	/** What it is when the command does not give it. */
	readonly missing: Thing;
	/** It takes no value. */
	readonly isSwitch?: boolean;
}

/** What the command gives an option, `--port 80`, `--port=80`, `-p 80`, `-p80`; else the option's default, left open by its name. */
export function argumentNamed(js: JavaScript, declared: Declared): Thing {
	const flags = declared.names.map((name) => (name.length === 1 ? `-${name}` : `--${name}`));
	const { args } = js.run.start;
	for (let i = args.length - 1; i >= 0; i--) {
		const word = args[i];
		const text = word && written(word);
		if (!word || text === undefined || !text.startsWith("-")) continue;
		for (const flag of flags) {
			if (text === flag && declared.isSwitch) return plain(true);
			if (text === flag) return fromValue(args[i + 1] ?? known("true"), NOTHING);
			if (text.startsWith(`${flag}=`)) return fromValue(cut(word, flag.length + 1), NOTHING);
			if (flag.length === 2 && text.startsWith(flag) && /^-.[0-9]+$/.test(text)) return fromValue(cut(word, 2), NOTHING);
		}
	}
	const flag = flags.find((one) => one.startsWith("--")) ?? flags[0] ?? "";
	// A default that hangs on a variable is better named by the variable.
	if (isOpen(declared.missing)) return declared.missing;
	return { kind: "argument", name: flag, fallback: declared.missing, from: [] };
}

/** An object with the parsed options as its properties: `argv.port`. What is not declared is taken as it is given. */
export function parsedArguments(js: JavaScript, origin: string, declared: readonly Declared[]): Thing {
	return virtual(origin, (name: string, _at: Evidence) => {
		if (name === "_") return undefined;
		const names = new Set([name.replace(/^-+/, ""), kebab(name.replace(/^-+/, ""))]);
		const option = declared.find((one) => one.names.some((other) => names.has(other)));
		return argumentNamed(js, option ?? { names: [...names], missing: NOTHING });
	});
}

/** `port-number` of `portNumber`. */
export function kebab(name: string): string {
	return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function written(word: Value): string | undefined {
	if (word.kind === "known") return word.text;
	return (word.kind === "variable" || word.kind === "argument") && word.fallback ? written(word.fallback) : undefined;
}

function cut(word: Value, length: number): Value {
	return mapText(word, (text, from) => known(text.slice(length), ...from));
}
