import assert from "node:assert/strict";
import { test } from "node:test";
import { jsonThing } from "../../../../server/src/source/core/data.ts";
import { SourceFile } from "../../../../server/src/source/core/sourceFile.ts";

function fileOf(text: string): SourceFile {
	return new SourceFile("/app/x.json", { uri: "file:///x.json", text, origin: { line: 0, character: 0 } }, undefined);
}

function lineOf(text: string, key: string): number | undefined {
	const thing = jsonThing(fileOf(text));
	const value = thing.kind === "structure" ? thing.fields.get(key) : undefined;
	return value?.kind === "plain" ? value.from[0]?.range.start.line : undefined;
}

test("a value points at its place when it stands once", () => {
	assert.equal(lineOf('{\n"a": 1,\n"port": 80\n}', "port"), 2);
	assert.equal(lineOf('{\n"inner": { "port": 80 },\n"port": 80\n}', "port"), 0);
	assert.equal(lineOf('{\n"inner": { "port": 8080 },\n"port": 80\n}', "port"), 2);
});

test("long data is read in one pass", () => {
	const text = JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, `value ${i}`])), null, 1);
	assert.equal(lineOf(text, "k19999"), 20_000);
});
