import type { TextDocument } from "vscode-languageserver-textdocument";
import type { TextEdit } from "vscode-languageserver-types";
import type { Dockerfile, Instruction } from "../dockerfile/dockerfile.ts";
import type { Port } from "../model/port.ts";
import type { StageReport } from "../verdict/report.ts";
import { exposeSpec } from "./words.ts";

/**
 * The edit that documents ports, in one line: behind the stage's last EXPOSE, else before its CMD or ENTRYPOINT and the
 * comment that belongs to it, else at the stage's end. Line ending, keyword case and indentation are the file's own.
 */
export function addExpose(dockerfile: Dockerfile, stage: StageReport, ...ports: readonly Port[]): TextEdit {
	const { document } = dockerfile;
	const eol = document.getText().includes("\r\n") ? "\r\n" : "\n";
	const { instructions, from } = stage.image.stage;
	const lastExpose = instructions.findLast((one) => one.keyword === "EXPOSE");
	if (lastExpose) return insertBeside(dockerfile, lastExpose, exposeLine(lastExpose, ports), eol);
	const start = instructions.find((one) => one.keyword === "CMD" || one.keyword === "ENTRYPOINT");
	if (start) return insertBefore(document, start, exposeLine(start, ports), eol);
	const last = instructions.at(-1) ?? from;
	return insertBeside(dockerfile, last, exposeLine(last, ports), eol);
}

function exposeLine(neighbour: Instruction, ports: readonly Port[]): string {
	const keyword = neighbour.keywordText === neighbour.keywordText.toLowerCase() ? "expose" : "EXPOSE";
	return `${keyword} ${ports.map(exposeSpec).join(" ")}`;
}

/** Behind the instruction; before it when it ends in a line that is to be continued, which would swallow the new one. */
function insertBeside(dockerfile: Dockerfile, instruction: Instruction, line: string, eol: string): TextEdit {
	const { document } = dockerfile;
	const written = document.getText(instruction.range).trimEnd();
	const open = instruction.heredocs.length === 0 && written.endsWith(dockerfile.escape);
	if (open && instruction.keyword !== "FROM") return insertBefore(document, instruction, line, eol);
	const next = { line: instruction.range.end.line + 1, character: 0 };
	const end = document.positionAt(document.offsetAt(next));
	const text = indentOf(document, instruction) + line;
	// Without a newline at the end of the file the new line must bring its own.
	if (end.line < next.line) return { range: { start: end, end }, newText: eol + text };
	return { range: { start: next, end: next }, newText: text + eol };
}

/** Before the instruction and the comment that belongs to it. */
function insertBefore(document: TextDocument, instruction: Instruction, line: string, eol: string): TextEdit {
	const at = { line: firstCommentLine(document, instruction.range.start.line), character: 0 };
	return { range: { start: at, end: at }, newText: indentOf(document, instruction) + line + eol };
}

function indentOf(document: TextDocument, instruction: Instruction): string {
	const { start } = instruction.range;
	return document.getText({ start: { line: start.line, character: 0 }, end: start });
}

/** The first line of the comment that stands directly above a line, or the line itself. */
function firstCommentLine(document: TextDocument, line: number): number {
	let first = line;
	while (first > 0 && /^\s*#/.test(document.getText({ start: { line: first - 1, character: 0 }, end: { line: first, character: 0 } })))
		first--;
	return first;
}
