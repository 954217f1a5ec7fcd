import type { Budget } from "../../../model/budget.ts";
import { type Evidence, evidenceIn, isStock, rangeBetween, type TextFile } from "../../../model/text.ts";

/** One directive of an nginx configuration. */
export interface Directive {
	readonly name: string;
	/** Quotes and escapes resolved, variables as written. */
	readonly args: readonly string[];
	/** What stands between its braces. */
	readonly block?: readonly Directive[];
	/** Name and arguments. */
	readonly at: Evidence;
	/** Whether it comes with an image or a package. */
	readonly stock: boolean;
}

interface Token {
	/** `;`, `{`, `}` stand for themselves unless they were quoted. */
	readonly kind: "word" | ";" | "{" | "}";
	readonly text: string;
	readonly start: number;
	readonly end: number;
}

/**
 * Reads an nginx configuration file (nginx.org/en/docs/beginners_guide.html#conf_structure, tokens as in
 * ngx_conf_file.c): words between blanks, `;` and braces; quotes; comments; `${name}`; the raw blocks of Lua modules.
 * What is not closed ends with the file.
 */
export function parseNginx(file: TextFile, budget: Budget): Directive[] {
	return new Parser(file, budget).block(0);
}

class Parser {
	#at = 0;
	#file: TextFile;
	#budget: Budget;

	constructor(file: TextFile, budget: Budget) {
		this.#file = file;
		this.#budget = budget;
	}

	/** Directives up to the closing brace of this block, or the end. */
	block(depth: number): Directive[] {
		const found: Directive[] = [];
		let words: Token[] = [];
		for (let token = this.#next(); token && token.kind !== "}"; token = this.#next()) {
			if (!this.#budget.spend("steps") || depth > this.#budget.depth) break;
			if (token.kind === "word") {
				words.push(token);
				continue;
			}
			const block = token.kind === "{" ? this.#inner(words, depth) : undefined;
			if (words.length > 0) found.push(this.#directive(words, block));
			words = [];
		}
		return found;
	}

	#inner(words: readonly Token[], depth: number): Directive[] {
		if (!words[0]?.text.endsWith("_by_lua_block")) return this.block(depth + 1);
		this.#skipRaw();
		return [];
	}

	#directive(words: readonly Token[], block: readonly Directive[] | undefined): Directive {
		const [name, ...args] = words;
		const { text } = this.#file;
		const start = name?.start ?? 0;
		const end = words.at(-1)?.end ?? start;
		return {
			name: name?.text ?? "",
			args: args.map((one) => one.text),
			...(block ? { block } : {}),
			stock: isStock(this.#file),
			at: evidenceIn(this.#file, rangeBetween(text, start, end), text.slice(start, end)),
		};
	}

	/** Lua between braces, in which braces are balanced. */
	#skipRaw(): void {
		const { text } = this.#file;
		for (let open = 1; this.#at < text.length && open > 0; this.#at++) {
			if (text[this.#at] === "{") open++;
			else if (text[this.#at] === "}") open--;
		}
	}

	#next(): Token | undefined {
		const { text } = this.#file;
		this.#at = skipBlanks(text, this.#at);
		const start = this.#at;
		const char = text[start];
		if (char === undefined) return undefined;
		if (char === ";" || char === "{" || char === "}") {
			this.#at++;
			return { kind: char, text: char, start, end: start + 1 };
		}
		if (char === '"' || char === "'") return this.#quoted(char);
		let word = "";
		while (this.#at < text.length) {
			const here = text.charAt(this.#at);
			if (/[\s;{]/.test(here) && !(here === "{" && word.endsWith("$"))) break;
			if (here === "{") {
				const close = text.indexOf("}", this.#at);
				const end = close < 0 ? text.length : close + 1;
				word += text.slice(this.#at, end);
				this.#at = end;
			} else if (here === "\\") {
				word += text.slice(this.#at, this.#at + 2);
				this.#at += 2;
			} else {
				word += here;
				this.#at++;
			}
		}
		return { kind: "word", text: word, start, end: this.#at };
	}

	#quoted(quote: string): Token {
		const { text } = this.#file;
		const start = this.#at++;
		let word = "";
		while (this.#at < text.length && text[this.#at] !== quote) {
			if (text[this.#at] === "\\") this.#at++;
			word += text[this.#at++] ?? "";
		}
		this.#at++;
		return { kind: "word", text: word, start, end: Math.min(this.#at, text.length) };
	}
}

/** A `#` begins a comment only where a word could begin. */
function skipBlanks(text: string, from: number): number {
	let at = from;
	for (;;) {
		while (/\s/.test(text[at] ?? "")) at++;
		if (text[at] !== "#") return at;
		const end = text.indexOf("\n", at);
		at = end < 0 ? text.length : end + 1;
	}
}
