import { basename } from "node:path/posix";
import type { Instruction } from "../dockerfile/dockerfile.ts";

/** Whether a RUN plainly writes a file of that name: it names it beside a redirection or a program that changes files. */
export function writes(run: Instruction, path: string): boolean {
	const name = basename(path);
	const text = runText(run);
	const words = text.split(/[\s"';&|()=/]+/);
	return words.includes(name) && /(>|\b(?:sed|mv|cp|ln|tee|patch|envsubst|dd|curl|wget)\b)/.test(text);
}

const runTexts = new WeakMap<Instruction, string>();

/** What a RUN says, heredocs included. */
export function runText(run: Instruction): string {
	const text = runTexts.get(run) ?? textOf(run);
	runTexts.set(run, text);
	return text;
}

function textOf(run: Instruction): string {
	return [run.args.text, ...run.heredocs.map((heredoc) => heredoc.body.text)].join("\n");
}
