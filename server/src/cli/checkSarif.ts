import { relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { DEFAULT_SEVERITY, FINDING_CODES, FINDING_TITLES, type Severity } from "../verdict/report.ts";
import { type CheckedFile, findingsOf } from "./checkedFile.ts";
import { printableJson } from "./printable.ts";

const LEVEL: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", information: "note", hint: "note" };

/**
 * SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0), which code scanning services read: one run, a rule for each finding
 * code, paths relative to `cwd`.
 */
export function checkSarif(files: readonly CheckedFile[], cwd: string, version: string): string {
	const rules = FINDING_CODES.map((code) => ({
		id: code,
		shortDescription: { text: FINDING_TITLES[code] },
		defaultConfiguration: { level: LEVEL[DEFAULT_SEVERITY[code]] },
	}));
	const results = files.flatMap((file) =>
		findingsOf(file).map(({ code, message, range }) => ({
			ruleId: code,
			ruleIndex: FINDING_CODES.indexOf(code),
			level: LEVEL[DEFAULT_SEVERITY[code]],
			message: { text: message },
			locations: [
				{
					physicalLocation: {
						artifactLocation: { uri: uriOf(file.path, cwd), uriBaseId: "%SRCROOT%" },
						region: {
							startLine: range.start.line + 1,
							startColumn: range.start.character + 1,
							endLine: range.end.line + 1,
							endColumn: range.end.character + 1,
						},
					},
				},
			],
		})),
	);
	const log = {
		$schema: "https://json.schemastore.org/sarif-2.1.0.json",
		version: "2.1.0",
		runs: [
			{
				tool: { driver: { name: "Portlight", version, rules } },
				columnKind: "utf16CodeUnits",
				originalUriBaseIds: { "%SRCROOT%": { uri: `${pathToFileURL(cwd).href.replace(/\/$/, "")}/` } },
				results,
			},
		],
	};
	return `${printableJson(log)}\n`;
}

/** A relative reference: every segment escaped, so that a colon or a blank is part of a name. */
function uriOf(path: string, cwd: string): string {
	return relative(cwd, path).split(sep).map(encodeURIComponent).join("/");
}
