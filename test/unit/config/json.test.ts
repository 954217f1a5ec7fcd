import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { readJson } from "../../../server/src/config/json.ts";
import { child } from "../../../server/src/config/node.ts";
import { plainNode } from "../../support/configNodes.ts";

const file = (text: string) => ({ uri: "file:///ws/x.json", text, origin: { line: 0, character: 0 } });

suite("JSON as nodes", () => {
	for (const [name, text, expected] of [
		["comments and trailing commas", '{ // one\n  "a": [1, "b",], /* two */ "c": {"d": null,}, }', { a: ["1", "b"], c: { d: null } }],
		["the later of two equal names", '{"a": 1, "a": 2}', { a: "2" }],
		["what stands before a mistake", '{"a": 1, "b": [1, 2', { a: "1", b: ["1", "2"] }],
		["a value that is not there yet", '{"a": 1, "b": }', { a: "1" }],
		["a list is no mapping", "[1]", undefined],
		["nothing", "", undefined],
		["no JSON at all", "<a/>", undefined],
		["brackets without end", "[{".repeat(300_000), undefined],
	] as const) {
		test(name, () => assert.deepEqual(plainNode(readJson(file(text)).root), expected));
	}
	test("values stand where they are written, with their quotes", () => {
		const text = '{"a": ["db:5432"]}';
		const list = child(readJson(file(text)).root, "a");
		const place = list?.kind === "list" ? list.items[0]?.place : undefined;
		assert.equal(place && text.slice(place.start, place.end), '"db:5432"');
	});
	test("the first mistake is told", () => assert.equal(readJson(file('{"a" 1}')).problem?.reason, "ColonExpected"));
});
