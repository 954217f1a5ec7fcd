import type { ImageEntry, ImageFileRead, ImageFiles } from "../../context/imageFiles.ts";
import type { Budget } from "../../model/budget.ts";
import { t } from "../../model/message.ts";
import type { GrammarName, Grammars } from "../syntax.ts";
import { type Cache, SourceFile } from "./sourceFile.ts";

export type Read =
	| { readonly kind: "file"; readonly file: SourceFile }
	| { readonly kind: "absent"; readonly reason?: string }
	| { readonly kind: "unknown"; readonly reason: string }
	/** It will be known in the next round. */
	| { readonly kind: "pending" };

/**
 * The files of a program, for an evaluator that cannot wait. What it asks for and is not here yet answers `pending`;
 * the evaluation goes on as well as it can, is thrown away, and is repeated once `fetch` has brought what was missing.
 * So an evaluator stays a plain function, and programs take as many rounds as their imports are deep.
 */
export class Shelf {
	readonly #reads = new Map<string, Read>();
	readonly #entries = new Map<string, ImageEntry>();
	readonly #wantedReads = new Map<string, GrammarName | undefined>();
	readonly #wantedEntries = new Set<string>();
	readonly #folders = new Map<string, readonly string[]>();
	readonly #wantedFolders = new Set<string>();
	readonly #files: ImageFiles;
	readonly #budget: Budget;
	readonly #grammars: Grammars;
	readonly #cache: Cache;

	constructor(files: ImageFiles, budget: Budget, grammars: Grammars, cache: Cache) {
		this.#files = files;
		this.#budget = budget;
		this.#grammars = grammars;
		this.#cache = cache;
	}

	/** The file at an absolute path, parsed when a grammar is given. */
	read(path: string, grammar?: GrammarName): Read {
		const read = this.#reads.get(path);
		if (!read) this.#wantedReads.set(path, grammar);
		return read ?? { kind: "pending" };
	}

	look(path: string): ImageEntry | { readonly kind: "pending" } {
		const entry = this.#entries.get(path);
		if (!entry) this.#wantedEntries.add(path);
		return entry ?? { kind: "pending" };
	}

	/** Whether something was asked for that the next round will know. */
	get isWaiting(): boolean {
		return this.#wantedReads.size + this.#wantedEntries.size + this.#wantedFolders.size > 0;
	}

	/** The names in a folder that this build fills. */
	list(path: string): readonly string[] | { readonly kind: "pending" } {
		const names = this.#folders.get(path);
		if (!names) this.#wantedFolders.add(path);
		return names ?? { kind: "pending" };
	}

	/** Every file that was read and understood as source. */
	get sources(): SourceFile[] {
		return [...this.#reads.values()].flatMap((read) => (read.kind === "file" && read.file.root ? [read.file] : []));
	}

	/** Brings what was asked for; false when nothing was. */
	async fetch(): Promise<boolean> {
		const reads = [...this.#wantedReads];
		const entries = [...this.#wantedEntries];
		const folders = [...this.#wantedFolders];
		this.#wantedReads.clear();
		this.#wantedEntries.clear();
		this.#wantedFolders.clear();
		const found = reads.map(([path]) => this.#files.read(path));
		await Promise.all([
			...found,
			...entries.map(async (path) => this.#entries.set(path, await this.#files.look(path))),
			...folders.map(async (path) => this.#folders.set(path, await this.#files.list(path))),
		]);
		// One after the other: the order does not hang on the disk, and there is a pause between two files.
		for (const [i, [path, grammar]] of reads.entries()) {
			await this.#budget.pause();
			const read = await found[i];
			if (read) this.#reads.set(path, await this.#understood(path, read, grammar));
		}
		return reads.length + entries.length + folders.length > 0;
	}

	async #understood(path: string, read: ImageFileRead, grammar: GrammarName | undefined): Promise<Read> {
		if (read.kind !== "text") return read;
		if (!this.#budget.spend("files") || !this.#budget.spend("bytes", read.file.text.length))
			return { kind: "unknown", reason: this.#budget.exhausted ?? t("too many files to read") };
		if (!grammar) return { kind: "file", file: new SourceFile(path, read.file, undefined) };
		try {
			const { text } = read.file;
			const root = this.#cache.parsed(grammar, text, await this.#grammars.parser(grammar));
			const typed =
				grammar === "javascript" && root.broken && mayBeTyped(text)
					? this.#cache.parsed("typescript", text, await this.#grammars.parser("typescript"))
					: undefined;
			return { kind: "file", file: new SourceFile(path, read.file, typed && (isFlow(text) || !typed.broken) ? typed : root) };
		} catch {
			return { kind: "unknown", reason: t("the {0} grammar is not installed", grammar) };
		}
	}
}

/** Type annotations in a `.js` file, which its build strips: Flow's grammar is close to TypeScript's (flow.org/en/docs/types). */
function mayBeTyped(text: string): boolean {
	return isFlow(text) || /^import (?:type|typeof)\b|\)\s*:\s*\w|[\w?]: ?(?:string|number|boolean|any|Object)\b/m.test(text);
}

function isFlow(text: string): boolean {
	return /@flow\b/.test(text.slice(0, 2_000));
}
