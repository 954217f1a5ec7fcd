import assert from "node:assert/strict";
import { test } from "node:test";
import { TextDocument } from "vscode-languageserver-textdocument";
import { codeActions } from "../../../server/src/features/codeActions.ts";
import { toDiagnostic } from "../../../server/src/features/diagnostics.ts";
import { analyseFiles } from "../../support/analysis.ts";
import { uriOf } from "../../support/memoryFiles.ts";

const whole = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };

/** Applies the preferred fix, checks that the finding is gone after it, and answers the new text. */
async function fix(dockerfile: string, port = 80, protocol = "tcp"): Promise<string> {
	const files = { "app.py": `from flask import Flask\nFlask('x').run('0.0.0.0', ${port})\n`, Dockerfile: dockerfile };
	const analysis = await analyseFiles(files);
	const [action] = codeActions(analysis, whole, []);
	assert.equal(action?.title, `Add EXPOSE ${port}${protocol === "tcp" ? "" : `/${protocol}`}`);
	assert.equal(action?.isPreferred, true);
	const edits = action?.edit?.changes?.[uriOf("Dockerfile")] ?? assert.fail("no edit");
	const fixed = TextDocument.applyEdits(TextDocument.create("u", "dockerfile", 0, dockerfile), edits);
	const after = await analyseFiles({ ...files, Dockerfile: fixed });
	assert.deepEqual(after.findings, []);
	return fixed;
}

const start = "FROM python\nADD . .\n";

test("before CMD", async () => {
	assert.equal(await fix(`${start}CMD python app.py\n`), `${start}EXPOSE 80\nCMD python app.py\n`);
});

test("before ENTRYPOINT when both are there", async () => {
	assert.equal(await fix(`${start}ENTRYPOINT ["python"]\nCMD ["app.py"]`), `${start}EXPOSE 80\nENTRYPOINT ["python"]\nCMD ["app.py"]`);
});

test("behind the last EXPOSE", async () => {
	assert.equal(
		await fix(`${start}ENV A=1\nEXPOSE $NOPE\nRUN x\nCMD python app.py\n`),
		`${start}ENV A=1\nEXPOSE $NOPE\nEXPOSE 80\nRUN x\nCMD python app.py\n`,
	);
});

test("above the comment that belongs to CMD", async () => {
	assert.equal(await fix(`${start}# Run it\nCMD python app.py\n`), `${start}EXPOSE 80\n# Run it\nCMD python app.py\n`);
});

test("line endings, keyword case and indentation are the file's own", async () => {
	assert.equal(
		await fix("from python\r\nadd . .\r\n  cmd python app.py\r\n"),
		"from python\r\nadd . .\r\n  expose 80\r\n  cmd python app.py\r\n",
	);
});

test("a file without a newline at its end", async () => {
	assert.equal(await fix(`${start}CMD python app.py`), `${start}EXPOSE 80\nCMD python app.py`);
});

test("continued commands stay whole", async () => {
	assert.equal(await fix(`${start}CMD ["python", \\\n  "app.py"]\n`), `${start}EXPOSE 80\nCMD ["python", \\\n  "app.py"]\n`);
});

test("an instruction that waits for its next line does not swallow the EXPOSE", async () => {
	const stage = "FROM python AS run\nADD . .\nCMD python app.py\nFROM run\n";
	assert.equal(await fix(`${stage}# Last\nRUN true \\\n`), `${stage}EXPOSE 80\n# Last\nRUN true \\\n`);
	assert.equal(await fix(`${stage}EXPOSE $NOPE \\`), `${stage}EXPOSE 80\nEXPOSE $NOPE \\`);
	assert.equal(await fix(`${stage}LABEL a=b \\\n\n  c=d`), `${stage}LABEL a=b \\\n\n  c=d\nEXPOSE 80`);
});

test("only where the finding is, and tied to the diagnostic that is shown", async () => {
	const analysis = await analyseFiles({
		"app.py": "from flask import Flask\nFlask('x').run('0.0.0.0', 80)\n",
		Dockerfile: `${start}CMD python app.py\n`,
	});
	const away = { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } };
	assert.deepEqual(codeActions(analysis, away, []), []);
	const finding = analysis.findings[0] ?? assert.fail();
	const shown = toDiagnostic(finding, 3);
	assert.deepEqual(codeActions(analysis, finding.range, [shown])[0]?.diagnostics, [shown]);
});
