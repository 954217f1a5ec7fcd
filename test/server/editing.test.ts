import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { TextDocument } from "vscode-languageserver-textdocument";
import { copyOfExamples, type LanguageServer, startLanguageServer } from "../support/languageServer.ts";

for (const start of ["ipc", "stdio"] as const) {
	describe(`the bundled server over ${start}`, () => {
		let server: LanguageServer;
		let examples: Awaited<ReturnType<typeof copyOfExamples>>;
		let dockerfile = "";
		let text = "";
		let line = 0;

		before(async () => {
			examples = await copyOfExamples();
			dockerfile = examples.uri("flask/Dockerfile");
			text = await readFile(path.join(examples.folder, "flask/Dockerfile"), "utf8");
			line =
				(await readFile(path.join(examples.folder, "flask/app.py"), "utf8")).split("\n").findIndex((one) => one.includes("app.run(")) + 1;
			server = await startLanguageServer(examples.folder, start);
			server.open(dockerfile, text);
		});
		after(async () => {
			assert.equal(await server.stop(), 0);
			assert.equal(server.errors(), "");
			await examples.remove();
		});

		test("the Flask example listens on 80, unexposed", async () => {
			assert.deepEqual(await server.labels(dockerfile), [`5 ⇢ 80/tcp  app.py:${line}  not exposed`]);
			const report = await server.diagnostics(dockerfile);
			assert.ok(report.kind === "full");
			assert.deepEqual(
				report.items.map((one) => [one.source, one.code, one.severity, one.message]),
				[["portlight", "not-exposed", 3, `app.py:${line} listens on 80/tcp, but the image does not expose it`]],
			);
		});

		test("the evidence part leads to app.py", async () => {
			const [hint] = await server.hints(dockerfile);
			const part = typeof hint?.label === "string" ? undefined : hint?.label.find((one) => one.location);
			assert.equal(part?.location?.uri, examples.uri("flask/app.py"));
			assert.equal(part?.location?.range.start.line, line - 1);
		});

		test("the quick fix inserts EXPOSE 80 before CMD, and the hints change", async () => {
			const [action] = await server.actions(dockerfile);
			assert.equal(action?.title, "Add EXPOSE 80");
			const edits = action?.edit?.changes?.[dockerfile] ?? [];
			const fixed = TextDocument.applyEdits(TextDocument.create(dockerfile, "dockerfile", 1, text), edits);
			assert.equal(fixed, text.replace("CMD", "EXPOSE 80\nCMD"));
			server.change(dockerfile, 2, [{ text: fixed }]);
			assert.deepEqual(await server.labels(dockerfile), [`5 ✓ app.py:${line}`, `6 ⇢ 80/tcp  app.py:${line}`]);
			assert.deepEqual(await server.actions(dockerfile), []);
		});

		test("the text in the editor counts, not the file on disk", async () => {
			server.change(dockerfile, 3, [{ text }]);
			// EXPOSE 8080 behind WORKDIR, typed as an incremental change.
			server.change(dockerfile, 4, [
				{ range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } }, text: "EXPOSE 8080\n" },
			]);
			assert.deepEqual(await server.labels(dockerfile), ["3 ✗ nothing listens", `6 ⇢ 80/tcp  app.py:${line}  not exposed`]);
			assert.equal(await readFile(path.join(examples.folder, "flask/Dockerfile"), "utf8"), text);
			server.change(dockerfile, 5, [{ text }]);
		});

		test("an edit that is told of twice counts once", async () => {
			const edit = { range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } }, text: "EXPOSE 80\n" };
			server.change(dockerfile, 6, [edit]);
			server.change(dockerfile, 6, [edit]);
			assert.deepEqual(await server.labels(dockerfile), [`3 ✓ app.py:${line}`, `6 ⇢ 80/tcp  app.py:${line}`]);
			server.change(dockerfile, 7, [{ text }]);
		});

		test("an unsaved source file in another editor counts too", async () => {
			const app = examples.uri("flask/app.py");
			server.open(app, "from flask import Flask\nFlask('x').run('0.0.0.0', 8123)\n", "python");
			assert.deepEqual(await server.labels(dockerfile), ["5 ⇢ 8123/tcp  app.py:2  not exposed"]);
			server.close(app);
			assert.deepEqual(await server.labels(dockerfile), [`5 ⇢ 80/tcp  app.py:${line}  not exposed`]);
		});

		test("a source file that changes on disk makes the editor ask again", async () => {
			const app = path.join(examples.folder, "flask/app.py");
			const before = await readFile(app, "utf8");
			const refreshes = () => server.asked.filter((method) => method === "workspace/inlayHint/refresh").length;
			const count = refreshes();
			await writeFile(app, before.replace("port=80", "port=81"));
			server.changedOnDisk(examples.uri("flask/app.py"));
			assert.deepEqual(await server.labels(dockerfile), [`5 ⇢ 81/tcp  app.py:${line}  not exposed`]);
			assert.equal(refreshes(), count + 1);
			await rm(app);
			server.changedOnDisk(examples.uri("flask/app.py"));
			assert.deepEqual(await server.labels(dockerfile), ["5 ⇢ ports unknown: app.py is not in the build context"]);
			await writeFile(app, before);
			server.changedOnDisk(examples.uri("flask/app.py"));
			assert.deepEqual(await server.labels(dockerfile), [`5 ⇢ 80/tcp  app.py:${line}  not exposed`]);
		});

		test("a document that was never saved is read against the workspace's folder", async () => {
			server.open("untitled:Untitled-1", "FROM node\nWORKDIR /x\nCOPY express .\nCMD node server.js\n");
			const [label] = await server.labels("untitled:Untitled-1");
			assert.match(label ?? "", /^4 ⇢ 3000\/tcp \(PORT\) {2}server\.js:\d+ {2}not exposed$/);
		});

		test("hover shows the table", async () => {
			const hover = await server.hover(dockerfile, 4);
			assert.match(JSON.stringify(hover?.contents), /\| 80\/tcp \| yes: .*app\.py:\d+.* \| no \|/);
		});

		test("other languages get no hints", async () => {
			server.open(examples.uri("notes.json"), "{}", "json");
			assert.deepEqual(await server.labels(examples.uri("notes.json")), []);
			assert.deepEqual(await server.labels(examples.uri("never/opened/Dockerfile")), []);
		});
	});
}
