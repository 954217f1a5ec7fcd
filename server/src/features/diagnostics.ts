import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver-types";
import { plain } from "../verdict/describe.ts";
import type { Complaint, FindingCode, Severity } from "../verdict/report.ts";

/** The setting of each finding: a severity, or not at all. */
export type Severities = Readonly<Record<FindingCode, Severity | "off">>;

const LSP_SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
	error: DiagnosticSeverity.Error,
	warning: DiagnosticSeverity.Warning,
	information: DiagnosticSeverity.Information,
	hint: DiagnosticSeverity.Hint,
};

/** What does nothing, and is drawn faded. */
const UNNECESSARY: ReadonlySet<FindingCode> = new Set(["nothing-listens", "ignores-nothing"]);

/** `docs`: URI of the folder of the documentation, which has a page for each code. */
export function diagnostics({ findings }: { readonly findings: readonly Complaint[] }, severities: Severities, docs: string): Diagnostic[] {
	return findings.flatMap((finding) => {
		const severity = severities[finding.code];
		return severity === "off" ? [] : [toDiagnostic(finding, LSP_SEVERITY[severity], docs)];
	});
}

export function toDiagnostic(finding: Complaint, severity: DiagnosticSeverity, docs: string): Diagnostic {
	return {
		codeDescription: { href: `${docs}/findings/${finding.code}.md` },
		...(UNNECESSARY.has(finding.code) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
		range: finding.range,
		severity,
		code: finding.code,
		source: "portlight",
		message: plain(finding.message),
		relatedInformation: finding.related.map((evidence) => ({
			location: { uri: evidence.uri, range: evidence.range },
			message: plain(evidence.text),
		})),
	};
}
