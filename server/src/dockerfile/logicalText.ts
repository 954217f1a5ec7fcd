import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Range } from "../model/text.ts";

/**
 * Text of an instruction as the builder sees it: continuation lines joined, comment lines between them dropped.
 * Every character still knows where it stands in the document.
 */
export interface LogicalText {
	readonly text: string;
	/** Document offset of each character of `text`, plus one entry for the end. */
	readonly offsets: readonly number[];
}

/** Joins the lines of `document` between two offsets as BuildKit does (frontend/dockerfile/parser/parser.go, `trimContinuationCharacter`). */
export function joinLines(document: string, start: number, end: number, escapeChar: string): LogicalText {
	let text = "";
	const offsets: number[] = [];
	let lineStart = start;
	let first = true;
	while (lineStart < end) {
		const newline = document.indexOf("\n", lineStart);
		const next = newline === -1 || newline >= end ? end : newline + 1;
		let lineEnd = newline === -1 || newline >= end ? end : newline;
		if (lineEnd > lineStart && document[lineEnd - 1] === "\r") lineEnd--;
		const line = document.slice(lineStart, lineEnd);
		if (first || !isComment(line)) {
			const body = line.trimEnd();
			const kept = body.endsWith(escapeChar) ? body.slice(0, -1) : line;
			for (let i = 0; i < kept.length; i++) offsets.push(lineStart + i);
			text += kept;
		}
		first = false;
		lineStart = next;
	}
	offsets.push(end);
	return { text, offsets };
}

/** The part of a logical text from `start` to `end`, with its places in the document. */
export function slice(logical: LogicalText, start: number, end = logical.text.length): LogicalText {
	return { text: logical.text.slice(start, end), offsets: logical.offsets.slice(start, end + 1) };
}

/** Where the characters from `start` to `end` stand in the document. */
export function rangeOf(document: TextDocument, logical: LogicalText, start = 0, end = logical.text.length): Range {
	const from = logical.offsets[start] ?? logical.offsets.at(-1) ?? 0;
	const last = end > start ? (logical.offsets[end - 1] ?? from) + 1 : from;
	return { start: document.positionAt(from), end: document.positionAt(last) };
}

function isComment(line: string): boolean {
	return /^\s*#/.test(line) || line.trim() === "";
}
