import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { outFolder } from "../scripts/folders.mjs";
import { unzip } from "../scripts/zip.mjs";
import { FINDING_CODES } from "../server/src/verdict/report.ts";

/** `npm test` makes it before the tests run. */
const vsix = path.join(outFolder, "test", "portlight.vsix");

test("the package holds the bundles and what belongs to them, and nothing else", async () => {
	const names = (await unzip(vsix)).map(({ name }) => name);
	const grammars = names.filter((name) => /^extension\/dist\/grammars\/tree-sitter(-[\w-]+)?\.wasm$/.test(name));
	const syntaxes = names.filter((name) => /^extension\/syntaxes\/[\w.-]+\.json$/.test(name));
	assert.ok(grammars.includes("extension/dist/grammars/tree-sitter.wasm"));
	assert.deepEqual(
		names.filter((name) => !grammars.includes(name) && !syntaxes.includes(name)).sort(),
		[
			"[Content_Types].xml",
			"extension/LICENSE.txt",
			"extension/changelog.md",
			"extension/dist/ThirdPartyNotices.txt",
			"extension/dist/client.js",
			"extension/dist/languageServer.js",
			"extension/dist/package.json",
			"extension/dist/server.js",
			"extension/docs/expose.md",
			...FINDING_CODES.map((code) => `extension/docs/findings/${code}.md`),
			"extension/l10n/bundle.l10n.de.json",
			"extension/l10n/bundle.l10n.json",
			"extension/media/icon.png",
			...["containers", "fixes", "hints", "portlight"].map((name) => `extension/media/${name}.svg`),
			"extension/package.json",
			"extension/package.nls.de.json",
			"extension/package.nls.json",
			"extension/readme.md",
			"extension.vsixmanifest",
		].sort(),
	);
});

test("the bundles load nothing that is not in the package", async () => {
	const bundles = (await unzip(vsix)).filter(({ name }) => /^extension\/dist\/\w+\.js$/.test(name));
	assert.equal(bundles.length, 3);
	for (const { name, read } of bundles) {
		const required = new Set(
			[
				...read()
					.toString("utf8")
					.matchAll(/\brequire\("([^"./][^"]*)"\)/g),
			].map(([, module]) => module),
		);
		const { builtinModules } = await import("node:module");
		const foreign = [...required].filter((module) => module !== "vscode" && !builtinModules.includes(String(module).replace(/^node:/, "")));
		assert.deepEqual(foreign, [], name);
	}
});
