import type { TextDocument } from "vscode-languageserver-textdocument";
import type { TextEdit } from "vscode-languageserver-types";
import { readIgnores } from "../verdict/ignore.ts";

/**
 * The edit that silences a finding: a comment above the line, with its indentation, or one more code in the comment that
 * stands there already.
 */
export function ignoreFinding(document: TextDocument, line: number, code: string): TextEdit {
	const text = document.getText();
	const last = readIgnores(text).findLast((ignore) => ignore.line === line);
	if (last) return { range: { start: last.range.end, end: last.range.end }, newText: `,${code}` };
	const eol = text.includes("\r\n") ? "\r\n" : "\n";
	const written = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
	const indent = /^[ \t]*/.exec(written)?.[0] ?? "";
	const at = { line, character: 0 };
	return { range: { start: at, end: at }, newText: `${indent}# portlight ignore=${code}${eol}` };
}
