import { type Evidence, evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";

/** A plain value of a configuration in HCL: the blocks around it and their labels joined with dots. */
export interface HclEntry {
	readonly key: string;
	readonly text: string;
	readonly at: Evidence;
}

const TOKEN = /\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|<<-?(\w+)[^\n]*|"((?:[^"\\]|\\.)*)"|[\w.*/-]+|[{}[\]=:,()]|./y;

/** What stands in a text, blanks and comments too; a heredoc is one token, and one without an end is the last. */
function* tokensOf(text: string): Generator<{ readonly 0: string; readonly index: number; readonly quoted: string | undefined }> {
	let at = 0;
	while (at < text.length) {
		TOKEN.lastIndex = at;
		const match = TOKEN.exec(text);
		if (!match) return;
		const [token, terminator, quoted] = match;
		at = TOKEN.lastIndex;
		if (terminator !== undefined) {
			const end = new RegExp(`^[ \\t]*${terminator}\\b`, "gm");
			end.lastIndex = at;
			if (!end.exec(text)) return;
			at = end.lastIndex;
		}
		yield { 0: terminator === undefined ? token : text.slice(match.index, at), index: match.index, quoted };
	}
}

/** More values than any configuration of ports needs. */
const MAX_ENTRIES = 5000;

/**
 * The values of HashiCorp's configuration language, versions 1 and 2, of which JSON is a dialect: `listener "tcp" { address = "…" }`
 * is `listener.tcp.address` (github.com/hashicorp/hcl, "HCL Native Syntax Specification").
 */
export function readHcl(file: TextFile): HclEntry[] {
	const found: HclEntry[] = [];
	const path: string[] = [];
	/** Words since the last value or block: its name and labels. */
	let words: { readonly text: string; readonly start: number; readonly end: number }[] = [];
	/** How many parts of the path each open brace added; brackets add none. */
	const open: number[] = [];
	const give = (value: { readonly text: string; readonly start: number; readonly end: number }, names: readonly string[]): void => {
		if (found.length < MAX_ENTRIES)
			found.push({
				key: [...path, ...names].join("."),
				text: value.text,
				at: evidenceIn(file, rangeBetween(file.text, value.start, value.end), file.text.slice(value.start, value.end)),
			});
	};
	let assigned: string[] | undefined;
	for (const match of tokensOf(file.text)) {
		const { 0: token } = match;
		if (/^\s|^#|^\/\/|^\/\*/.test(token)) continue;
		if (token === "{") {
			const names = assigned ?? words.map((one) => one.text);
			path.push(...names);
			open.push(names.length);
			words = [];
			assigned = undefined;
		} else if (token === "}") {
			const count = open.pop() ?? 0;
			path.length -= Math.min(count, path.length);
			words = [];
			assigned = undefined;
		} else if (token === "=" || token === ":") {
			assigned = words.slice(-1).map((one) => one.text);
			words = [];
		} else if (token === "[") {
			const names = assigned ?? [];
			path.push(...names);
			open.push(names.length);
			assigned = [];
		} else if (token === "]") {
			const count = open.pop() ?? 0;
			path.length -= Math.min(count, path.length);
			assigned = undefined;
		} else if (token === ",") {
			// Between the elements of a list; in JSON also between the members of an object.
		} else {
			const word = { text: match.quoted ?? token, start: match.index, end: match.index + token.length };
			if (assigned === undefined) words.push(word);
			else {
				give(word, assigned);
				// The next word of a list is another element.
				if (assigned.length > 0) assigned = undefined;
			}
		}
	}
	return found;
}
