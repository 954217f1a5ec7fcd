import { type CodeAction, CodeActionKind, type Diagnostic, type Range, type TextEdit } from "vscode-languageserver-types";
import { t } from "../model/message.ts";
import { isLoopback, type Port } from "../model/port.ts";
import { distinctPorts } from "../verdict/describe.ts";
import { instructionLine } from "../verdict/findings/index.ts";
import { otherProtocol } from "../verdict/findings/wrongProtocol.ts";
import type { Analysis, Finding, ReportedListener, StageReport } from "../verdict/report.ts";
import { addExpose } from "./addExpose.ts";
import { ignoreFinding } from "./ignoreFinding.ts";
import { rangesTouch } from "./ranges.ts";
import { removeExpose } from "./removeExpose.ts";
import { exposeSpec } from "./words.ts";

/** Everything that `source.fixAll` does at once. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.portlight`;

/** The quick fixes that apply to a selection. `shown` are the diagnostics that the editor shows there. */
export function codeActions(analysis: Analysis, selection: Range, shown: readonly Diagnostic[]): CodeAction[] {
	const { uri } = analysis.dockerfile;
	const here = analysis.findings.filter((finding) => rangesTouch(finding.range, selection));
	const fixes = here.flatMap((finding) => {
		const diagnostics = shown.filter((one) => one.source === "portlight" && one.code === finding.code && one.message === finding.message);
		return fixesOf(analysis, finding).map(({ title, edits, preferred }) => ({
			title,
			kind: CodeActionKind.QuickFix,
			...(preferred ? { isPreferred: true } : {}),
			diagnostics,
			edit: { changes: { [uri]: [...edits] } },
		}));
	});
	// Two findings of one line may lead to the same fix.
	return [...fixes, ...ignores(analysis, here, shown)].filter((one, i, all) => all.findIndex(({ title }) => title === one.title) === i);
}

/** All preferred fixes of a file as one action; undefined when there are none. */
export function fixAll(analysis: Analysis): CodeAction | undefined {
	const { uri } = analysis.dockerfile;
	const edits: TextEdit[] = [];
	const target = analysis.target;
	const missing = target ? missingPorts(target) : [];
	for (const finding of analysis.findings) {
		// Ports that nothing documents are added in one line below, unless a wrong EXPOSE makes room for them.
		if (finding.code === "not-exposed") continue;
		edits.push(...(fixesOf(analysis, finding).find(({ preferred }) => preferred)?.edits ?? []));
	}
	const replaced = analysis.findings.some((finding) => replacementOf(finding) !== undefined);
	if (target && missing.length > 0 && !replaced) edits.push(addExpose(analysis.dockerfile, target, ...missing));
	if (edits.length === 0) return undefined;
	return { title: t("Fix all Portlight findings"), kind: FIX_ALL, edit: { changes: { [uri]: edits } } };
}

interface Fix {
	readonly title: string;
	readonly edits: readonly TextEdit[];
	/** What most people want: Ctrl+. and Enter. */
	readonly preferred?: boolean;
}

function fixesOf(analysis: Analysis, finding: Finding): readonly Fix[] {
	const { dockerfile } = analysis;
	const { subject, stage } = finding;
	switch (finding.code) {
		case "not-exposed": {
			if (!("listener" in subject)) return [];
			const { listener } = subject;
			const missing = missingPorts(stage);
			return [
				{ title: t("Add EXPOSE {0}", exposeSpec(listener)), edits: [addExpose(dockerfile, stage, listener)], preferred: true },
				...(missing.length > 1 ? [{ title: t("Expose all listened ports"), edits: [addExpose(dockerfile, stage, ...missing)] }] : []),
			];
		}
		case "nothing-listens": {
			if (!("expose" in subject)) return [];
			const { expose } = subject;
			const replacement = replacementOf(finding);
			return [
				...missingPorts(stage).map((port) => ({
					title: t("Replace EXPOSE {0} with {1}", expose.text, exposeSpec(port)),
					edits: [{ range: expose.range, newText: exposeSpec(port) }],
					preferred: port === replacement,
				})),
				{ title: t("Remove EXPOSE {0}", expose.text), edits: removeExpose(dockerfile, expose) },
			];
		}
		case "wrong-protocol": {
			if (!("expose" in subject)) return [];
			const { expose } = subject;
			const [listener] = otherProtocol(stage, expose);
			if (!listener || !expose.ports) return [];
			const { first, last } = expose.ports;
			const spec = first === last ? exposeSpec(listener) : `${first}-${last}${listener.protocol === "tcp" ? "" : `/${listener.protocol}`}`;
			return [
				{ title: t("Replace EXPOSE {0} with {1}", expose.text, spec), edits: [{ range: expose.range, newText: spec }], preferred: true },
				{ title: t("Remove EXPOSE {0}", expose.text), edits: removeExpose(dockerfile, expose) },
			];
		}
		case "healthcheck-port": {
			const ports = "port" in subject ? distinctPorts(stage.listeners).filter(({ protocol }) => protocol === "tcp") : [];
			const written = dockerfile.document.getText(finding.range);
			// An address without a number, or a variable, is not a number to replace.
			if (!/^\d+$/.test(written)) return [];
			return ports.map((port) => ({
				title: t("Ask port {0} instead", port.port),
				edits: [{ range: finding.range, newText: String(port.port) }],
				preferred: ports.length === 1,
			}));
		}
		default:
			return [];
	}
}

/** What a wrong EXPOSE most likely meant: the one port that listens without being documented. */
function replacementOf({ code, stage }: Finding): Port | undefined {
	const missing = missingPorts(stage);
	const wrong = stage.exposes.filter(({ state }) => state === "silent");
	return code === "nothing-listens" && missing.length === 1 && wrong.length === 1 ? missing[0] : undefined;
}

/** What listens for others and is not documented, each port once. */
function missingPorts(stage: StageReport): readonly ReportedListener[] {
	const missing = stage.listeners.filter((listener) => !listener.exposedBy && !isLoopback(listener.address));
	return missing.filter((one, i) => missing.findIndex(({ port, protocol }) => port === one.port && protocol === one.protocol) === i);
}

function ignores(analysis: Analysis, here: readonly Finding[], shown: readonly Diagnostic[]): CodeAction[] {
	const { dockerfile } = analysis;
	return here.flatMap((finding): CodeAction[] => {
		if (finding.code === "ignores-nothing") return [];
		const edit = ignoreFinding(dockerfile.document, instructionLine(finding, dockerfile), finding.code);
		return [
			{
				title: t("Ignore {0} here", finding.code),
				kind: CodeActionKind.QuickFix,
				diagnostics: shown.filter((one) => one.source === "portlight" && one.code === finding.code),
				edit: { changes: { [dockerfile.uri]: [edit] } },
			},
		];
	});
}
