import { t } from "../../model/message.ts";
import { known, likelyText, type Value } from "../../model/value.ts";
import { type Process, programName, withArgv } from "../../process/process.ts";
import { textOf } from "../commandLine.ts";

/** What the `php` interpreter is asked to do. */
export type PhpCommand =
	/** `php -S host:port`. */
	| { readonly kind: "server"; readonly address: Value }
	/** A script by its path as written, `artisan` or `server.php`. */
	| { readonly kind: "script"; readonly script: string; readonly args: readonly Value[] }
	| { readonly kind: "hidden"; readonly reason: string }
	/** It prints and ends, or waits for input. */
	| { readonly kind: "none" };

/** Options of `php` that take the next word (PHP, "Command line options"). */
const WITH_VALUE: ReadonlySet<string> = new Set(["-c", "-d", "-t", "-z", "-B", "-R", "-F", "-E", "--php-ini", "--define", "--docroot"]);

/**
 * The process without the entrypoint of the official PHP images, which runs its arguments, and hands them to the image's
 * program when the first is a flag (docker-library/php, docker-php-entrypoint).
 */
export function withoutEntrypoint(process: Process): Process {
	if (programName(textOf(process.argv[0]) ?? "") !== "docker-php-entrypoint" || process.argv.length < 2) return process;
	const rest = process.argv.slice(1);
	return withArgv(process, textOf(rest[0])?.startsWith("-") ? [known("php"), ...rest] : rest);
}

/** Undefined when the process is neither PHP nor a PHP script started by its own name. */
export function phpCommand(original: Process): PhpCommand | undefined {
	const process = withoutEntrypoint(original);
	const program = textOf(process.argv[0]);
	if (program === undefined) return undefined;
	const args = process.argv.slice(1);
	if (/\.php$/.test(program) || programName(program) === "artisan") return { kind: "script", script: program, args };
	if (!/^php([0-9][0-9.]*)?(-cli|-zts)?$/.test(programName(program))) return undefined;
	for (let i = 0; i < args.length; i++) {
		const text = likelyText(args[i]);
		const value = args[i];
		if (text === undefined || value === undefined) return { kind: "hidden", reason: t("the program to start is not known") };
		if (text === "-S" || text === "--server") return { kind: "server", address: args[i + 1] ?? known("") };
		if (text.startsWith("-S") && text.length > 2) return { kind: "server", address: known(text.slice(2)) };
		if (text === "-r" || text === "--run") return { kind: "hidden", reason: t("the program is given with php -r") };
		if (/^(-v|--version|-i|--info|-m|--modules|-h|--help|-a|--interactive|-l|--syntax-check|--ini)$/.test(text)) return { kind: "none" };
		if (text === "-f" || text === "--file") return script(args, i + 1);
		if (text === "--") return script(args, i + 1);
		if (WITH_VALUE.has(text)) i++;
		else if (!text.startsWith("-")) return script(args, i);
	}
	return { kind: "none" };
}

function script(args: readonly Value[], at: number): PhpCommand {
	// Where the script stands may hang on a variable; its name rarely does.
	const text = likelyText(args[at]);
	if (text === undefined) return { kind: "hidden", reason: t("the program to start is not known") };
	const rest = args.slice(at + 1);
	return { kind: "script", script: text, args: textOf(rest[0]) === "--" ? rest.slice(1) : rest };
}
