import type { ImageFiles } from "../../context/imageFiles.ts";
import { resolvePath } from "../../dockerfile/walk.ts";
import { type Evidence, evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { known, likelyText, type Value } from "../../model/value.ts";
import { type Process, type Started, withArgv } from "../process.ts";

/** A program that starts others, as a file or its own words tell; undefined when this process is none of its calls. */
export type Launcher = (process: Process, files: ImageFiles) => Promise<Started | undefined>;

/** The words behind the program's name as texts; what is not known is undefined. */
export function textsOf(process: Process): (string | undefined)[] {
	return process.argv.slice(1).map((word) => likelyText(word));
}

/** The value of a flag, `-f x`, `--file x` and `--file=x`. */
export function optionOf(process: Process, ...names: string[]): string | undefined {
	const texts = textsOf(process);
	for (const [i, text] of texts.entries()) {
		if (text === undefined) continue;
		if (names.includes(text)) return texts[i + 1];
		for (const name of names) if (name.startsWith("--") && text.startsWith(`${name}=`)) return text.slice(name.length + 1);
	}
	return undefined;
}

/** The words that are neither flags nor their values. */
export function operandsOf(
	process: Process,
	withValue: readonly string[],
): { readonly value: Value; readonly text: string; readonly at: number }[] {
	const found: { value: Value; text: string; at: number }[] = [];
	for (let at = 1; at < process.argv.length; at++) {
		const value = process.argv[at];
		const text = likelyText(value);
		if (text === "--") break;
		if (text?.startsWith("-")) {
			if (withValue.includes(text)) at++;
		} else if (value && text !== undefined) found.push({ value, text, at });
	}
	return found;
}

/** The first of these files that the image holds; `unknown` when one of them may stand there. */
export async function firstFile(
	cwd: string,
	names: readonly string[],
	files: ImageFiles,
): Promise<{ readonly file?: TextFile; readonly path?: string; readonly reason?: string }> {
	let reason: string | undefined;
	for (const name of names) {
		const path = resolvePath(cwd, name);
		const read = await files.read(path);
		if (read.kind === "text") return { file: read.file, path };
		if (read.kind === "unknown") reason ??= read.reason;
	}
	return reason === undefined ? {} : { reason };
}

export function gapOf(reason: string): Started {
	return { processes: [], gaps: [{ reason }] };
}

/** A text that a shell runs. */
export function shellOf(process: Process, text: string, evidence: readonly Evidence[] = []): Process {
	return { ...withArgv(process, [known("sh"), known("-c"), known(text)]), evidence: [...process.evidence, ...evidence] };
}

/** Evidence for a piece of a file's text. */
export function evidenceAt(file: TextFile, start: number, end: number): Evidence {
	return evidenceIn(file, rangeBetween(file.text, start, end), file.text.slice(start, end));
}

/** Several processes that run beside each other. */
export function together(processes: readonly Process[]): Started {
	return { processes, gaps: [] };
}
