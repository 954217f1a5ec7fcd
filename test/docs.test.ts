import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { file, technologyPage } from "./support/technologyDocs.ts";

const root = path.join(import.meta.dirname, "..");

test("docs/technologies.md lists what the code knows", () => {
	assert.equal(readFileSync(file, "utf8"), technologyPage(), "run node test/support/technologyDocs.ts");
});

test("links between the pages lead somewhere", () => {
	const pages = [
		"README.md",
		"ARCHITECTURE.md",
		"CONTRIBUTING.md",
		"CHANGELOG.md",
		...readdirSync(path.join(root, "docs")).map((name) => `docs/${name}`),
	];
	for (const page of pages) {
		for (const [, target = ""] of readFileSync(path.join(root, page), "utf8").matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)) {
			assert.ok(existsSync(path.join(root, path.dirname(page), target)), `${page}: ${target}`);
		}
	}
});
