import assert from "node:assert/strict";
import path from "node:path";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { CodeAction, Diagnostic, Range } from "vscode-languageserver-types";
import { analyseDockerfile } from "../../server/src/compose/analyseDockerfile.ts";
import type { DocumentFeatures } from "../../server/src/features/documentFeatures.ts";
import { ALL_HINTS } from "../../server/src/features/hintOptions.ts";
import { definitions, references, rename, renameTarget } from "../../server/src/features/navigation.ts";
import { knownImages } from "../../server/src/image/knownImages.ts";
import { loadGrammars } from "../../server/src/io/grammars.ts";
import type { Gap, Listener } from "../../server/src/model/port.ts";
import type { Evidence } from "../../server/src/model/text.ts";
import { createSources } from "../../server/src/source/sources.ts";
import type { World } from "../../server/src/verdict/analyse.ts";
import type { Analysis } from "../../server/src/verdict/report.ts";
import { memoryFiles, ROOT, uriOf } from "../support/memoryFiles.ts";

/** Paths below the workspace's folder, to texts. */
export type Texts = Readonly<Record<string, string>>;

export const grammars = loadGrammars(path.join(import.meta.dirname, "../../node_modules/@vscode/tree-sitter-wasm/wasm"));

/** Syntax trees and programs that were read before are used again, as in a server that runs for days. */
const warm = createSources(grammars);

export function worldOf(files: Texts, sources = warm): World {
	return { files: memoryFiles(files), baseImages: knownImages, sources };
}

/** What has read nothing before. */
export function coldWorldOf(files: Texts): World {
	return worldOf(files, createSources(grammars));
}

export async function analysisOf(world: World, files: Texts, dockerfile: string): Promise<Analysis> {
	const request = { uri: uriOf(dockerfile), text: files[dockerfile] ?? "", roots: [ROOT] };
	return (await analyseDockerfile(world, request, "compose")).analysis;
}

/** Everything that an analysis says, to compare two of them by. */
export function told({ context, stages, target, findings }: Analysis): unknown {
	return {
		context,
		target: target && stages.indexOf(target),
		stages: stages.map(({ listeners, gaps, exposes, start }) => ({
			start: start?.range,
			listeners: listeners.map(({ exposedBy, ...rest }) => ({ ...rest, exposed: exposedBy !== undefined })),
			gaps,
			exposes: exposes.map(({ state, expose }) => ({ state, text: expose.text, range: expose.range })),
		})),
		findings: findings.map(({ code, message, range, related }) => ({ code, message, range, related })),
	};
}

/** What is predicted, without the places where it stands. */
export function predicted({ stages }: Analysis): unknown {
	return stages.map(({ listeners, gaps, exposes }) => ({
		listeners: listeners.map(({ port, protocol, address, certainty, overriddenBy, exposedBy }) => ({
			port,
			protocol,
			address,
			certainty,
			overriddenBy,
			exposed: exposedBy !== undefined,
		})),
		gaps: gaps.map(({ reason }) => reason),
		exposes: exposes.map(({ state }) => state),
	}));
}

/** What holds for any prediction: ports that there are, evidence that stands where it says, reasons that can be read. */
export function assertPrediction(files: Texts, listeners: readonly Listener[], gaps: readonly Gap[]): void {
	for (const { port, address, certainty, overriddenBy, evidence } of listeners) {
		assert.ok(Number.isInteger(port) && port >= 1 && port <= 65_535, `port ${port}`);
		assert.match(address, /^[^\s\0]+$/, `an address: ${JSON.stringify(address)}`);
		assert.ok(evidence.length > 0, `evidence of ${port}`);
		for (const one of evidence) assertEvidence(files, one);
		if (certainty === "certain") assert.equal(overriddenBy, undefined, `${port} is certain and overridden`);
		if (certainty === "default" && overriddenBy !== undefined) assert.notEqual(overriddenBy, "", `what overrides ${port}`);
	}
	for (const { reason, evidence } of gaps) {
		assert.notEqual(reason.trim(), "", "a reason");
		if (evidence) assertEvidence(files, evidence);
	}
}

function assertEvidence(files: Texts, { uri, range, text }: Evidence): void {
	assert.ok(!/[\r\n]/.test(text), `evidence on one line: ${text}`);
	assertRange(files, uri, range, `evidence ${text}`);
}

/** A range lies in a file of the workspace: its lines and columns exist, and it does not end before it starts. */
export function assertRange(files: Texts, uri: string, range: Range, what: string): void {
	const text = textAt(files, uri);
	assert.ok(text !== undefined, `${what} is in ${uri}, which is no file`);
	const document = TextDocument.create(uri, "", 0, text);
	for (const position of [range.start, range.end]) {
		const { line, character } = position;
		assert.ok(Number.isInteger(line) && Number.isInteger(character) && line >= 0 && character >= 0, `${what} at ${line}:${character}`);
		assert.ok(line < document.lineCount, `${what} at line ${line} of ${document.lineCount}`);
		const next = document.offsetAt({ line: line + 1, character: 0 });
		const width = (line + 1 < document.lineCount ? next : text.length) - document.offsetAt({ line, character: 0 });
		assert.ok(character <= width, `${what} at column ${character} of ${width} in line ${line} of ${uri}`);
	}
	assert.ok(document.offsetAt(range.start) <= document.offsetAt(range.end), `${what} ends before it starts`);
}

function textAt(files: Texts, uri: string): string | undefined {
	return Object.entries(files).find(([name]) => decodeURIComponent(uriOf(name)) === decodeURIComponent(uri))?.[1];
}

const DOCS = "https://docs.example";
const LIVE = [{ name: "web_1", ports: [{ port: 4_321, protocol: "tcp" as const }] }];

/** Everything that an editor may be told of a document lies inside of it, and can be told at any place. */
export async function assertFeatures(files: Texts, name: string, features: DocumentFeatures): Promise<readonly CodeAction[]> {
	const uri = uriOf(name);
	const text = files[name] ?? "";
	const document = TextDocument.create(uri, "", 0, text);
	const within = (range: Range, what: string) => assertRange(files, uri, range, what);
	for (const hint of features.inlayHints({ ...ALL_HINTS, live: LIVE })) {
		within({ start: hint.position, end: hint.position }, "a hint");
		const parts = typeof hint.label === "string" ? [{ value: hint.label }] : hint.label;
		assert.ok(parts.map(({ value }) => value).join("").trim() !== "", "a hint says something"); // biome-ignore format: one thing
		for (const { value, location } of parts) {
			assert.ok(!/[\r\n\0]/.test(value), `a hint on one line: ${value}`);
			if (location) assertRange(files, location.uri, location.range, "a hint's place");
		}
	}
	for (const { range, message, related } of features.findings) {
		within(range, "a finding");
		assert.ok(message.trim() !== "");
		for (const one of related) assertEvidence(files, one);
	}
	for (const lens of features.codeLenses()) {
		within(lens.range, "a lens");
		assert.ok(lens.command?.title.trim());
	}
	for (const share of [0, 0.2, 0.4, 0.6, 0.8, 1]) {
		const position = document.positionAt(Math.floor(share * text.length));
		const hover = features.hover(position, DOCS, LIVE);
		if (hover?.range) within(hover.range, "a hover");
		for (const { textEdit } of features.completions(position)) if (textEdit && "range" in textEdit) within(textEdit.range, "a completion");
	}
	for (const edit of features.exposeLive([{ port: 4_321, protocol: "udp" }])) within(edit.range, "exposing a live port");
	assertSites(files, features);
	const selection = { start: { line: 0, character: 0 }, end: document.positionAt(text.length) };
	const shown = features.findings.map(({ range, message, code }): Diagnostic => ({ range, message, code, source: "portlight" }));
	const actions = await features.codeActions({ selection, shown, live: LIVE });
	for (const action of actions) assertAction(files, action);
	return actions;
}

function assertSites(files: Texts, features: DocumentFeatures): void {
	const groups = features.portSites();
	for (const site of groups.flat()) {
		assertRange(files, site.uri, site.range, `a place of port ${site.port}`);
		if (site.literal) {
			const document = TextDocument.create(site.uri, "", 0, textAt(files, site.uri) ?? "");
			// `80-80` is a range of one.
			const [first] = document.getText(site.range).split("-");
			assert.equal(Number(first), site.port, "a literal port is written there");
		}
		for (const { uri, range } of [
			...definitions(groups, site.uri, site.range.start),
			...references(groups, site.uri, site.range.start, true),
		])
			assertRange(files, uri, range, "a way to a port");
		const target = renameTarget(groups, site.uri, site.range.start);
		if (!("refused" in target)) assertRange(files, site.uri, target.range, "a rename");
		const edit = rename(groups, site.uri, site.range.start, "12345");
		if (!("refused" in edit)) assertAction(files, { title: "rename", edit });
	}
}

function assertAction(files: Texts, { title, edit }: CodeAction): void {
	for (const [uri, edits] of Object.entries(edit?.changes ?? {})) {
		for (const { range } of edits) assertRange(files, uri, range, title);
		// Edits that overlap are refused by editors.
		const document = TextDocument.create(uri, "", 0, textAt(files, uri) ?? "");
		const places = edits
			.map(({ range }) => [document.offsetAt(range.start), document.offsetAt(range.end)] as const)
			.sort((a, b) => a[0] - b[0]);
		for (const [i, [from]] of places.entries()) assert.ok(from >= (places[i - 1]?.[1] ?? 0), `${title} overlaps itself`);
	}
}

/** The files after an action. */
export function applied(files: Texts, action: CodeAction): Texts {
	const changed: Record<string, string> = { ...files };
	for (const [uri, edits] of Object.entries(action.edit?.changes ?? {})) {
		const name = Object.keys(files).find((one) => uriOf(one) === uri);
		assert.ok(name !== undefined, `${action.title} changes ${uri}`);
		changed[name] = TextDocument.applyEdits(TextDocument.create(uri, "", 0, files[name] ?? ""), edits);
	}
	return changed;
}
