import assert from "node:assert/strict";
import { test } from "node:test";
import { readDockerignore } from "../../../server/src/context/dockerignore.ts";

/** The lines of a `.dockerignore`, a path, and whether the build leaves it out. */
const CASES: readonly (readonly [string, string, boolean])[] = [
	["**", "file", true],
	["**/", "dir/file", true],
	["dir/**", "dir/dir2/file", true],
	["dir/**", "dir2/file", false],
	["dir/**", "dir", false],
	["**/dir", "x/dir/file", true],
	["**/dir2/*", "dir/dir2/dir2/file", true],
	["**file", "dir/dir/file", true],
	["**/file*.txt*", "dir/dir/file.txt", true],
	["**/**/*.txt2", "dir/dir/file.txt", false],
	["a**/*.txt", "a/dir/dir/file.txt", true],
	["a/*.txt", "a/dir/file.txt", false],
	["*.txt", "a/file.txt", false],
	["a[b-d]e", "ace", true],
	["a[b-d]e", "aae", false],
	["a[^b-d]e", "aze", true],
	["abc?def", "abcdef", false],
	["abc.def", "abcXdef", false],
	["a\\*b", "a*b", true],
	["a\\*b", "ab", false],
	["**/.foo", "bar.foo", false],
	["a(b)c/def", "a(b)c/def", true],
	["a.|)$(}+{bc", "a.|)$(}+{bc", true],
	["app(.py", "app.py", false],
	["[a", "a", false],
	["App.py", "app.py", false],
	["/app.py", "app.py", true],
	["./app.py", "app.py", true],
	["x/../app.py", "app.py", true],
	["  app.py \r", "app.py", true],
	["\uFEFFapp.py", "app.py", true],
	["#app.py", "app.py", false],
	["src/", "src/app.py", true],
	["src", "src", true],
	["*\n!app.py", "app.py", false],
	["*\n!src", "src/app.py", false],
	["*\n!src/app.py", "src/app.py", false],
	["*\n!src/app.py", "src/b.py", true],
	["*\n! src ", "src/app.py", false],
	["!app.py\n*.py", "app.py", true],
	["a/*\n!a/b\na/b/c", "a/b/c", true],
	["a/*\n!a/b\na/b/c", "a/b/d", false],
	["**/*.md\n!README.md", "x/README.md", true],
	["**/*.md\n!README.md", "README.md", false],
	["!", "app.py", false],
	[".", "app.py", false],
	["", "app.py", false],
];

for (const [text, path, expected] of CASES)
	test(`${JSON.stringify(text)} and ${path}`, () => assert.equal(readDockerignore(text)(path), expected));

test("ten thousand lines and a pattern that takes for ever", { timeout: 20_000 }, () => {
	const lines = Array.from({ length: 10_000 }, (_, i) => `folder${i}/**/*.x`);
	const ignores = readDockerignore([...lines, `${"*a".repeat(40)}b`, "**/".repeat(40), "!keep"].join("\n"));
	for (let i = 0; i < 2000; i++) assert.equal(ignores(`keep/${"a".repeat(100)}${i}`), false);
	assert.equal(ignores("folder9999/y/z.x"), true);
});
