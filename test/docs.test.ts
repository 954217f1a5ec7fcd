import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { DEFAULT_SEVERITY, FINDING_CODES, FINDING_TITLES } from "../server/src/verdict/report.ts";
import { file as readme, readmeWithSettings } from "./support/settingsDocs.ts";
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

test("the settings of README are those of the manifest", () => {
	assert.equal(readFileSync(readme, "utf8"), readmeWithSettings(), "run node test/support/settingsDocs.ts");
});

/** Every page that people read, with its path from the root. */
const pages = [
	...readdirSync(root).filter((name) => name.endsWith(".md")),
	"test/README.md",
	...readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".md"))
		.map((name) => `docs/${name.replaceAll(path.sep, "/")}`),
];

for (const page of pages)
	test(`links and pictures of ${page} lead somewhere`, () => {
		for (const link of linksOf(withoutCode(readFileSync(path.join(root, page), "utf8")))) {
			if (/^\w+:/.test(link)) continue;
			const [target = "", anchor] = link.split("#");
			const file = target === "" ? page : path.posix.join(path.posix.dirname(page), target);
			assert.ok(existsSync(path.join(root, file)), `${link}: there is no ${file}`);
			if (anchor !== undefined)
				assert.ok(anchorsOf(readFileSync(path.join(root, file), "utf8")).includes(anchor), `${link}: ${file} has no such heading`);
		}
	});

test("every page can be reached from README", () => {
	const reached = new Set<string>();
	const queue = ["README.md"];
	for (let page = queue.pop(); page !== undefined; page = queue.pop()) {
		if (reached.has(page)) continue;
		reached.add(page);
		const folder = path.posix.dirname(page);
		for (const link of linksOf(withoutCode(readFileSync(path.join(root, page), "utf8"))))
			if (/^[^:#]+\.md(#|$)/.test(link)) queue.push(path.posix.join(folder, link.split("#")[0] ?? ""));
	}
	assert.deepEqual(
		pages.filter((page) => !reached.has(page)),
		[],
	);
});

test("a picture in README and docs is there in light and dark, and says in words what it shows", () => {
	const shown = pages.flatMap((page) => [...readFileSync(path.join(root, page), "utf8").matchAll(/<picture>.*?<\/picture>/gs)].map(String));
	assert.ok(shown.length > 0);
	for (const picture of shown) {
		const [, dark] = /<source media="\(prefers-color-scheme: dark\)" srcset="[\w/]*pictures\/([\w-]+)-dark\.png">/.exec(picture) ?? [];
		const [, light] = /<img src="[\w/]*pictures\/([\w-]+)-light\.png" width="\d+" alt="[^"]{20,}">/.exec(picture) ?? [];
		assert.ok(dark !== undefined && dark === light, picture);
	}
});

function withoutCode(text: string): string {
	return withoutFences(text).replace(/`[^`\n]*`/g, "code");
}

function linksOf(text: string): string[] {
	return [...text.matchAll(/\]\(([^)\s]+)\)|<(?:img|source)[^>]* (?:src|srcset)="([^"]+)"/g)].map(
		([, link, picture]) => link ?? picture ?? "",
	);
}

/** As GitHub names headings: small letters, blanks as hyphens, no punctuation. */
function anchorsOf(text: string): string[] {
	const headings = [...withoutFences(text).matchAll(/^#{1,6} (.+)$/gm)];
	return headings.map(([, heading = ""]) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, "")
			.replaceAll(" ", "-"),
	);
}

function withoutFences(text: string): string {
	return text.replace(/^```.*?^```/gms, "");
}

test("every test that SECURITY.md names is there", () => {
	const named = [...readFileSync(path.join(root, "SECURITY.md"), "utf8").matchAll(/`((?:test|client|server)\/[^`]+)`/g)].map(
		([, file]) => file ?? "",
	);
	assert.ok(named.length > 20);
	assert.deepEqual(
		named.filter((file) => !existsSync(path.join(root, file))),
		[],
	);
});
