import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { DEFAULT_SEVERITY, FINDING_CODES, FINDING_TITLES } from "../server/src/verdict/report.ts";
import { file, technologyPage } from "./support/technologyDocs.ts";

const root = path.join(import.meta.dirname, "..");

test("docs/technologies.md lists what the code knows", () => {
	assert.equal(readFileSync(file, "utf8"), technologyPage(), "run node test/support/technologyDocs.ts");
});

test("each finding has a page that says what it is, its setting and how to ignore it", () => {
	const pages = readdirSync(path.join(root, "docs/findings")).map((name) => name.replace(/\.md$/, ""));
	assert.deepEqual(pages.sort(), [...FINDING_CODES].sort());
	for (const code of FINDING_CODES) {
		const text = readFileSync(path.join(root, `docs/findings/${code}.md`), "utf8");
		assert.ok(text.startsWith(`# ${code}\n\n${FINDING_TITLES[code]}.\n`), code);
		assert.ok(text.includes(`\`portlight.severity.${code}\``), code);
		assert.ok(text.includes(`(default: ${DEFAULT_SEVERITY[code]})`), code);
		if (code !== "ignores-nothing") assert.ok(text.includes(`# portlight ignore=${code}\n`), code);
	}
});

test("links between the pages lead somewhere", () => {
	const pages = [
		"README.md",
		"ARCHITECTURE.md",
		"CONTRIBUTING.md",
		"CHANGELOG.md",
		...readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" })
			.filter((name) => name.endsWith(".md"))
			.map((name) => `docs/${name}`),
	];
	for (const page of pages) {
		for (const [, target = ""] of readFileSync(path.join(root, page), "utf8").matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)) {
			assert.ok(existsSync(path.join(root, path.dirname(page), target)), `${page}: ${target}`);
		}
	}
});
