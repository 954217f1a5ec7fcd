import assert from "node:assert/strict";
import { test } from "node:test";
import { TextDocument } from "vscode-languageserver-textdocument";
import { createAnalyses } from "../../server/src/analyses.ts";
import type { DocumentFeatures } from "../../server/src/features/documentFeatures.ts";
import type { FileRead, FileSystem } from "../../server/src/model/files.ts";
import { Superseded } from "../../server/src/model/pause.ts";
import { worldOf } from "../support/analysis.ts";
import { ROOT, uriOf } from "../support/memoryFiles.ts";

const dockerfile = uriOf("Dockerfile");
const app = uriOf("app.py");

/** Files of which app.py can be held back: the read is answered with what stood there when it was asked. */
function world() {
	const disk = { "app.py": program(80) };
	const real = worldOf(disk);
	let release = () => {};
	let held: Promise<void> | undefined;
	let asked = () => {};
	let reads = 0;
	const files: FileSystem = {
		...real.files,
		async read(uri): Promise<FileRead> {
			if (uri !== app) return real.files.read(uri);
			reads++;
			const text = disk["app.py"];
			asked();
			await held;
			return { kind: "text", text };
		},
	};
	return {
		world: { ...real, files },
		reads: () => reads,
		write(port: number): void {
			disk["app.py"] = program(port);
		},
		/** Holds reads back from now on; answers when the next one is asked. */
		hold(): Promise<void> {
			held = new Promise((resolve) => (release = resolve));
			return new Promise((resolve) => (asked = resolve));
		},
		release: () => {
			held = undefined;
			release();
		},
	};
}

function portsOf(features: DocumentFeatures | undefined): readonly number[] {
	return (features?.findings ?? []).map(({ message }) => Number(/ listens on (\d+)/.exec(message)?.[1]));
}

function program(port: number): string {
	return `from flask import Flask\nFlask('x').run('0.0.0.0', ${port})\n`;
}

function document(version = 1): TextDocument {
	return TextDocument.create(dockerfile, "dockerfile", version, "FROM python\nCOPY . .\nCMD python app.py\n");
}

test("kept until a file changes that it looked at", async () => {
	const { world: files, reads, write } = world();
	const analyses = createAnalyses(files);
	analyses.setRoots([ROOT]);
	const ports = async () => portsOf(await analyses.of(document()));
	assert.deepEqual(await ports(), [80]);
	write(81);
	assert.equal(analyses.forgetAbout([uriOf("elsewhere/other.py")]), false);
	assert.equal(analyses.forgetAbout([dockerfile]), false, "the document's own text has its version");
	assert.deepEqual(await ports(), [80]);
	assert.equal(reads(), 1);
	assert.equal(analyses.forgetAbout([app]), true);
	assert.deepEqual(await ports(), [81]);
});

test("a file that changes while it is read is read again before anybody is answered", async () => {
	const { world: files, write, hold, release } = world();
	const analyses = createAnalyses(files);
	analyses.setRoots([ROOT]);
	const reading = hold();
	const answers = [analyses.of(document()), analyses.of(document())];
	await reading;
	write(81);
	assert.equal(analyses.forgetAbout([app]), true);
	release();
	for (const answer of answers) assert.deepEqual(portsOf(await answer), [81]);
});

test("a document that closes while it is analysed leaves nothing behind", async () => {
	const { world: files, hold, release, reads, write } = world();
	const analyses = createAnalyses(files);
	const reading = hold();
	const answer = analyses.of(document());
	await reading;
	analyses.close(dockerfile);
	write(81);
	release();
	await answer;
	// Opened again, with the same version as before.
	assert.deepEqual(portsOf(await analyses.of(document())), [81]);
	assert.equal(reads(), 2);
});

test("what is computed of a text that was edited meanwhile ends without a result", async () => {
	const { world: files, hold, release } = world();
	// Pauses that never wait, but notice at once that nobody wants the result.
	const analyses = createAnalyses(files, (isWanted) => () => (isWanted() ? undefined : Promise.reject(new Superseded())));
	const reading = hold();
	const edited = document();
	const answer = analyses.of(edited);
	await reading;
	TextDocument.update(edited, [{ text: edited.getText().replace("app.py", "-m app") }], 2);
	release();
	await assert.rejects(answer, Superseded);
	assert.deepEqual(portsOf(await analyses.of(edited)), [80]);
});
