import type { LogicalText } from "./logicalText.ts";

/** A word of an instruction, quotes still on. */
export interface Word {
	readonly text: string;
	/** Offset of its first character within the logical text it was split from. */
	readonly start: number;
	/** Offset behind its last character. */
	readonly end: number;
}

/** Splits at blanks outside quotes, as BuildKit's `shell.ProcessWords` does before it expands variables. */
export function splitWords(logical: LogicalText, escapeChar: string): Word[] {
	const words: Word[] = [];
	const { text } = logical;
	let start = -1;
	let quote = "";
	for (let i = 0; i < text.length; i++) {
		const char = text.charAt(i);
		if (quote) {
			if (char === escapeChar && quote === '"') i++;
			else if (char === quote) quote = "";
			continue;
		}
		if (/\s/.test(char)) {
			if (start >= 0) words.push({ text: text.slice(start, i), start, end: i });
			start = -1;
			continue;
		}
		if (start < 0) start = i;
		if (char === escapeChar) i++;
		else if (char === '"' || char === "'") quote = char;
	}
	if (start >= 0) words.push({ text: text.slice(start), start, end: text.length });
	return words;
}

/** Splits the arguments of ENV, ARG and LABEL into names and values, values with quotes still on. */
export function splitPairs(logical: LogicalText, escapeChar: string): { name: string; value: string | undefined }[] {
	const words = splitWords(logical, escapeChar);
	const first = words[0];
	if (!first) return [];
	if (!first.text.includes("=")) {
		// ENV NAME value with blanks: the legacy form, one pair. ARG NAME: no value.
		const rest = logical.text.slice(first.end).trim();
		return [{ name: first.text, value: words.length > 1 ? rest : undefined }];
	}
	return words.map((word) => {
		const at = word.text.indexOf("=");
		return at < 0 ? { name: word.text, value: undefined } : { name: word.text.slice(0, at), value: word.text.slice(at + 1) };
	});
}
