import type { BaseImage } from "../image/baseImage.ts";
import { known, knownText, type Value } from "../model/value.ts";
import { type Process, programName, withArgv } from "./process.ts";

/** Whether words are a base image's own start command, or the end of it: wrappers such as tini have been taken off by then. */
export function isOwnCommand(base: BaseImage, argv: readonly Value[]): boolean {
	const { cmd, entrypoint, entrypointRunsArguments } = base;
	const words = entrypointRunsArguments ? cmd : [...entrypoint, ...cmd];
	const end = words.slice(-argv.length);
	return (
		argv.length > 0 &&
		end.length === argv.length &&
		end.every((word, i) => (i === 0 ? isSameProgram(word, knownText(argv[0])) : word === knownText(argv[i])))
	);
}

/**
 * What a base image's own entrypoint script runs when a Dockerfile or a script calls it by name: its arguments, behind the image's
 * program when they begin with a flag. Undefined when this is no such script, or nobody knows what it does.
 */
export function behindOwnEntrypoint(base: BaseImage, process: Process): Process | undefined {
	const at = base.entrypointRunsArguments ? base.entrypoint.findIndex((word) => isSameProgram(word, knownText(process.argv[0]))) : -1;
	const rest = process.argv.slice(1);
	if (at < 0 || rest.length === 0) return undefined;
	return withArgv(process, [...programBefore(base, rest), ...rest]);
}

/** The words of the program that an entrypoint puts before arguments that begin with a flag, or with one of its own words. */
export function programBefore(base: BaseImage, args: readonly Value[]): Value[] {
	const first = knownText(args[0]);
	const program = base.entrypointProgram;
	return (first?.startsWith("-") || (first !== undefined && base.entrypointVerbs.includes(first))) && program !== undefined
		? program.split(" ").map((word) => known(word))
		: [];
}

/** `docker-entrypoint.sh` is found in the PATH, wherever the image says that it stands. */
function isSameProgram(own: string, written: string | undefined): boolean {
	if (written === undefined) return false;
	return own.includes("/") && written.includes("/") ? own === written || isBin(own, written) : programName(own) === programName(written);
}

/** Folders of programs that are links to each other, or hold links to each other's scripts. */
function isBin(own: string, written: string): boolean {
	const folder = /^(?:\/usr(?:\/local)?)?\/s?bin\/|^\//;
	return own.replace(folder, "") === written.replace(folder, "");
}
