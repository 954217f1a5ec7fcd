import type { Range } from "../model/text.ts";

/** One code of an ignore comment. */
export interface Ignore {
	readonly code: string;
	/** Where the code stands. */
	readonly range: Range;
	/** The line that the comment speaks of, counted from 0: the next one that is no comment. */
	readonly line: number;
}

const COMMENT = /^[ \t]*#[ \t]*[Pp]ort[Ll]ight[ \t]+[Ii]gnore[ \t]*=[ \t]*(.*)$/;

/** The ignore comments of a Dockerfile or compose file: `# portlight ignore=not-exposed,nothing-listens`. */
export function readIgnores(text: string): readonly Ignore[] {
	const lines = text.split(/\r\n|\n|\r/);
	const found: Ignore[] = [];
	lines.forEach((written, i) => {
		const list = COMMENT.exec(written)?.[1];
		if (list === undefined) return;
		let line = i + 1;
		// Several comments, and Docker's own, may stand above one instruction.
		while (/^[ \t]*#/.test(lines[line] ?? "")) line++;
		const start = written.length - list.length;
		// Words after the codes are the reason, for people.
		for (const match of list.matchAll(/(?:^|,[ \t]*)([\w-]+)/g)) {
			const at = start + match.index + match[0].length - (match[1] ?? "").length;
			const range = { start: { line: i, character: at }, end: { line: i, character: at + (match[1] ?? "").length } };
			found.push({ code: (match[1] ?? "").toLowerCase(), range, line });
		}
	});
	return found;
}

/** What the ignore comments leave of the findings, and those that took nothing away. `lineOf` is the line that a finding's instruction starts at. */
export function applyIgnores<T extends { readonly code: string }>(
	ignores: readonly Ignore[],
	findings: readonly T[],
	lineOf: (finding: T) => number,
): { readonly kept: readonly T[]; readonly idle: readonly Ignore[] } {
	const used = new Set<Ignore>();
	const kept = findings.filter((finding) => {
		const line = lineOf(finding);
		const by = ignores.filter((ignore) => ignore.line === line && ignore.code === finding.code);
		for (const ignore of by) used.add(ignore);
		return by.length === 0;
	});
	return { kept, idle: ignores.filter((ignore) => !used.has(ignore)) };
}
