import assert from "node:assert/strict";
import { test } from "node:test";
import { parseTemplate, TemplateMistake } from "../../../server/src/cli/goTemplate.ts";

test("text, fields, pipelines and arguments", () => {
	assert.deepEqual(parseTemplate('a {{.Names | truncate 3}} {{.Label "x y"}}').nodes, [
		{ text: "a " },
		{ pipeline: [[{ field: "Names" }], [{ call: "truncate" }, { value: 3 }]] },
		{ text: " " },
		{ pipeline: [[{ field: "Label" }, { value: "x y" }]] },
	]);
});

test("dashes take white space away, comments leave nothing", () => {
	assert.deepEqual(parseTemplate("a \n{{- .ID -}} \n b{{/* {{ no }} */}}").nodes, [
		{ text: "a" },
		{ pipeline: [[{ field: "ID" }]] },
		{ text: "b" },
	]);
});

test("braces inside of text are text", () => {
	assert.deepEqual(parseTemplate('{{print "}}" `{{`}}').nodes, [{ pipeline: [[{ call: "print" }, { value: "}}" }, { value: "{{" }]] }]);
});

test("conditions nest, with else and else if", () => {
	const [node] = parseTemplate("{{if .A}}1{{else if .B}}2{{else}}3{{end}}").nodes;
	assert.deepEqual(node, {
		condition: [[{ field: "A" }]],
		body: [{ text: "1" }],
		otherwise: [{ condition: [[{ field: "B" }]], body: [{ text: "2" }], otherwise: [{ text: "3" }] }],
	});
});

test("escapes of quoted text", () => {
	assert.deepEqual(parseTemplate(String.raw`{{"a\tb\"\\ é \x41"}}`).nodes, [{ pipeline: [[{ value: 'a\tb"\\ é A' }]] }]);
});

for (const [template, message] of [
	["{{.Names", /not closed/],
	["{{}}", /empty/],
	['{{json "a}}', /not closed|quotation mark/],
	["{{if .A}}x", /no \{\{end\}\}/],
	["{{if .A}}x{{else}}y", /no \{\{end\}\}/],
	["{{end}}", /no \{\{if\}\}/],
	["{{range .A}}x{{end}}", /range.*not supported/],
	["{{$x}}", /variables/],
	["{{(.A}}", /parentheses/],
	["{{.A)}}", /parentheses/],
	["{{.A |}}", /missing/],
	["{{.A.B}}", /not understood/],
	["{{#a}}", /not understood/],
] as const) {
	test(`a mistake in words: ${template}`, () =>
		assert.throws(
			() => parseTemplate(template),
			(error) => error instanceof TemplateMistake && message.test(error.message),
		));
}
