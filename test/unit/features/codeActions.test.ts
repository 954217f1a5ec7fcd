import assert from "node:assert/strict";
import { test } from "node:test";
import { TextDocument } from "vscode-languageserver-textdocument";
import { codeActions, fixAll } from "../../../server/src/features/codeActions.ts";
import { toDiagnostic } from "../../../server/src/features/diagnostics.ts";
import { analyseFiles } from "../../support/analysis.ts";
import { applyAction, fixed, fixTitles } from "../../support/fixes.ts";
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
	const shown = toDiagnostic(finding, 3, "file:///docs");
	assert.deepEqual(codeActions(analysis, finding.range, [shown])[0]?.diagnostics, [shown]);
});

const server = (...ports: number[]) => `CMD ${ports.map((port) => `python -m http.server ${port}`).join(" & ")}`;
const text = (...lines: string[]) => ({ Dockerfile: `FROM python:3.12\n${lines.join("\n")}\n` });

for (const { name, files, expected } of [
	{ name: "one missing", files: text(server(80)), expected: ["Add EXPOSE 80 *", "Ignore not-exposed here"] },
	{
		name: "two missing",
		files: text(server(80, 81)),
		expected: ["Add EXPOSE 80 *", "Expose all listened ports", "Add EXPOSE 81 *", "Ignore not-exposed here"],
	},
	{
		name: "one wrong, one missing",
		files: text("EXPOSE 90", server(80)),
		expected: [
			"Replace EXPOSE 90 with 80 *",
			"Remove EXPOSE 90",
			"Add EXPOSE 80 *",
			"Ignore nothing-listens here",
			"Ignore not-exposed here",
		],
	},
	{
		name: "two wrong, one missing: which one was meant is open",
		files: text("EXPOSE 90 91", server(80)),
		expected: [
			"Replace EXPOSE 90 with 80",
			"Remove EXPOSE 90",
			"Replace EXPOSE 91 with 80",
			"Remove EXPOSE 91",
			"Add EXPOSE 80 *",
			"Ignore nothing-listens here",
			"Ignore not-exposed here",
		],
	},
	{ name: "one too many", files: text("EXPOSE 80 90", server(80)), expected: ["Remove EXPOSE 90", "Ignore nothing-listens here"] },
	{
		name: "a health check of another port",
		files: text("EXPOSE 80", "HEALTHCHECK CMD curl localhost:90", server(80)),
		expected: ["Ask port 80 instead *", "Ignore healthcheck-port here"],
	},
	{
		name: "a health check whose port a variable says",
		files: text("ENV P=90", "EXPOSE 80", "HEALTHCHECK CMD curl localhost:$P", server(80)),
		expected: ["Ignore healthcheck-port here"],
	},
])
	test(`offers: ${name}`, async () => assert.deepEqual(await fixTitles(files), expected));

test("replacing keeps the rest of the line", async () => {
	assert.equal(
		await fixed(text("EXPOSE  8000 \\", "  # admin", "  90/tcp", server(80, 8000)), "Replace EXPOSE 90/tcp with 80"),
		text("EXPOSE  8000 \\", "  # admin", "  80", server(80, 8000)).Dockerfile,
	);
	const dns = { "app.py": 'import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\ns.bind(("", 53))\ns.recv(9)\n' };
	assert.equal(
		await fixed({ ...text("COPY . .", "EXPOSE 53", "CMD python app.py"), ...dns }, "Replace EXPOSE 53 with 53/udp"),
		text("COPY . .", "EXPOSE 53/udp", "CMD python app.py").Dockerfile,
	);
});

test("all listened ports in one line", async () => {
	assert.equal(await fixed(text(server(80, 81)), "Expose all listened ports"), text("EXPOSE 80 81", server(80, 81)).Dockerfile);
});

for (const { name, before, after } of [
	{ name: "adds what is missing", before: text(server(80, 81)), after: text("EXPOSE 80 81", server(80, 81)) },
	{ name: "replaces what is plainly meant", before: text("EXPOSE 90", server(80)), after: text("EXPOSE 80", server(80)) },
	{
		name: "repairs several kinds at once",
		before: text("EXPOSE 90", "HEALTHCHECK CMD curl localhost:90", server(80)),
		after: text("EXPOSE 80", "HEALTHCHECK CMD curl localhost:80", server(80)),
	},
	{ name: "leaves to people what may be meant otherwise", before: text("EXPOSE 80 90", server(80)), after: undefined },
	{ name: "nothing to do", before: text("EXPOSE 80", server(80)), after: undefined },
])
	test(`fix all: ${name}`, async () => {
		const action = fixAll(await analyseFiles(before));
		assert.equal(action ? applyAction(before, action).Dockerfile : undefined, after?.Dockerfile);
		assert.equal(action?.kind, action && "source.fixAll.portlight");
	});
