import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { child } from "../../../server/src/config/node.ts";
import { readYaml } from "../../../server/src/config/yaml.ts";
import { plainNode } from "../../support/configNodes.ts";

const file = (text: string) => ({ uri: "file:///ws/x.yaml", text, origin: { line: 0, character: 0 } });

suite("YAML as nodes", () => {
	for (const [name, text, expected] of [
		["scalars as they are written", "a: 0o17\nb: '8080'\nc: 1e3\nd:\n", { a: "0o17", b: "8080", c: "1e3", d: null }],
		["anchors", "a: &x [1, 2]\nb: *x\n", { a: ["1", "2"], b: ["1", "2"] }],
		["an anchor that is given again", "a: &x 1\nb: *x\nc: &x 2\nd: *x\n", { a: "1", b: "1", c: "2", d: "2" }],
		["merge keys: own entries win, then the first", "a: &a {p: 1, q: 1}\nb: &b {q: 2, r: 2}\nc: {<<: [*a, *b], p: 3}\n", undefined],
		["a list is no mapping", "- 1\n", undefined],
		["nothing", "", undefined],
	] as const) {
		test(name, () => {
			const { root } = readYaml(file(text));
			if (name.startsWith("merge")) assert.deepEqual(plainNode(child(root, "c")), { p: "3", q: "1", r: "2" });
			else assert.deepEqual(plainNode(root), expected);
		});
	}
	test("what stands before a mistake is read", () => {
		const { root, problem } = readYaml(file("a: 1\nb: [1, 2\nc: 3\n"));
		assert.equal(plainNode(child(root, "a")), "1");
		assert.ok(problem);
	});
	test("an alias of itself ends", () => assert.deepEqual(plainNode(readYaml(file("a: &a\n  b: *a\n  c: 1\n")).root) !== undefined, true));
	test("aliases that multiply end", () => {
		const lines = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]\n`);
		assert.ok(readYaml(file(`a0: &a0 x\n${lines.join("")}`)).root);
	});
	test("one document of several stands where it stands in the file", () => {
		const text = "a: 1\n---\nb: 22\n---\nc: 3\n";
		const { root } = readYaml(file(text), { part: { start: 9, end: 15 } });
		const place = child(root, "b")?.place;
		assert.equal(place && text.slice(place.start, place.end), "22");
	});
});
