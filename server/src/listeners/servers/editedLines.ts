import type { Evidence, TextFile } from "../../model/text.ts";
import { programName } from "../../process/process.ts";
import type { Scene } from "../technology.ts";

/**
 * What RUN steps put into a configuration file that nobody can see, as a text of its own: the lines that `sed` and `echo` write
 *  are there afterwards, whatever else is. Undefined when a step that names the file does anything else with it. `byPath`: only by
 * its whole path is it named.
 */
export async function editedLines(scene: Scene, path: string, byPath: boolean, at: Evidence | undefined): Promise<TextFile | undefined> {
	const { scripts = [] } = await scene.buildOf(path);
	const name = byPath ? path : programName(path);
	const commands = scripts.flatMap(commandsOf).filter((command) => command.includes(name));
	if (!at || commands.length === 0) return undefined;
	const lines: string[] = [];
	for (const command of commands) {
		const written = linesOf(command);
		if (!written) return undefined;
		lines.push(...written);
	}
	const text = `${lines.join("\n")}\n`;
	return { uri: at.uri, text, origin: at.range.start, standsFor: at, made: true };
}

/** The commands of a script, as far as line ends and the operators between commands tell; comments are left out. */
export function commandsOf(script: string): string[] {
	return script
		.replace(/\\\r?\n/g, " ")
		.split("\n")
		.filter((line) => !/^\s*#/.test(line))
		.flatMap((line) => line.split(/&&|\|\||;(?![^'"]*['"]\s*(?:-|\/))/));
}

/** What one command leaves in the file; undefined where that is not plain. */
function linesOf(command: string): string[] | undefined {
	if (!/\bsed\b/.test(command)) {
		if (/^\s*(?:chown|chmod|ls|cat|test|\[|touch|grep)\b[^>]*$/.test(command)) return [];
		const echoed = /^\s*(?:echo|printf)\s+(?:-\w+\s+)*("[^"'`$]*"|'[^"'`$]*'|[^"'`$]*)\s*>>\s*\S+\s*$/.exec(command);
		return echoed?.[1] === undefined ? undefined : [echoed[1].replace(/^["']|["']$/g, "").replace(/\\n/g, "\n")];
	}
	const lines: string[] = [];
	for (const { pattern, replacement } of substitutionsIn(command)) {
		// A line that becomes a comment leaves the default.
		if (/^[#;]/.test(replacement)) {
			lines.push("");
			continue;
		}
		// What is taken over from the line that is replaced is not known.
		if (/\\\d|(?<!\\)&|[$`]\(?\w/.test(replacement)) return undefined;
		const text = replacement.replace(/\\(.)/g, (_, char: string) => (char === "n" ? "\n" : char));
		// A replacement of a part of a line tells nothing by itself: `s/127.0.0.1/0.0.0.0/`.
		if (!/[=:\s]\S/.test(text.trim()) || !/^\^|[=:\s]/.test(pattern)) return undefined;
		lines.push(text);
	}
	// Lines that are removed leave the default.
	return lines.length > 0 || /\/d\b/.test(command) ? lines : undefined;
}

/** `s/pattern/replacement/` with any delimiter. */
function* substitutionsIn(command: string): Generator<{ readonly pattern: string; readonly replacement: string }> {
	let end = 0;
	for (const { index, 0: head, 1: delimiter = "" } of command.matchAll(/(?:^|["'{\s;])s([/|#,@!%])/g)) {
		const start = index + head.length;
		if (start < end) continue;
		const middle = endOfPart(command, start, delimiter);
		const last = middle === undefined ? undefined : endOfPart(command, middle + 1, delimiter);
		if (middle === undefined || last === undefined) continue;
		end = last + 1;
		yield { pattern: command.slice(start, middle), replacement: command.slice(middle + 1, last) };
	}
}

/** Where the delimiter stands that no backslash protects; undefined when the line ends before. */
function endOfPart(text: string, from: number, delimiter: string): number | undefined {
	for (let at = from; at < text.length && text[at] !== "\n"; at++) {
		if (text[at] === delimiter) return at;
		if (text[at] === "\\") at++;
	}
	return undefined;
}
