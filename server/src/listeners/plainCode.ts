/**
 * Source of languages that have no evaluator: only what is plainly written is read of it. Offsets stay those of the file.
 */

/** How a language writes what is no code. */
export interface Lexis {
	/** What starts a comment that ends with the line. */
	readonly line: readonly string[];
	/** Comments between `/*` and its end. */
	readonly block?: boolean;
	/** Texts between these. */
	readonly quotes: string;
}

/** The text with blanks for comments; texts stay as they are. */
export function withoutComments(text: string, lexis: Lexis): string {
	const escaped = (one: string) => one.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
	const quoted = [...lexis.quotes].map((one) => `${one}(?:\\\\[\\s\\S]|[^\\\\${one}])*${one}`);
	const comments = [...(lexis.block ? ["/\\*[\\s\\S]*?\\*/"] : []), ...lexis.line.map((one) => `${escaped(one)}[^\\n]*`)];
	return text.replace(new RegExp([...quoted, ...comments].join("|"), "g"), (found) =>
		lexis.quotes.includes(found[0] ?? "") ? found : found.replace(/[^\n]/g, " "),
	);
}

/** A call's arguments as written, and where its bracket closes; `start` is behind the opening one. */
export function argumentsAt(text: string, start: number, quotes: string): { readonly args: readonly string[]; readonly end: number } {
	const args: string[] = [];
	let depth = 0;
	let from = start;
	let quote = "";
	for (let i = start; i < text.length; i++) {
		const char = text[i] ?? "";
		if (quote !== "") {
			if (char === "\\") i++;
			else if (char === quote) quote = "";
		} else if (quotes.includes(char)) quote = char;
		else if (/[([{]/.test(char)) depth++;
		else if (/[)\]}]/.test(char) && depth-- === 0) {
			const last = text.slice(from, i).trim();
			return { args: last === "" ? args : [...args, last], end: i };
		} else if (char === "," && depth === 0) {
			args.push(text.slice(from, i).trim());
			from = i + 1;
		}
	}
	return { args, end: text.length };
}

/** Whether a place stands in braces: in a function, a class or a condition. */
export function isInBraces(text: string, at: number): boolean {
	const before = text.slice(0, at).replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, "");
	return (before.match(/\{/g)?.length ?? 0) > (before.match(/\}/g)?.length ?? 0);
}

/** Whether a line that a place is indented under, at any level, matches: the condition that it stands in, in tidy code. */
export function isIndentedUnder(text: string, at: number, opening: RegExp): boolean {
	const lines = text.slice(0, at).split("\n");
	const indent = (line: string) => line.length - line.trimStart().length;
	let level = Math.max(indent(lines.pop() ?? ""), 0);
	for (const line of lines.toReversed()) {
		if (level === 0) return false;
		if (line.trim() === "" || indent(line) >= level) continue;
		level = indent(line);
		if (opening.test(line.trim())) return true;
	}
	return false;
}
