/** Dockerfiles as they are split: every character belongs to one instruction, to a comment or to nothing, and where it stands. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { parseDockerfile } from "../../server/src/dockerfile/parse.ts";
import { escapeOf, splitInstructions } from "../../server/src/dockerfile/split.ts";
import { fuzz } from "../support/fuzz.ts";
import { dockerfiles } from "./generators/dockerfiles.ts";

const inputs = fc.oneof(
	{ weight: 10, arbitrary: dockerfiles },
	{ weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
	{
		weight: 1,
		arbitrary: fc.string({ unit: fc.constantFrom("\n", "\r", "\\", "`", "#", " ", "R", "U", "N", "<", "E", "'", "\t"), maxLength: 40 }),
	},
);

fuzz(
	"splitter",
	inputs,
	(text) => {
		const escapeChar = escapeOf(text);
		const spans = splitInstructions(text, escapeChar);
		let end = 0;
		for (const span of spans) {
			assert.ok(
				end <= span.start && span.start <= span.keywordEnd && span.keywordEnd <= span.argsEnd && span.argsEnd <= span.end,
				"in order",
			);
			assert.ok(span.end <= text.length, "inside the text");
			assertNothing(text.slice(end, span.start));
			for (const { body, nameEnd } of span.heredocs) {
				assert.ok(nameEnd <= span.argsEnd, "a heredoc opens in its instruction");
				if (body)
					assert.ok(span.argsEnd < body.start && body.start <= body.end && body.end <= span.end, "a heredoc stands below its instruction");
			}
			end = span.end;
		}
		assertNothing(text.slice(end));

		const { document, globalArgs, stages } = parseDockerfile("file:///Dockerfile", text);
		const read = [...globalArgs, ...stages.flatMap(({ from, instructions }) => [from, ...instructions])];
		for (const { keyword, range, args, json, heredocs } of read) {
			assert.equal(args.offsets.length, args.text.length + 1);
			for (const [i, char] of [...args.text.split("")].entries())
				assert.equal(text[args.offsets[i] ?? -1], char, "each character knows its place");
			const start = document.offsetAt(range.start);
			const span = spans.find((one) => one.start === start);
			assert.equal(span?.keyword.toUpperCase(), keyword);
			assert.equal(document.offsetAt(range.end), span?.end);
			for (const one of json ?? []) assert.match(document.getText(one.range), /^".*"$/s);
			for (const { body } of heredocs)
				assert.ok(text.startsWith(body.text, document.offsetAt(body.origin)), "a heredoc's text stands where it says");
		}
		assert.deepEqual(shape(parseDockerfile("file:///Dockerfile", text)), shape(parseDockerfile("file:///Dockerfile", text)));
		// What follows an instruction does not change it, nor what stands above, but for heredocs and lines that go on.
		const [last] = spans.slice(-1);
		if (last?.heredocs.every(({ closed }) => closed) && last.end < text.length && text.slice(last.end).includes("\n")) {
			const more = splitInstructions(`${text.slice(0, text.indexOf("\n", last.end) + 1)}LABEL a=b\n`, escapeChar);
			assert.deepEqual(more.slice(0, -1), spans);
			assert.equal(more.at(-1)?.keyword, "LABEL");
		}
	},
	{ runs: 1_500 },
);

/** Between instructions stand comments, blanks, and lines that only go on. */
function assertNothing(between: string): void {
	for (const line of between.replace(/^\ufeff/, "").split("\n")) assert.match(line, /^\s*(#.*|[\\`]\s*)?$/s);
}

function shape({ globalArgs, stages }: ReturnType<typeof parseDockerfile>): unknown {
	return JSON.stringify([globalArgs, stages], (_, value) => (value instanceof Map ? [...value] : value));
}
