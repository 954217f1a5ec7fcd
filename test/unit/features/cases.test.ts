/** Hints, findings and fixes as an editor shows them: the cases stand in `cases/*.txt`. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { afterFix, readCases, withMarks } from "../../support/marks.ts";

const folder = path.join(import.meta.dirname, "cases");

for (const file of readdirSync(folder)) {
	describe(file.replace(/\.txt$/, ""), () => {
		const cases = readCases(readFileSync(path.join(folder, file), "utf8"));
		assert.ok(cases.length > 0, file);
		for (const one of cases) {
			test(one.name, async () => {
				assert.equal(await withMarks(one), one.marked);
				for (const { title, files } of one.fixes) {
					const after = await afterFix(one, title);
					for (const [path, text] of Object.entries(files)) assert.equal(after[path], text, `${title}: ${path}`);
				}
			});
		}
	});
}
