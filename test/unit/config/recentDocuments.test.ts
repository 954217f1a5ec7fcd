import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { recentDocuments } from "../../../server/src/config/recentDocuments.ts";
import type { TextFile } from "../../../server/src/model/text.ts";

const file = (uri: string, text: string): TextFile => ({ uri, text, origin: { line: 0, character: 0 } });

/** The texts that were read when these were asked for. */
function reads(most: number, asked: readonly TextFile[]): readonly string[] {
	const read: string[] = [];
	const recent = recentDocuments(({ text }) => {
		read.push(text);
		return {};
	}, most);
	for (const one of asked) recent(one);
	return read;
}

suite("recent documents", () => {
	test("a text is read once", () => assert.deepEqual(reads(2, [file("a", "1"), file("a", "1"), file("a", "1")]), ["1"]));
	test("an edited one again, and one text of a file is kept", () =>
		assert.deepEqual(reads(2, [file("a", "1"), file("a", "2"), file("a", "2"), file("a", "1")]), ["1", "2", "1"]));
	test("the same text of two files stands at two places", () => assert.deepEqual(reads(2, [file("a", "1"), file("b", "1")]), ["1", "1"]));
	test("what was not asked for longest is forgotten", () => {
		const asked = ["1", "2", "1", "3", "1", "2"].map((text) => file(text, text));
		assert.deepEqual(reads(2, asked), ["1", "2", "3", "2"]);
	});
});
