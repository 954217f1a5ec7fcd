/** Zero-based line and UTF-16 column, as in the Language Server Protocol. */
export interface Position {
	readonly line: number;
	readonly character: number;
}

/** Half-open: `end` is the first position that no longer belongs to it. */
export interface Range {
	readonly start: Position;
	readonly end: Position;
}

/** One link in the chain from a start command to the place that decides a port. */
export interface Evidence {
	readonly uri: string;
	readonly range: Range;
	/** What stands there, on one line and without surrounding blanks. */
	readonly text: string;
}

/** A text that can be pointed into. A heredoc is a file whose text starts inside the Dockerfile. */
export interface TextFile {
	readonly uri: string;
	readonly text: string;
	/** Where the first character of `text` stands in the document at `uri`. */
	readonly origin: Position;
	/** What to point at instead of a place in the text: the FROM or RUN line that brings a file which this build does not hold. */
	readonly standsFor?: Evidence;
	/** Whether this build or its start script wrote or changed the text, so that what stands there is meant. */
	readonly made?: boolean;
}

/** Whether a text comes with the base image or a package as it is. */
export function isStock(file: TextFile): boolean {
	return file.standsFor !== undefined && file.made !== true;
}

/** Evidence at a range relative to the text of `file`. */
export function evidenceIn(file: TextFile, range: Range, text: string): Evidence {
	if (file.standsFor) return file.standsFor;
	return { uri: file.uri, range: { start: shift(file.origin, range.start), end: shift(file.origin, range.end) }, text: oneLine(text) };
}

/** The range between two UTF-16 offsets of `text`. */
export function rangeBetween(text: string, start: number, end: number): Range {
	return { start: positionAt(text, start), end: positionAt(text, end) };
}

/** The position of a UTF-16 offset; `\n`, `\r\n` and a lone `\r` end a line. Offsets past the end are clamped to it. */
export function positionAt(text: string, offset: number): Position {
	const end = Math.min(Math.max(offset, 0), text.length);
	let line = 0;
	let lineStart = 0;
	for (let i = 0; i < end; i++) {
		const char = text.charCodeAt(i);
		if (char === 10 || (char === 13 && text.charCodeAt(i + 1) !== 10)) {
			line++;
			lineStart = i + 1;
		}
	}
	return { line, character: end - lineStart };
}

function shift(origin: Position, at: Position): Position {
	return at.line === 0
		? { line: origin.line, character: origin.character + at.character }
		: { line: origin.line + at.line, character: at.character };
}

function oneLine(text: string): string {
	return text.replace(/\s+/g, " ").trim();
}
