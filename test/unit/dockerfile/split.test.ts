import assert from "node:assert/strict";
import { test } from "node:test";
import { escapeOf, splitInstructions } from "../../../server/src/dockerfile/split.ts";

/** Keyword and arguments of each instruction as they stand in the text. */
function pieces(text: string): [string, string][] {
	return splitInstructions(text, escapeOf(text)).map(({ keyword, keywordEnd, argsEnd }) => [keyword, text.slice(keywordEnd, argsEnd)]);
}

for (const [name, text, expected] of [
	[
		"comments and blank lines between instructions",
		"# a\n\nFROM a\n  # b\n\n RUN b\n",
		[
			["FROM", " a"],
			["RUN", " b"],
		],
	],
	[
		"lines that go on",
		"RUN a \\\n  b\nCMD c",
		[
			["RUN", " a \\\n  b"],
			["CMD", " c"],
		],
	],
	["blanks behind the escape character", "RUN a \\ \t\n  b\n", [["RUN", " a \\ \t\n  b"]]],
	["comments and blank lines inside an instruction", "RUN a \\\n# c \\\n\n  b\n", [["RUN", " a \\\n# c \\\n\n  b"]]],
	[
		"Windows line ends",
		"FROM a\r\nRUN b \\\r\n c\r\n",
		[
			["FROM", " a"],
			["RUN", " b \\\r\n c"],
		],
	],
	["a text that ends while a line goes on", "RUN a \\\n", [["RUN", " a \\\n"]]],
	[
		"a keyword alone",
		"FROM\nCMD",
		[
			["FROM", ""],
			["CMD", ""],
		],
	],
	[
		"a keyword that goes on in the next line",
		"WORK\\\nDIR /a\nRUN\\\n b\n",
		[
			["WORKDIR", " /a"],
			["RUN", "\\\n b"],
		],
	],
	["a line of nothing but an escape character", "\\\nFROM a\n", [["FROM", " a"]]],
	[
		"another escape character",
		"# escape=`\nRUN a `\n b \\\nCMD c\n",
		[
			["RUN", " a `\n b \\"],
			["CMD", " c"],
		],
	],
	["a byte order mark", "\uFEFFFROM a\n", [["FROM", " a"]]],
] as const) {
	test(name, () => assert.deepEqual(pieces(text), expected));
}

for (const [name, text, expected] of [
	["an escape directive", "# escape=`\n", "`"],
	["behind others, in any case and with blanks", "# syntax=docker/dockerfile:1\n#  Escape = `  \n", "`"],
	["not behind a comment", "# a comment\n# escape=`\n", "\\"],
	["not behind a blank line", "\n# escape=`\n", "\\"],
	["not with another value", "# escape=x\n", "\\"],
] as const) {
	test(`${name}: ${expected}`, () => assert.equal(escapeOf(text), expected));
}

/** Name, body and what follows of each heredoc. */
function heredocs(text: string): { found: unknown[]; others: string[] } {
	const [first, ...rest] = splitInstructions(text, "\\");
	const found = (first?.heredocs ?? []).map(({ name, expands, closed, body }) => [
		name,
		body ? text.slice(body.start, body.end) : undefined,
		...(expands ? [] : ["quoted"]),
		...(closed ? [] : ["open"]),
	]);
	return { found, others: rest.map(({ keyword }) => keyword) };
}

for (const [name, text, found, others] of [
	["a heredoc", "RUN <<EOF\na\n\nb\nEOF\nCMD c\n", [["EOF", "a\n\nb"]], ["CMD"]],
	["without a body", "RUN <<EOF\nEOF\nCMD c\n", [["EOF", ""]], ["CMD"]],
	["in quotes", "RUN <<'EOF' cat\na\nEOF\n", [["EOF", "a", "quoted"]], []],
	[
		"two of them",
		"COPY <<a <<b /x/\n1\na\n2\nb\nCMD c\n",
		[
			["a", "1"],
			["b", "2"],
		],
		["CMD"],
	],
	["behind tabs", "RUN <<-EOF\n\ta\n\tEOF\nCMD c\n", [["EOF", "\ta"]], ["CMD"]],
	["tabs only where they are allowed", "RUN <<EOF\n\tEOF\nEOF\n", [["EOF", "\tEOF"]], []],
	["opened in a line that goes on", "RUN a && \\\n cat <<EOF\nb\nEOF\nCMD c\n", [["EOF", "b"]], ["CMD"]],
	["that is not closed", "RUN <<EOF\na\nCMD c\n", [["EOF", "a\nCMD c\n", "open"]], []],
	["at the end of the text", "RUN <<EOF", [["EOF", undefined, "open"]], []],
	["behind ONBUILD", "ONBUILD RUN <<EOF\na\nEOF\nCMD c\n", [["EOF", "a"]], ["CMD"]],
	["not in other instructions", "ENV A=<<EOF\nCMD c\n", [], ["CMD"]],
	["not inside a word", "RUN cat<<EOF\nCMD c\n", [], ["CMD"]],
	["not a here-string", "RUN cat <<<EOF\nCMD c\n", [], ["CMD"]],
] as const) {
	test(`heredoc: ${name}`, () => assert.deepEqual(heredocs(text), { found, others }));
}
