import assert from "node:assert/strict";
import { test } from "node:test";
import type { Instruction } from "../../../server/src/dockerfile/dockerfile.ts";
import { parseDockerfile } from "../../../server/src/dockerfile/parse.ts";

function instructions(text: string): Instruction[] {
	return parseDockerfile("file:///ws/Dockerfile", text).stages.flatMap((stage) => [stage.from, ...stage.instructions]);
}

/** The last instruction: its keyword, then the exec form's words or the shell form's text. */
function last(text: string): unknown {
	const one = instructions(text).at(-1);
	return one && [one.keyword, one.json?.map((word) => word.text) ?? one.args.text];
}

for (const [name, text, expected] of [
	["exec form", 'FROM a\nCMD ["python", "app.py"]', ["CMD", ["python", "app.py"]]],
	["shell form", "FROM a\nCMD python app.py", ["CMD", "python app.py"]],
	["lower-case keywords", "from a\ncmd x", ["CMD", "x"]],
	["escapes in JSON", 'FROM a\nCMD ["a\\"b", "\\u0041", "c\\\\d"]', ["CMD", ['a"b', "A", "c\\d"]]],
	["single quotes are no JSON", "FROM a\nCMD ['python']", ["CMD", "['python']"]],
	["a missing bracket is no JSON", 'FROM a\nCMD ["python"', ["CMD", '["python"']],
	["numbers are no strings", "FROM a\nCMD [1]", ["CMD", "[1]"]],
	["text behind the bracket is no JSON", 'FROM a\nCMD ["x"] # run', ["CMD", '["x"] # run']],
	["continued JSON with a comment inside", 'FROM a\nCMD ["python", \\\n# why\n  "app.py"]', ["CMD", ["python", "app.py"]]],
	["continuation with CRLF and comments", "FROM a\r\nCMD python \\\r\n  # c\r\n  app.py", ["CMD", "python   app.py"]],
	["blank lines inside a continuation", "FROM a\nCMD x \\\n\n\n y", ["CMD", "x  y"]],
	["escape directive", "# escape=`\nFROM a\nCMD x `\n y", ["CMD", "x  y"]],
	["flags are not arguments", "FROM a\nCOPY --from=b --chown=1:2 c d", ["COPY", "c d"]],
	["an empty CMD", "FROM a\nCMD", ["CMD", ""]],
	["text before FROM belongs to no stage", "RUN x\nFROM a", ["FROM", "a"]],
] as const) {
	test(name, () => assert.deepEqual(last(text), expected));
}

test("texts without instructions have no stages", () => {
	for (const text of ["", "\n\n", "# only\n# comments", "\ufeff", "\0\0", "garbage without a keyword"]) {
		assert.deepEqual(parseDockerfile("u", text).stages, [], JSON.stringify(text));
	}
});

test("flags keep their values", () => {
	const copy = instructions("FROM a\nCOPY --link --from=build x y").at(-1);
	assert.deepEqual(
		[...(copy?.flags ?? [])],
		[
			["link", "true"],
			["from", "build"],
		],
	);
});

test("stages have names in lower case and numbers", () => {
	const { stages } = parseDockerfile("u", "ARG V=1\nFROM a AS Build\nRUN x\nFROM b\nFROM c as run");
	assert.deepEqual(
		stages.map((stage) => [stage.index, stage.name]),
		[
			[0, "build"],
			[1, undefined],
			[2, "run"],
		],
	);
});

test("heredocs keep their bodies out of the arguments and know where they stand", () => {
	const [, copy, cmd] = instructions('FROM a\nCOPY <<A <<"B" /d/\nx $V\nA\ny\nB\nCMD z');
	assert.equal(copy?.args.text, '<<A <<"B" /d/');
	assert.deepEqual(
		copy?.heredocs.map((one) => [one.name, one.expands, one.closed, one.body.text, one.body.origin.line]),
		[
			["A", true, true, "x $V", 2],
			["B", false, true, "y", 4],
		],
	);
	assert.equal(cmd?.keyword, "CMD");
});

test("a heredoc that never ends is marked", () => {
	const run = instructions("FROM a\nRUN <<EOF\nabc\nCMD x\n").at(-1);
	assert.equal(run?.keyword, "RUN");
	assert.equal(run?.heredocs[0]?.closed, false);
});

test("the words of the exec form know their places", () => {
	const cmd = instructions('FROM a\nCMD ["python", \\\n  "app.py"]').at(-1);
	assert.deepEqual(
		cmd?.json?.map((word) => word.range),
		[
			{ start: { line: 1, character: 5 }, end: { line: 1, character: 13 } },
			{ start: { line: 2, character: 2 }, end: { line: 2, character: 10 } },
		],
	);
});

test("after an edit, what stands before it is taken from the earlier text, and the whole is as if read anew", () => {
	const text = [
		"ARG V=1",
		"FROM a AS one",
		"RUN x \\",
		"  y",
		"COPY <<EOF /z",
		"body",
		"EOF",
		"# comment",
		"FROM one AS two",
		"ENV A=b",
		'CMD ["c"]',
		"",
	].join("\n");
	const earlier = parseDockerfile("u", text);
	const plain = ({ document: _, ...rest }: ReturnType<typeof parseDockerfile>) => rest;
	for (let at = 0; at <= text.length; at++) {
		for (const [deleted, typed] of [
			[0, "x"],
			[1, ""],
			[0, "\n"],
			[0, "\\"],
			[5, "\nFROM b\n"],
			[0, "<<EOF "],
		] as const) {
			const edited = text.slice(0, at) + typed + text.slice(at + deleted);
			assert.deepEqual(plain(parseDockerfile("u", edited, earlier)), plain(parseDockerfile("u", edited)), edited);
		}
	}
	const { stages } = parseDockerfile("u", text.replace("A=b", "A=bc"), earlier);
	assert.equal(stages[0], earlier.stages[0]);
	assert.equal(stages[1]?.from, earlier.stages[1]?.from);
	assert.notEqual(stages[1]?.instructions[0], earlier.stages[1]?.instructions[0]);
});
