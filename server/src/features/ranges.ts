import type { Position, Range } from "vscode-languageserver-types";

/** Whether two ranges share a character or meet at their ends, as a selection without a length does. */
export function rangesTouch(a: Range, b: Range): boolean {
	return atOrBefore(a.start, b.end) && atOrBefore(b.start, a.end);
}

/** Whether a position lies in a range or at one of its ends. */
export function contains(range: Range, position: Position): boolean {
	return atOrBefore(range.start, position) && atOrBefore(position, range.end);
}

function atOrBefore(a: Position, b: Position): boolean {
	return a.line < b.line || (a.line === b.line && a.character <= b.character);
}
