import { type CodeAction, CodeActionKind, type Diagnostic, type Range } from "vscode-languageserver-types";
import type { Analysis } from "../verdict/report.ts";
import { addExpose } from "./addExpose.ts";
import { exposeSpec } from "./words.ts";

/** The quick fixes that apply to a selection. `shown` are the diagnostics that the editor shows there. */
export function codeActions(analysis: Analysis, selection: Range, shown: readonly Diagnostic[]): CodeAction[] {
	return analysis.findings
		.filter((finding) => touch(finding.range, selection))
		.flatMap((finding): CodeAction[] => {
			if (!("listener" in finding.subject)) return [];
			const { listener } = finding.subject;
			return [
				{
					title: `Add EXPOSE ${exposeSpec(listener)}`,
					kind: CodeActionKind.QuickFix,
					isPreferred: true,
					diagnostics: shown.filter((one) => one.source === "portlight" && one.code === finding.code && one.message === finding.message),
					edit: { changes: { [analysis.dockerfile.uri]: [addExpose(analysis.dockerfile, finding.stage, listener)] } },
				},
			];
		});
}

function touch(a: Range, b: Range): boolean {
	return before(a.start, b.end) && before(b.start, a.end);
}

function before(a: Range["start"], b: Range["start"]): boolean {
	return a.line < b.line || (a.line === b.line && a.character <= b.character);
}
