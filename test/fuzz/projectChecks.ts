import assert from "node:assert/strict";
import fc from "fast-check";
import type { CodeAction } from "vscode-languageserver-types";
import type { Dockerfile } from "../../server/src/dockerfile/dockerfile.ts";
import { parseDockerfile } from "../../server/src/dockerfile/parse.ts";
import { kindOf } from "../../server/src/documentKinds.ts";
import { FIX_ALL } from "../../server/src/features/codeActions.ts";
import type { DocumentFeatures } from "../../server/src/features/documentFeatures.ts";
import type { World } from "../../server/src/verdict/analyse.ts";
import { ROOT, uriOf } from "../support/memoryFiles.ts";
import { analysisOf, applied, assertFeatures, assertPrediction, coldWorldOf, predicted, type Texts, told, worldOf } from "./properties.ts";

/** What is asked of a project besides that its answers lie where they should: one question a case, as each needs more analyses. */
const QUESTIONS = ["again", "cold", "unrelated line", "unrelated file", "fixes", "fix all", "open variable"] as const;
type Question = (typeof QUESTIONS)[number];

/** A workspace, the Dockerfile in it that is looked at, and a question. */
export interface ProjectCase {
	readonly files: Texts;
	readonly subject: string;
	readonly question: Question;
	/** Chooses a place for the question, as a share in millionths. */
	readonly at: number;
}

export function projectCases(projects: fc.Arbitrary<{ readonly files: Texts; readonly subject: string }>): fc.Arbitrary<ProjectCase> {
	return fc
		.record({ project: projects, question: fc.constantFrom(...QUESTIONS), at: fc.nat(1_000_000) })
		.map(({ project, ...rest }) => ({ ...project, ...rest }));
}

export async function checkProject({ files, subject: dockerfile, question, at }: ProjectCase): Promise<void> {
	const world = worldOf(files);
	const analysis = await analysisOf(world, files, dockerfile);
	for (const { listeners, gaps } of analysis.stages) assertPrediction(files, listeners, gaps);
	const features = await featuresOf(world, files, dockerfile);
	const actions = features ? await assertFeatures(files, dockerfile, features) : [];
	switch (question) {
		case "again":
			return assert.deepEqual(told(await analysisOf(worldOf(files), files, dockerfile)), told(analysis), "the same again");
		case "cold":
			return assert.deepEqual(told(await analysisOf(coldWorldOf(files), files, dockerfile)), told(analysis), "the same from scratch");
		case "unrelated line": {
			const changed = { ...files, [dockerfile]: withLine(analysis.dockerfile, at) };
			return assert.deepEqual(predicted(await analysisOf(worldOf(changed), changed, dockerfile)), predicted(analysis), changed[dockerfile]);
		}
		case "unrelated file": {
			const changed = { ...files, "zz/unrelated.txt": "EXPOSE 1\nlisten 2;\n" };
			return assert.deepEqual(predicted(await analysisOf(worldOf(changed), changed, dockerfile)), predicted(analysis), "an unrelated file");
		}
		case "fixes":
			for (const action of actions) await assertFix(files, dockerfile, features, action);
			return;
		case "fix all":
			return assertFixAll(files, dockerfile, features);
		case "open variable": {
			const name = ["PORT", "HOST", "DEBUG", "APP_PORT", "WORKERS"][at % 5] ?? "PORT";
			const certain = analysis.target?.listeners.filter(({ certainty }) => certainty === "certain") ?? [];
			if (certain.length === 0 || analysis.target?.image.environment.has(name)) return;
			const text = withLast(analysis.dockerfile, `ENV ${name}=${name === "HOST" ? "10.9.8.7" : "4321"}`);
			const changed = { ...files, [dockerfile]: text };
			const after = (await analysisOf(worldOf(changed), changed, dockerfile)).target;
			// What is certain does not hang on a variable that nobody has set yet.
			for (const { port, protocol, address } of after?.gaps.length ? [] : certain) {
				const still = after?.listeners.some((one) => one.port === port && one.protocol === protocol && one.address === address);
				assert.ok(still, `${address}:${port}/${protocol} was certain, and is gone with ${name}:\n${text}`);
			}
		}
	}
}

export async function featuresOf(world: World, files: Texts, name: string): Promise<DocumentFeatures | undefined> {
	const uri = uriOf(name);
	const kind = kindOf({ uri, languageId: "" });
	return kind && (await kind.analyse(world, { uri, text: files[name] ?? "", roots: [ROOT], pause: () => undefined })).features;
}

const UNRELATED = ["# a comment", "", "LABEL un=related", "   ", "\t# another"];

/** The Dockerfile with a line that means nothing behind one of its instructions. */
function withLine({ document, stages, escape: escapeChar }: Dockerfile, at: number): string {
	const text = document.getText();
	const ends = stages
		.flatMap(({ from, instructions }) => [from, ...instructions])
		.filter(({ heredocs, range }) => heredocs.every(({ closed }) => closed) && !document.getText(range).trimEnd().endsWith(escapeChar))
		.flatMap(({ range }) => {
			const newline = text.indexOf("\n", document.offsetAt(range.end));
			return newline < 0 ? [] : [newline + 1];
		});
	const place = ends[at % Math.max(ends.length, 1)];
	if (place === undefined) return text;
	return `${text.slice(0, place)}${UNRELATED[at % UNRELATED.length]}\n${text.slice(place)}`;
}

/** The Dockerfile with one more instruction in its last stage, unless its end is open. */
function withLast({ document, stages, escape: escapeChar }: Dockerfile, line: string): string {
	const text = document.getText();
	const last = stages.at(-1)?.instructions.at(-1);
	const isOpen = last && (last.heredocs.some(({ closed }) => !closed) || text.trimEnd().endsWith(escapeChar));
	return isOpen ? text : `${text}\n${line}\n`;
}

/** The findings without the lines that they name, which fixes move. */
function complaints(features: DocumentFeatures | undefined): string[] {
	return (features?.findings ?? []).map(({ code, message }) => `${code} ${message.replace(/:\d+ /g, ": ")}`);
}

async function assertFix(files: Texts, name: string, features: DocumentFeatures | undefined, action: CodeAction): Promise<void> {
	const repaired = (action.diagnostics ?? []).map(({ code, message }) => `${code} ${String(message).replace(/:\d+ /g, ": ")}`);
	if (repaired.length === 0) return;
	const changed = applied(files, action);
	const before = complaints(features);
	const left = complaints(await featuresOf(worldOf(changed), changed, name));
	const count = (all: readonly string[], one: string) => all.filter((other) => other === one).length;
	const told = `${action.title}\n--- before\n${files[name]}\n--- after\n${changed[name]}`;
	assert.ok(
		repaired.some((one) => count(left, one) < count(before, one)),
		`does not repair ${repaired[0]}: ${told}`,
	);
	// A port that can be reached now may want to be documented.
	const allowed = action.title === "Listen on all interfaces" ? /^not-exposed / : /^$/;
	for (const one of left) assert.ok(allowed.test(one) || count(left, one) <= count(before, one), `brings ${one}: ${told}`);
	if (name in files && !action.title.startsWith("Ignore"))
		assert.deepEqual(others(changed[name]), others(files[name]), `changes more: ${told}`);
}

async function assertFixAll(files: Texts, name: string, features: DocumentFeatures | undefined): Promise<void> {
	const once = await fixedAll(files, features);
	if (!once) return;
	const twice = await fixedAll(once, await featuresOf(worldOf(once), once, name));
	assert.equal(twice?.[name] ?? once[name], once[name], `all fixes twice:\n${files[name]}\n---\n${once[name]}`);
	assert.deepEqual(others(once[name]), others(files[name]), `all fixes change more:\n${files[name]}\n---\n${once[name]}`);
}

async function fixedAll(files: Texts, features: DocumentFeatures | undefined): Promise<Texts | undefined> {
	const selection = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
	const [action] = (await features?.codeActions({ selection, shown: [], only: [FIX_ALL], live: [] })) ?? [];
	return action && applied(files, action);
}

/** What no fix of a Dockerfile may touch: every instruction but EXPOSE, HEALTHCHECK and the start command. */
function others(text = ""): readonly string[] {
	const { document, globalArgs, stages } = parseDockerfile("file:///Dockerfile", text);
	return [...globalArgs, ...stages.flatMap(({ from, instructions }) => [from, ...instructions])]
		.filter(({ keyword }) => !["EXPOSE", "HEALTHCHECK", "CMD", "ENTRYPOINT", "ENV"].includes(keyword))
		.map(({ range }) => document.getText(range).trimEnd());
}
