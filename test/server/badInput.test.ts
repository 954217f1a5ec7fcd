import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { copyOfExamples, type LanguageServer, startLanguageServer } from "../support/languageServer.ts";

let server: LanguageServer;
let examples: Awaited<ReturnType<typeof copyOfExamples>>;

before(async () => {
	examples = await copyOfExamples();
	server = await startLanguageServer(examples.folder);
});
after(async () => {
	assert.equal(await server.stop(), 0);
	assert.equal(server.errors(), "", "no stack trace anywhere");
	await examples.remove();
});

let count = 0;
async function labelsOf(text: string): Promise<string[]> {
	const uri = examples.uri(`flask/Dockerfile.bad${count++}`);
	server.open(uri, text);
	const labels = await server.labels(uri);
	await server.diagnostics(uri);
	await server.actions(uri);
	for (let line = 0; line < 3; line++) await server.hover(uri, line);
	return labels;
}

for (const [name, text, expected] of [
	["empty", "", []],
	["only comments", "# a\n# b\n", []],
	["only a FROM without an image", "FROM", ["1 ⇢ ports unknown: FROM names no image"]],
	["an unterminated heredoc", "FROM python\nRUN <<EOF\nCMD python app.py\n", ["1 ⇢ ports unknown: heredoc <<EOF is not closed"]],
	["broken JSON", 'FROM python\nADD . .\nCMD ["python", "app.py"\n', ["3 ⇢ ports unknown: CMD is not valid JSON"]],
	[
		"JSON with single quotes",
		"FROM python\nADD . .\nENTRYPOINT ['python', 'app.py']\n",
		["3 ⇢ ports unknown: ENTRYPOINT is not valid JSON"],
	],
	["an empty CMD", "FROM python\nCMD\n", ["2 ⇢ ports unknown: the start command is empty"]],
	["an empty array", "FROM python\nCMD []\n", ["2 ⇢ ports unknown: the start command is empty"]],
	["a missing app.py", "FROM python\nADD . .\nCMD python nope.py\n", ["3 ⇢ ports unknown: nope.py is not in the build context"]],
	["no COPY at all", "FROM python\nCMD python app.py\n", ["2 ⇢ ports unknown: app.py is not copied into the image"]],
	["a shell that makes no sense", "FROM python\nCMD if then (\n", ["2 ⇢ ports unknown: the start command is not valid shell"]],
	["binary", "\u0000\u0001\u0002FROM\u0000", []],
	["a stage that starts from itself", "FROM a AS a\nCMD python app.py", ["2 ⇢ ports unknown: app.py is not copied into the image"]],
	["COPY from itself", "FROM python AS a\nCOPY --from=a /x /x\nCMD python /x", undefined],
	["deep nesting", `FROM python\nCMD ${"sh -c '".repeat(60)}x`, undefined],
	["a very long line", `FROM python\nENV A=${"x".repeat(200_000)}\nCMD python $A`, undefined],
	["thousands of lines", `FROM python\n${"ENV A=1\n".repeat(3000)}CMD python -c pass`, undefined],
] as const) {
	test(name, async () => {
		const labels = await labelsOf(text);
		if (expected) assert.deepEqual(labels, expected);
		for (const label of labels) assert.doesNotMatch(label, /\d\/tcp|undefined|Error|\bat /);
	});
}

test("an app.py with a syntax error is never a wrong port", async () => {
	server.open(examples.uri("flask/app.py"), "from flask import Flask\napp = Flask(__name__\napp.run(host='0.0.0.0', port=80", "python");
	const [label] = await labelsOf("FROM python\nADD . .\nCMD python app.py\n");
	assert.equal(label, "3 ⇢ ports unknown: app.py has a syntax error");
	server.close(examples.uri("flask/app.py"));
});

test("a request for a document that is closed meanwhile is answered", async () => {
	const uri = examples.uri("flask/Dockerfile");
	server.open(uri, "FROM python\nADD . .\nCMD python app.py\n");
	const asked = server.labels(uri);
	server.close(uri);
	assert.ok(Array.isArray(await asked));
	assert.deepEqual(await server.labels(uri), []);
});
