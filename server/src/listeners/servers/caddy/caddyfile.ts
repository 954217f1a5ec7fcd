import { type Evidence, evidenceIn, rangeBetween, type TextFile } from "../../../model/text.ts";

/** One block, or line, of a Caddyfile. */
export interface CaddyBlock {
	/** The words before the brace. */
	readonly words: readonly string[];
	readonly at: Evidence;
	readonly inner: readonly CaddyBlock[];
	readonly hasBraces: boolean;
}

interface Word {
	readonly text: string;
	readonly start: number;
	readonly end: number;
	/** Whether it is the first of its line. */
	readonly first: boolean;
	readonly quoted: boolean;
}

/** More words than any Caddyfile has. */
const MAX_WORDS = 50_000;

/**
 * Reads a Caddyfile (caddyserver.com/docs/caddyfile/concepts): lines of words, blocks between a brace at the end of a line and
 * one on a line of its own; quotes, backquotes, comments, heredocs as plain words. A file that is one site without braces is
 * its first line and what follows.
 */
export function parseCaddyfile(file: TextFile): CaddyBlock[] {
	const words = split(file.text);
	let at = 0;
	const block = (depth: number): CaddyBlock[] => {
		const found: CaddyBlock[] = [];
		while (at < words.length) {
			const start = at;
			const line: Word[] = [];
			for (let word = words[at]; word && (line.length === 0 || !word.first || continues(line)); word = words[at]) {
				line.push(word);
				at++;
				if (!word.quoted && word.text === "{") break;
			}
			const only = line[0];
			if (line.length === 1 && only && !only.quoted && only.text === "}") return found;
			const hasBraces = line.at(-1)?.text === "{" && line.at(-1)?.quoted === false;
			const named = hasBraces ? line.slice(0, -1) : line;
			const from = words[start]?.start ?? 0;
			const to = line.at(-1)?.end ?? from;
			const inner = hasBraces && depth < 30 ? block(depth + 1) : [];
			found.push({
				words: named.map((word) => word.text),
				at: evidenceIn(file, rangeBetween(file.text, from, to), file.text.slice(from, to)),
				inner,
				hasBraces,
			});
		}
		return found;
	};
	return block(0);
}

/** Addresses of a site may go on behind a comma at the end of a line. */
function continues(line: readonly Word[]): boolean {
	return line.at(-1)?.text.endsWith(",") === true;
}

function split(text: string): Word[] {
	const found: Word[] = [];
	const pattern = /"(?:[^"\\]|\\.)*"|`[^`]*`|#[^\n]*|\S+/g;
	let lineOf = -1;
	for (const match of text.matchAll(pattern)) {
		const [raw] = match;
		if (raw.startsWith("#")) continue;
		if (found.length >= MAX_WORDS) break;
		const newline = text.lastIndexOf("\n", match.index - 1);
		const quoted = /^["`]/.test(raw) && raw.length > 1;
		found.push({
			text: quoted ? raw.slice(1, -1) : raw,
			start: match.index,
			end: match.index + raw.length,
			first: newline !== lineOf || found.length === 0,
			quoted,
		});
		lineOf = newline;
	}
	return found;
}
