import type { ComposeReport } from "../compose/report.ts";
import type { Analysis, Complaint } from "../verdict/report.ts";

/** One file after its analysis. */
export type CheckedFile = CheckedDockerfile | CheckedCompose;

interface Checked {
	/** Absolute. */
	readonly path: string;
	/** Milliseconds from reading the file to the findings. */
	readonly ms: number;
}

export interface CheckedDockerfile extends Checked {
	readonly kind: "dockerfile";
	readonly analysis: Analysis;
	/** What `--target` said. */
	readonly wantedTarget: string | undefined;
}

export interface CheckedCompose extends Checked {
	readonly kind: "compose";
	readonly report: ComposeReport;
}

export function findingsOf(file: CheckedFile): readonly Complaint[] {
	return file.kind === "dockerfile" ? file.analysis.findings : file.report.findings;
}
