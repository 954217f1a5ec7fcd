import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { CodeAction, InlayHint, Position, Range } from "vscode-languageserver-types";
import { codeActions } from "../../server/src/features/codeActions.ts";
import { composeActions } from "../../server/src/features/compose/codeActions.ts";
import { composeHints } from "../../server/src/features/compose/inlayHints.ts";
import { devContainerHints } from "../../server/src/features/devcontainer/inlayHints.ts";
import { inlayHints } from "../../server/src/features/inlayHints.ts";
import { kubernetesHints } from "../../server/src/features/kubernetes/inlayHints.ts";
import { analyseDevContainer } from "../../server/src/manifests/devcontainer/report.ts";
import { analyseKubernetes } from "../../server/src/manifests/kubernetes/report.ts";
import { analyseFiles, type Files, worldOf } from "./analysis.ts";
import { composeReport } from "./compose.ts";
import { applyAction } from "./fixes.ts";
import { ROOT, uriOf } from "./memoryFiles.ts";

const DEV_CONTAINER = ".devcontainer/devcontainer.json";
const MANIFEST = "deployment.yaml";

/** A case of `test/unit/features/cases`: files, the one under test with its hints and findings written into it, and fixes. */
export interface MarkedCase {
	readonly name: string;
	readonly files: Readonly<Record<string, string>>;
	/** `Dockerfile`, `compose.yaml`, `deployment.yaml` or `.devcontainer/devcontainer.json`. */
	readonly subject: string;
	/** The subject with its marks. */
	readonly marked: string;
	/** By the fix's title: the files that it changes, as they are after it. */
	readonly fixes: readonly { readonly title: string; readonly files: Readonly<Record<string, string>> }[];
}

/** A mark: blanks, `#`, blanks, carets below what the finding stands under, its code. */
const MARK = /^#? *\^+ [\w-]+$/;

/**
 * Reads cases. `== name` begins one, `-- path` a file of it, `>> title` what a fix leaves: the subject, or files named by `-- path`.
 * A hint stands behind two blanks and one of `⇢ ✓ ✗ → ? exposes`, a finding in a comment below its line. The files before the first
 * case are there in all of them; `-- path = text` is a file in one line, with `\n`.
 */
export function readCases(text: string): readonly MarkedCase[] {
	const [head = "", ...blocks] = text.split(/^== /m);
	const shared = readFiles(head.replace(/^;.*\n/gm, ""));
	return blocks.map((block) => {
		const [name = "", ...lines] = block.split("\n");
		const [body = "", ...fixes] = lines.join("\n").split(/^>> /m);
		const files = readFiles(body);
		const subject =
			[DEV_CONTAINER, MANIFEST, "compose.yaml", "Dockerfile"].find((one) => files[one] !== undefined) ??
			assert.fail(`${name} has no subject`);
		const marked = files[subject] ?? "";
		return {
			name,
			subject,
			marked,
			files: { ...shared, ...files, [subject]: unmarked(marked) },
			fixes: fixes.map((fix) => {
				const [title = "", ...after] = fix.split("\n");
				const left = after.join("\n");
				return { title, files: left.startsWith("-- ") ? readFiles(left) : { [subject]: left.replace(/\n+$/, "\n") } };
			}),
		};
	});
}

function readFiles(text: string): Record<string, string> {
	const files: Record<string, string> = {};
	for (const part of text.split(/^-- /m).slice(1)) {
		const [path = "", ...lines] = part.split("\n");
		const short = /^(\S+) = (.*)$/.exec(path);
		if (short?.[1] !== undefined) files[short[1]] = `${short[2]?.replaceAll("\\n", "\n")}\n`;
		else files[path.trim()] = lines.join("\n").replace(/\n+$/, "\n");
	}
	return files;
}

function unmarked(marked: string): string {
	return marked
		.split("\n")
		.filter((line) => !MARK.test(line))
		.map((line) => line.replace(/ {2}(?:⇢|✓|✗|→|\?|exposes) .*$/, ""))
		.join("\n");
}

/** The subject with the hints and findings that Portlight gives it. */
export async function withMarks({ files, subject }: MarkedCase): Promise<string> {
	const { text, hints, findings } = await answers(files, subject);
	return text
		.split("\n")
		.flatMap((line, i) => {
			const own = hints.filter(({ position }) => position.line === i).map((hint) => `  ${labelOf(hint)}`);
			const marks = findings
				.filter(({ range }) => range.start.line === i)
				.map(({ range, code }) => {
					const length = (range.end.line === i ? range.end.character : line.length) - range.start.character;
					return `${carets(range.start, Math.max(1, length))} ${code}`;
				});
			return [line + own.join(""), ...marks];
		})
		.join("\n");
}

/** Carets below a place; the comment's sign takes the first column, and one more where the place begins there. */
function carets({ character }: Position, length: number): string {
	return character === 0 ? `#${"^".repeat(length)}` : `#${" ".repeat(character - 1)}${"^".repeat(length)}`;
}

/** The files after the fix of this title; checks that it takes findings away and brings none. */
export async function afterFix({ files, subject }: MarkedCase, title: string): Promise<Files> {
	const before = await answers(files, subject);
	const action = before.actions.find((one) => one.title === title);
	assert.ok(action, `${title} is not offered, but ${before.actions.map((one) => one.title).join("; ")}`);
	const changed = applyAction(files, action);
	const left = (await answers(changed, subject)).findings.map(({ code, message }) => `${code} ${message}`);
	const known = before.findings.map(({ code, message }) => `${code} ${message}`);
	assert.ok(left.length < known.length, `${title} repairs nothing: ${left.join("; ")}`);
	for (const one of left) assert.ok(known.includes(one), `${title} brings ${one}`);
	return changed;
}

interface Answers {
	readonly text: string;
	readonly hints: readonly InlayHint[];
	readonly findings: readonly { readonly code: string; readonly message: string; readonly range: Range }[];
	readonly actions: readonly CodeAction[];
}

async function answers(files: Files, subject: string): Promise<Answers> {
	const text = String(files[subject]);
	const document = TextDocument.create("file:///x", "", 0, text);
	const whole = { start: { line: 0, character: 0 }, end: document.positionAt(text.length) };
	if (subject === "compose.yaml") {
		const report = await composeReport(files);
		return { text, hints: composeHints(report), findings: report.findings, actions: composeActions(report, whole, []) };
	}
	if (subject === DEV_CONTAINER) {
		const { report } = await analyseDevContainer(worldOf(files), { uri: uriOf(subject), text, roots: [ROOT] });
		return { text, hints: devContainerHints(report), findings: [], actions: [] };
	}
	if (subject === MANIFEST) {
		const { report } = await analyseKubernetes(worldOf(files), { uri: uriOf(subject), text, roots: [ROOT] });
		return { text, hints: kubernetesHints(report), findings: [], actions: [] };
	}
	const analysis = await analyseFiles(files);
	return { text, hints: inlayHints(analysis), findings: analysis.findings, actions: codeActions(analysis, whole, []) };
}

function labelOf({ label }: InlayHint): string {
	return typeof label === "string" ? label : label.map(({ value }) => value).join("");
}
