import { type CompletionItem, CompletionItemKind, type Position } from "vscode-languageserver-types";
import { isLoopback } from "../model/port.ts";
import { describeSite, plain } from "../verdict/describe.ts";
import type { Analysis, StageReport } from "../verdict/report.ts";
import { contains } from "./ranges.ts";
import { certaintyWords, exposeSpec } from "./words.ts";

/** Inside an EXPOSE: the ports that are really listened on and not exposed yet. */
export function completions(analysis: Analysis, position: Position): CompletionItem[] {
	const { dockerfile } = analysis;
	const stage = analysis.stages.find(({ image }) =>
		image.stage.instructions.some(({ keyword, range }) => keyword === "EXPOSE" && contains(range, position)),
	);
	const instruction = stage?.image.stage.instructions.find(({ keyword, range }) => keyword === "EXPOSE" && contains(range, position));
	if (!stage || !instruction) return [];
	const before = dockerfile.document.getText({ start: instruction.range.start, end: position });
	// The keyword itself is others' to complete.
	if (!/^\S+\s/.test(before)) return [];
	const typed = /[^\s]*$/.exec(before)?.[0] ?? "";
	const start = { line: position.line, character: position.character - typed.length };
	return offered(stage, typed).map(({ spec, detail, documentation }, i) => ({
		label: spec,
		kind: CompletionItemKind.Value,
		detail,
		documentation,
		sortText: String(i).padStart(3, "0"),
		textEdit: { range: { start, end: position }, newText: spec },
	}));

	function offered(one: StageReport, word: string) {
		const seen = new Set<string>();
		return one.listeners.flatMap((listener) => {
			const spec = exposeSpec(listener);
			const isTyped = listener.exposedBy !== undefined && spec === word;
			if (isLoopback(listener.address) || (listener.exposedBy && !isTyped) || seen.has(spec)) return [];
			seen.add(spec);
			return [{ spec, detail: describeSite(listener, dockerfile.uri), documentation: certaintyWords(listener, plain) }];
		});
	}
}
