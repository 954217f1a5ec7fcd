import type { TextEdit } from "vscode-languageserver-types";
import type { Dockerfile, Instruction } from "../dockerfile/dockerfile.ts";
import { rangeOf } from "../dockerfile/logicalText.ts";
import { splitWords } from "../dockerfile/words.ts";
import type { StageExpose } from "../image/stageImage.ts";

/**
 * The edits that take one word out of an EXPOSE; with its last word the instruction goes, with its line. Other words, comments
 * between continued lines and the way lines are continued stay as they are.
 */
export function removeExpose(dockerfile: Dockerfile, expose: StageExpose): readonly TextEdit[] {
	const { document } = dockerfile;
	const { instruction } = expose;
	const words = splitWords(instruction.args, dockerfile.escape).map((word) => rangeOf(document, instruction.args, word.start, word.end));
	const index = words.findIndex(({ start }) => start.line === expose.range.start.line && start.character === expose.range.start.character);
	if (words.length < 2 || index < 0) return [removeInstruction(dockerfile, instruction)];
	const { start, end } = expose.range;
	const before = words[index - 1];
	const after = words[index + 1];
	const sharesLine = [before, after].some((other) => other && (other.start.line === start.line || other.end.line === end.line));
	const isFirstLine = instruction.range.start.line === start.line;
	if (after?.start.line === end.line) return [{ range: { start, end: after.start }, newText: "" }];
	if (before && sharesLine) return [{ range: { start: before.end, end }, newText: "" }];
	// The first line keeps its keyword, and so the character that continues it.
	if (isFirstLine) {
		const keywordEnd = {
			line: instruction.range.start.line,
			character: instruction.range.start.character + instruction.keywordText.length,
		};
		return [{ range: { start: keywordEnd, end }, newText: "" }];
	}
	const line = { start: { line: start.line, character: 0 }, end: { line: start.line + 1, character: 0 } };
	if (after) return [{ range: line, newText: "" }];
	// The last line goes, and the line before must no longer be continued.
	return before ? [uncontinue(dockerfile, before.end), { range: lineWithBreakBefore(dockerfile, start.line), newText: "" }] : [];
}

/** From the end of the last word to the end of its line: blanks and the escape character. */
function uncontinue({ document }: Dockerfile, wordEnd: { line: number; character: number }): TextEdit {
	const line = document.getText({ start: { line: wordEnd.line, character: 0 }, end: { line: wordEnd.line + 1, character: 0 } });
	const end = { line: wordEnd.line, character: line.replace(/\r?\n$/, "").length };
	return { range: { start: wordEnd, end }, newText: "" };
}

/** A line with the line break in front of it, so that what ends the file stays as it is. */
function lineWithBreakBefore({ document }: Dockerfile, line: number) {
	const previous = document.getText({ start: { line: line - 1, character: 0 }, end: { line, character: 0 } });
	const own = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
	return {
		start: { line: line - 1, character: previous.replace(/\r?\n$/, "").length },
		end: { line, character: own.replace(/\r?\n$/, "").length },
	};
}

/** The instruction's lines; the comments above it may speak of more and stay. */
function removeInstruction({ document }: Dockerfile, { range }: Instruction): TextEdit {
	const next = { line: range.end.line + 1, character: 0 };
	const end = document.positionAt(document.offsetAt(next));
	// The last line of a file without a newline takes the one before it along.
	if (end.line < next.line && range.start.line > 0) {
		const previous = document.getText({
			start: { line: range.start.line - 1, character: 0 },
			end: { line: range.start.line, character: 0 },
		});
		return { range: { start: { line: range.start.line - 1, character: previous.replace(/\r?\n$/, "").length }, end }, newText: "" };
	}
	return { range: { start: { line: range.start.line, character: 0 }, end }, newText: "" };
}
