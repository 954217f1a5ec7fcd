import type { Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { textOf } from "../commandLine.ts";

/** A Ruby program's command: `puma -p 80`, `bin/rails s`, `ruby bin/rails s`, `ruby -S puma`. */
export interface RubyCommand {
	/** The last part of its path. */
	readonly name: string;
	readonly args: readonly Value[];
	/** The script that `ruby` was given, as written. */
	readonly script: string | undefined;
}

/** Ruby's options that take the next word (Ruby, "Command-Line Options"). */
const WITH_VALUE: ReadonlySet<string> = new Set(["-I", "-r", "-C", "-E", "-x"]);

/** Undefined when the command is only known at run time, or is code on the command line. */
export function rubyCommand(process: Process): RubyCommand | undefined {
	const program = textOf(process.argv[0]);
	if (program === undefined) return undefined;
	const name = programName(program);
	if (!/^j?ruby[0-9.]*$/.test(name)) return { name, args: process.argv.slice(1), script: undefined };
	for (let i = 1; i < process.argv.length; i++) {
		const text = textOf(process.argv[i]);
		if (text === undefined || /^-[a-zA-Z]*e$/.test(text)) return undefined;
		if (WITH_VALUE.has(text)) i++;
		else if (!text.startsWith("-")) return { name: programName(text), args: process.argv.slice(i + 1), script: text };
	}
	return undefined;
}
