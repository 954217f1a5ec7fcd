import type { ImageEntry, ImageFileRead, ImageFiles } from "../../context/imageFiles.ts";
import type { Program, ProgramStart } from "../program.ts";

/** So many programs are kept; the one that was not asked for longest goes first. */
const MOST_PROGRAMS = 64;

/** One question to the image's files, with its answer. */
type Asked =
	| { readonly kind: "read"; readonly path: string; readonly answer: ImageFileRead }
	| { readonly kind: "look"; readonly path: string; readonly answer: ImageEntry }
	| { readonly kind: "list"; readonly path: string; readonly answer: readonly string[] };

/**
 * Programs that were evaluated before. One is used again when it is started the same way and every file that it looked at
 * still says the same: while somebody types in a Dockerfile, its programs stay what they are.
 */
export class ProgramMemo {
	readonly #kept = new Map<string, { readonly asked: readonly Asked[]; readonly program: Program }>();

	/** The program as it was evaluated before; `files` are asked the same questions again. */
	async find(key: string, files: ImageFiles): Promise<Program | undefined> {
		const kept = this.#kept.get(key);
		if (!kept) return undefined;
		this.#kept.delete(key);
		const same = await Promise.all(kept.asked.map((one) => saysTheSame(one, files)));
		if (!same.every(Boolean)) return undefined;
		this.#kept.set(key, kept);
		return kept.program;
	}

	keep(key: string, asked: readonly Asked[], program: Program): void {
		this.#kept.set(key, { asked, program });
		const [oldest] = this.#kept.keys();
		if (this.#kept.size > MOST_PROGRAMS && oldest !== undefined) this.#kept.delete(oldest);
	}
}

/** Everything that decides a program besides the files. */
export function keyOf(language: string, start: ProgramStart): string {
	const { files: _files, budget: _budget, environment, ...rest } = start;
	return JSON.stringify([language, [...environment], rest]);
}

/** The same files, with an account of what they were asked. */
export function recorded(files: ImageFiles): { readonly files: ImageFiles; readonly asked: Asked[] } {
	const asked: Asked[] = [];
	return {
		asked,
		files: {
			async read(path) {
				const answer = await files.read(path);
				asked.push({ kind: "read", path, answer });
				return answer;
			},
			async look(path) {
				const answer = await files.look(path);
				asked.push({ kind: "look", path, answer });
				return answer;
			},
			async list(path) {
				const answer = await files.list(path);
				asked.push({ kind: "list", path, answer });
				return answer;
			},
		},
	};
}

async function saysTheSame(one: Asked, files: ImageFiles): Promise<boolean> {
	switch (one.kind) {
		case "read":
			return sameFile(one.answer, await files.read(one.path));
		case "look":
			return (await files.look(one.path)).kind === one.answer.kind;
		case "list": {
			const names = await files.list(one.path);
			return names.length === one.answer.length && names.every((name, i) => name === one.answer[i]);
		}
	}
}

function sameFile(before: ImageFileRead, now: ImageFileRead): boolean {
	if (before.kind !== "text" || now.kind !== "text") return before.kind === now.kind;
	const [a, b] = [before.file, now.file];
	return a.uri === b.uri && a.text === b.text && a.origin.line === b.origin.line && a.origin.character === b.origin.character;
}
