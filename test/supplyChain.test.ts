import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { outFolder } from "../scripts/folders.mjs";
import { packagesOf } from "../scripts/notices.mjs";
import { unzip } from "../scripts/zip.mjs";

const root = path.join(import.meta.dirname, "..");
const readJson = (file: string) => JSON.parse(readFileSync(path.join(root, file), "utf8"));

test("every dependency is a pinned version, and docs/dependencies.md says why it is there", () => {
	const { dependencies = {}, devDependencies } = readJson("package.json");
	const direct: Record<string, string> = { ...dependencies, ...devDependencies };
	for (const [name, version] of Object.entries(direct)) assert.match(version, /^\d+\.\d+\.\d+$/, name);
	const documented = [...readFileSync(path.join(root, "docs/dependencies.md"), "utf8").matchAll(/^\| `([^`]+)` \|/gm)].map(
		([, name]) => name,
	);
	assert.deepEqual(documented.toSorted(), Object.keys(direct).toSorted());
});

test("what the lock names comes from the registry, with a checksum", () => {
	const { packages } = readJson("package-lock.json") as {
		packages: Record<
			string,
			{ integrity?: string; resolved?: string; optional?: true; cpu?: readonly string[]; os?: readonly string[]; link?: true }
		>;
	};
	for (const [folder, entry] of Object.entries(packages)) {
		if (folder === "") continue;
		assert.equal(entry.link, undefined, folder);
		assert.ok(entry.resolved === undefined, `${folder} comes from one place: .npmrc leaves that to whoever installs`);
		// Binaries of other systems are entered by hand, and npm checks them where it installs them.
		if (entry.optional && /^node_modules\/@(biomejs\/cli|oxc-parser\/binding)-/.test(folder)) continue;
		assert.match(entry.integrity ?? "", /^sha512-[\w+/]{86}==$/, folder);
	}
});

test("the package passes on the licence of everything that it holds", async () => {
	const inputs = ["node_modules/a/x.js", "node_modules/@b/c/lib/y.js", "server/src/z.ts", "node_modules/a/node_modules/d/e.js"];
	assert.deepEqual(packagesOf(inputs), ["node_modules/@b/c", "node_modules/a", "node_modules/a/node_modules/d"]);
	const notices = (await unzip(path.join(outFolder, "test", "portlight.vsix"))).find(({ name }) => name.endsWith("/ThirdPartyNotices.txt"));
	const text = notices?.read().toString("utf8") ?? "";
	const heads = [...text.matchAll(/^-{80}\n(\S+) (\d\S*) \((.+)\)$/gm)];
	const names = new Set(heads.map(([, name]) => name));
	for (const name of ["dockerode", "vscode-languageclient", "vscode-languageserver", "yaml", "unbash", "@vscode/tree-sitter-wasm"])
		assert.ok(names.has(name), name);
	for (const [head, , , licence] of heads)
		assert.match(licence ?? "", /^(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|BlueOak-1\.0\.0|0BSD)$/, head);
});

test("two builds in two folders are the same, byte by byte", { timeout: 120_000 }, () => {
	const made = [1, 2].map((time) => {
		const folder = mkdtempSync(path.join(tmpdir(), `portlight-build-${"x".repeat(time)}-`));
		const parts = readdirSync(root).filter(
			(name) => !/^(node_modules|out|dist|\.git|\.cache|\.vscode-test)$|\.(vsix|tsbuildinfo)$/.test(name),
		);
		for (const part of parts) cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
		symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
		const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: folder, stdio: "pipe" });
		run("scripts/package.mjs", "--out", "a.vsix");
		const files = new Map(
			[...globSync("dist/**/*.*", { cwd: folder }), "a.vsix"].sort().map((file) => [file, readFileSync(path.join(folder, file))]),
		);
		rmSync(folder, { recursive: true });
		return files;
	});
	const [first, second] = made;
	assert.ok(first && second && first.size > 10);
	assert.deepEqual([...first.keys()], [...second.keys()]);
	for (const [file, bytes] of first) assert.ok(second.get(file)?.equals(bytes), file);
});
