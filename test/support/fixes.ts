import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { CodeAction } from "vscode-languageserver-types";
import { codeActions } from "../../server/src/features/codeActions.ts";
import { analyseFiles, type Files } from "./analysis.ts";
import { uriOf } from "./memoryFiles.ts";

const WHOLE = { start: { line: 0, character: 0 }, end: { line: 99_999, character: 0 } };

/** The quick fixes that are offered anywhere in `Dockerfile` among these files. */
export async function fixTitles(files: Files): Promise<readonly string[]> {
	return codeActions(await analyseFiles(files), WHOLE, []).map(({ title, isPreferred }) => (isPreferred ? `${title} *` : title));
}

/** The files after an action, however many it changes. */
export function applyAction(files: Files, action: CodeAction | undefined): Files {
	const changed = { ...files };
	for (const [uri, edits] of Object.entries(action?.edit?.changes ?? assert.fail("no such action"))) {
		const path = Object.keys(files).find((one) => uriOf(one) === uri) ?? assert.fail(`${uri} is none of the files`);
		changed[path] = TextDocument.applyEdits(TextDocument.create(uri, "", 0, String(files[path])), edits);
	}
	return changed;
}

/** Applies the fix of this title, checks that its finding is gone after it and no other came, and answers the new Dockerfile. */
export async function fixed(files: Files, title: string): Promise<string> {
	const analysis = await analyseFiles(files);
	const action = codeActions(analysis, WHOLE, []).find((one) => one.title === title);
	const after = applyAction(files, action);
	const left = (await analyseFiles(after)).findings.map(({ code, message }) => `${code} ${message}`);
	const before = analysis.findings.map(({ code, message }) => `${code} ${message}`);
	assert.ok(left.length < before.length, `${title} repairs nothing: ${left.join("; ")}`);
	for (const one of left) assert.ok(before.includes(one), `${title} brings ${one}`);
	return String(after.Dockerfile);
}
