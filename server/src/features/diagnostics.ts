import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver-types";
import type { Complaint, FindingCode, Severity } from "../verdict/report.ts";

/** The setting of each finding: a severity, or not at all. */
export type Severities = Readonly<Record<FindingCode, Severity | "off">>;

const LSP_SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
	error: DiagnosticSeverity.Error,
	warning: DiagnosticSeverity.Warning,
	information: DiagnosticSeverity.Information,
	hint: DiagnosticSeverity.Hint,
};

export function diagnostics({ findings }: { readonly findings: readonly Complaint[] }, severities: Severities): Diagnostic[] {
	return findings.flatMap((finding) => {
		const severity = severities[finding.code];
		return severity === "off" ? [] : [toDiagnostic(finding, LSP_SEVERITY[severity])];
	});
}

export function toDiagnostic(finding: Complaint, severity: DiagnosticSeverity): Diagnostic {
	return {
		range: finding.range,
		severity,
		code: finding.code,
		source: "portlight",
		message: finding.message,
		relatedInformation: finding.related.map((evidence) => ({
			location: { uri: evidence.uri, range: evidence.range },
			message: evidence.text,
		})),
	};
}
