import { TextDocument } from "vscode-languageserver-textdocument";
import { type CodeAction, CodeActionKind, type Diagnostic, type Range, type TextEdit } from "vscode-languageserver-types";
import { type ComposeFinding, type ComposeReport, rangeOf } from "../../compose/report.ts";
import { t } from "../../model/message.ts";
import { isLoopback } from "../../model/port.ts";
import { distinctPorts } from "../../verdict/describe.ts";
import { ignoreFinding } from "../ignoreFinding.ts";
import { rangesTouch } from "../ranges.ts";

/** More ports than these are no choice that a menu helps with. */
const MAX_OFFERED = 4;

/** The quick fixes of a compose file that apply to a selection. `shown` are the diagnostics that the editor shows there. */
export function composeActions(report: ComposeReport, selection: Range, shown: readonly Diagnostic[]): CodeAction[] {
	const { file } = report;
	const document = TextDocument.create(file.uri, "yaml", 0, file.text);
	return report.findings
		.filter((finding) => rangesTouch(finding.range, selection))
		.flatMap((finding) => {
			const diagnostics = shown.filter((one) => one.source === "portlight" && one.code === finding.code && one.message === finding.message);
			const ignore = { title: t("Ignore {0} here", finding.code), edit: ignoreFinding(document, finding.range.start.line, finding.code) };
			return [...fixesOf(report, finding), ...(finding.code === "ignores-nothing" ? [] : [ignore])].map(
				({ title, edit, preferred }: Fix) => ({
					title,
					kind: CodeActionKind.QuickFix,
					...(preferred ? { isPreferred: true } : {}),
					diagnostics,
					edit: { changes: { [file.uri]: [edit] } },
				}),
			);
		});
}

interface Fix {
	readonly title: string;
	readonly edit: TextEdit;
	readonly preferred?: boolean;
}

function fixesOf(report: ComposeReport, { subject }: ComposeFinding): readonly Fix[] {
	if ("ignore" in subject) return [];
	const { entry } = subject;
	if ("port" in subject) {
		const { publishedPlace, published } = entry;
		if (!publishedPlace || published?.first !== published?.last) return [];
		const free = freePort(report, subject.port);
		return [
			{
				title: t("Publish on port {0} of the host", free),
				edit: { range: rangeOf(publishedPlace), newText: String(free) },
				preferred: true,
			},
		];
	}
	const { targetPlace, target } = entry;
	if (subject.state !== "silent" || !targetPlace || target?.first !== target?.last) return [];
	const choices = distinctPorts(subject.instead.filter(({ address, protocol }) => !isLoopback(address) && protocol === entry.protocol));
	return choices.slice(0, MAX_OFFERED).map(({ port }) => ({
		title: t("Publish port {0} of {1} instead of {2}", port, subject.service.name, target?.first ?? ""),
		// `- 80` publishes a port of its own choice: only the container's number stands there.
		edit: { range: rangeOf(targetPlace), newText: String(port) },
		preferred: choices.length === 1,
	}));
}

/** The next port that no service of the project publishes. */
function freePort({ project }: ComposeReport, taken: number): number {
	const used = project.services.flatMap(({ ports }) => ports.flatMap(({ published }) => published ?? []));
	for (let port = taken + 1; port <= 65_535; port++) if (!used.some(({ first, last }) => port >= first && port <= last)) return port;
	return taken;
}
