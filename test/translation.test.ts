import assert from "node:assert/strict";
import { test } from "node:test";
import { manifest, manifestTexts } from "./support/manifest.ts";
import { bundleName, LANGUAGES, messagesIn, readBundle, sourceMessages } from "./support/messages.ts";

/** Where a manifest holds words for people. `name` is one in views only. */
const WORDS = /^(title|shortTitle|description|markdownDescription|enumDescriptions|markdownEnumDescriptions|contents|altText|label)$/;

/** The product's name is the same in every language. */
const NAME = "Portlight";

/** Each string of the manifest with the property that holds it. */
function* stringsOf(value: unknown, property: string): Generator<{ property: string; text: string }> {
	if (typeof value === "string") yield { property, text: value };
	else if (Array.isArray(value)) for (const one of value) yield* stringsOf(one, property);
	else if (typeof value === "object" && value !== null) for (const [name, one] of Object.entries(value)) yield* stringsOf(one, name);
}

const { displayName: _, name: __, ...rest } = manifest;
const strings = [...stringsOf(rest, "")];
const keyOf = (text: string) => /^%([\w.-]+)%$/.exec(text)?.[1];

test("all that people read of the manifest is in package.nls.json and package.nls.de.json", () => {
	const views = Object.values<{ name: string }[]>(manifest.contributes.views).flat();
	const words = [...strings.filter(({ property }) => WORDS.test(property)).map(({ text }) => text), ...views.map(({ name }) => name)];
	for (const text of words)
		assert.ok(
			text === NAME || keyOf(text),
			`package.json says ${JSON.stringify(text)}: put "%some.key%" there, and the text under "some.key" into package.nls.json and, translated, into package.nls.de.json`,
		);
});

test("each key of the manifest has a text in every language, and each text is used", () => {
	const used = [...new Set(strings.map(({ text }) => keyOf(text)).filter((key) => key !== undefined))].sort();
	for (const [language, texts] of Object.entries(manifestTexts)) {
		const file = language === "en" ? "package.nls.json" : `package.nls.${language}.json`;
		for (const key of used) assert.ok(texts[key], `${file} lacks "${key}": add it there`);
		for (const key of Object.keys(texts)) assert.ok(used.includes(key), `${file} has "${key}", which package.json does not use: remove it`);
	}
	assert.deepEqual(Object.keys(manifestTexts.de), Object.keys(manifestTexts.en), "keep the texts of both files in one order");
});

test("translations keep commands, links and code as they are", () => {
	/** `code`, targets of links, and the placeholders of VS Code. */
	const fixed = (text: string) => [...text.matchAll(/`[^`]+`|\]\([^)]+\)|\$\([\w-]+\)|\{\d+\}/g)].map(([part]) => part).sort();
	for (const [key, text] of Object.entries(manifestTexts.en)) assert.deepEqual(fixed(manifestTexts.de[key] ?? ""), fixed(text), key);
});

const { messages, problems } = sourceMessages();
const said = new Map(messages.map((message) => [message.text, message]));

test("messages are said in a way that can be translated", () => {
	assert.deepEqual(problems, []);
});

for (const language of [undefined, ...LANGUAGES])
	test(`${bundleName(language)} has each message of the sources, and no other`, () => {
		const texts = readBundle(language);
		const lacking = [...said.values()].filter(({ text }) => !texts[text]).map(({ text, place }) => `${JSON.stringify(text)} (${place})`);
		const what = language === undefined ? "run npm run l10n" : "run npm run l10n, and translate what is empty there";
		assert.deepEqual(lacking, [], `${bundleName(language)} lacks messages: ${what}`);
		const idle = Object.keys(texts).filter((text) => !said.has(text));
		assert.deepEqual(idle, [], `${bundleName(language)} has messages that nothing says: run npm run l10n`);
		if (language === undefined) for (const [text, value] of Object.entries(texts)) assert.equal(value, text);
	});

test("translated messages keep placeholders, code and what is written in capitals", () => {
	const fixed = (text: string) => [...new Set(text.match(/\{\d+\}|`[^`]+`|\b[A-Z][A-Z_]{2,}\b|[⇢→●·]/g))].sort();
	for (const language of LANGUAGES)
		for (const [text, value] of Object.entries(readBundle(language))) if (value !== "") assert.deepEqual(fixed(value), fixed(text), text);
});

for (const [name, source, expected] of [
	["a message", 'const f = (n) => t("{0} is not set", n);', []],
	["a template", "const f = (n) => t(`${n} is not set`);", [/plain text/]],
	["a message while modules load", 'const WORDS = { a: t("no ports") };', [/while modules load/]],
	["an argument too few", 'const f = (n) => t("{0} writes {1}", n);', [/2 arguments.*gets 1/]],
	["placeholders with a gap", 'const f = (a, b) => t("{0} writes {2}", a, b);', [/placeholders/]],
	["braces", 'const f = () => t("${HOME} is not set");', [/braces/]],
	["a reason in English alone", 'const f = () => unknown("no port is given");', [/without t/]],
	["a reason with a name", "const f = (n) => ({ reason: `${n} is not set` });", [/without t/]],
	["a reason that is passed on", "const f = (one) => ({ reason: one.reason });", []],
] as const)
	test(`in the sources: ${name}`, () => {
		const found = messagesIn(source, "x.ts").problems;
		assert.equal(found.length, expected.length, found.join());
		for (const [i, pattern] of expected.entries()) assert.match(found[i] ?? "", pattern);
	});
