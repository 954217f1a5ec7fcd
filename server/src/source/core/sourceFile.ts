import { type Evidence, evidenceIn, type Position, type TextFile } from "../../model/text.ts";
import type { GrammarName, Parse, SyntaxNode } from "../syntax.ts";

/** Longer evidence is cut at the end of its first line. */
const LONG = 120;

/** A file of the image, and its syntax when it is source. */
export class SourceFile {
	/** Absolute path in the container. */
	readonly path: string;
	readonly root: SyntaxNode | undefined;
	readonly #file: TextFile;
	#lineStarts: number[] | undefined;

	constructor(path: string, file: TextFile, root: SyntaxNode | undefined) {
		this.path = path;
		this.#file = file;
		this.root = root;
	}

	get text(): string {
		return this.#file.text;
	}

	get uri(): string {
		return this.#file.uri;
	}

	textOf(node: SyntaxNode): string {
		return this.#file.text.slice(node.start, node.end);
	}

	evidence(node: SyntaxNode): Evidence {
		return this.evidenceBetween(node.start, node.end);
	}

	evidenceBetween(start: number, end: number): Evidence {
		let last = end;
		if (end - start > LONG) {
			const newline = this.#file.text.slice(start, end).search(/[\r\n]/);
			last = newline < 0 ? end : start + newline;
		}
		const range = { start: this.position(start), end: this.position(last) };
		return evidenceIn(this.#file, range, this.#file.text.slice(start, Math.min(last, start + 4 * LONG)));
	}

	/** As `positionAt` of the model, without counting from the start of a long file each time. */
	position(offset: number): Position {
		this.#lineStarts ??= lineStarts(this.#file.text);
		const starts = this.#lineStarts;
		let [low, high] = [0, starts.length - 1];
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((starts[middle] ?? 0) <= offset) low = middle;
			else high = middle - 1;
		}
		return { line: low, character: offset - (starts[low] ?? 0) };
	}
}

function lineStarts(text: string): number[] {
	const starts = [0];
	for (const end of text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);
	return starts;
}

/** Characters of source whose syntax is kept: a project of ten thousand lines a few times over. */
const MOST_CHARACTERS = 4_000_000;

/** Syntax by content, so that a keystroke in one file parses no other. The least recently used go first. */
export class Cache {
	readonly #roots = new Map<string, SyntaxNode>();
	#characters = 0;

	parsed(grammar: GrammarName, text: string, parse: Parse): SyntaxNode {
		const key = `${grammar}:${text}`;
		const cached = this.#roots.get(key);
		if (cached) this.#roots.delete(key);
		else this.#characters += key.length;
		const root = cached ?? parse(text);
		this.#roots.set(key, root);
		for (const oldest of this.#roots.keys()) {
			if (this.#characters <= MOST_CHARACTERS || oldest === key) break;
			this.#roots.delete(oldest);
			this.#characters -= oldest.length;
		}
		return root;
	}
}
