import { relative } from "node:path";
import { stageSummary } from "../features/inlayHints.ts";
import { DEFAULT_SEVERITY } from "../verdict/report.ts";
import type { CheckedFile } from "./checkJson.ts";
import { printable } from "./printable.ts";

/** What `portlight check` prints for people: a block for each Dockerfile, then one line that counts. */
export function checkText(files: readonly CheckedFile[], cwd: string, paths: readonly string[]): string {
	if (files.length === 0) return `No Dockerfile at or below ${paths.map((path) => (path === "." ? "this folder" : path)).join(", ")}.\n`;
	const findings = files.reduce((sum, file) => sum + file.analysis.findings.length, 0);
	const blocks = files.map((file) => block(file, cwd));
	return `${[...blocks, `${count(files.length, "Dockerfile")}, ${count(findings, "finding")}`].map(printable).join("\n\n")}\n`;
}

function block({ path, analysis }: CheckedFile, cwd: string): string {
	const { target, findings } = analysis;
	const summary = target ? stageSummary(target) : "⇢ ports unknown: there is no FROM";
	const lines = findings.map(
		(finding) => `  line ${finding.range.start.line + 1}: ${DEFAULT_SEVERITY[finding.code]}: ${finding.message} [${finding.code}]`,
	);
	return [relative(cwd, path) || path, `  ${summary}`, ...lines].join("\n");
}

function count(n: number, what: string): string {
	return `${n} ${what}${n === 1 ? "" : "s"}`;
}
