import { relative, sep } from "node:path";
import { DEFAULT_SEVERITY, type Severity } from "../verdict/report.ts";
import { type CheckedFile, findingsOf } from "./checkedFile.ts";
import { printable } from "./printable.ts";

const COMMAND: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", information: "notice", hint: "notice" };

/** Workflow commands of GitHub Actions, one line a finding, which GitHub shows as annotations of the changed lines. */
export function checkGithub(files: readonly CheckedFile[], cwd: string): string {
	const lines = files.flatMap((file) =>
		findingsOf(file).map(({ code, message, range }) => {
			const place = [
				`file=${property(relative(cwd, file.path).split(sep).join("/"))}`,
				`line=${range.start.line + 1}`,
				`endLine=${range.end.line + 1}`,
				// Columns count only within one line.
				...(range.start.line === range.end.line ? [`col=${range.start.character + 1}`, `endColumn=${range.end.character + 1}`] : []),
				`title=${property(`Portlight ${code}`)}`,
			];
			return `::${COMMAND[DEFAULT_SEVERITY[code]]} ${place.join(",")}::${data(message)}\n`;
		}),
	);
	return lines.join("");
}

/** What ends a command or a property has to be escaped (github.com/actions/toolkit, core/src/command.ts). */
function data(text: string): string {
	return printable(text).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function property(text: string): string {
	return data(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
