import assert from "node:assert/strict";
import { test } from "node:test";
import { manifest, manifestTexts } from "./support/manifest.ts";

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
