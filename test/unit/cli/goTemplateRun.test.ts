import assert from "node:assert/strict";
import { test } from "node:test";
import { parseTemplate, TemplateMistake } from "../../../server/src/cli/goTemplate.ts";
import { runForTitles, runTemplate, type TemplateSubject } from "../../../server/src/cli/goTemplateRun.ts";

const subject: TemplateSubject = {
	field: (name, args) => (name === "" ? { Names: "web" } : name === "Empty" ? "" : name === "Names" ? "web" : [name, ...args].join(":")),
};
const run = (template: string) => runTemplate(parseTemplate(template), subject);

for (const [template, text] of [
	["{{.Names}}", "web"],
	['{{.Label "x"}}', "Label:x"],
	["{{json .}}", '{"Names":"web"}'],
	["{{json .Names}}", '"web"'],
	["{{.Names | json}}", '"web"'],
	["{{upper .Names}} {{lower `ABC`}} {{title `a bc`}}", "WEB abc A Bc"],
	["{{truncate .Names 2}}|{{truncate .Names 9}}", "we|web"],
	["[{{pad .Names 1 2}}]", "[ web  ]"],
	['{{join (split "a,b,c" ",") "-"}}', "a-b-c"],
	['{{split "a,b" ","}}', "[a b]"],
	['{{printf "%-5s|%3s|%q|%%" .Names "x" "y"}}', 'web  |  x|"y"|%'],
	['{{print "a" 1 true}}', "a1true"],
	['{{println "a" "b"}}', "a b\n"],
	["{{if .Empty}}yes{{else}}no{{end}}", "no"],
	['{{if eq .Names "a" "web"}}yes{{end}}', "yes"],
	['{{if and .Names (ne .Names "x")}}yes{{end}}', "yes"],
	["{{if not .Empty}}yes{{end}}", "yes"],
	['{{or .Empty "none"}}', "none"],
	["{{len .Names}}", "3"],
	["{{nil}}", "<nil>"],
] as const) {
	test(template, () => assert.equal(run(template), text));
}

for (const [template, message] of [
	["{{nope .Names}}", /no function nope; there are: and, eq/],
	["{{toString .Names}}", /no function toString/],
	["{{join .Names `,`}}", /join: the first argument must be a list/],
	["{{upper}}", /upper: an argument is missing/],
	["{{truncate .Names `x`}}", /truncate: "x" is not a count/],
	["{{pad .Names 999999999 0}}", /not a count/],
	["{{printf `%s`}}", /no value/],
	["{{printf `%x` 1}}", /%x is not supported/],
	['{{"a" "b"}}', /not a function/],
] as const) {
	test(`a mistake in words: ${template}`, () =>
		assert.throws(
			() => run(template),
			(error) => error instanceof TemplateMistake && message.test(error.message),
		));
}

test("for the titles functions leave what they are given", () => {
	assert.equal(
		runForTitles(parseTemplate("{{.Names | upper | json}} {{truncate .ID 1}}"), { field: (name) => `the ${name}` }),
		"the Names the ID",
	);
});
