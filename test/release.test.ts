import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { root } from "../scripts/folders.mjs";
import { capture } from "../scripts/processes.mjs";

const script = path.join(root, "scripts/release.mjs");

/** A repository with a manifest, a lockfile and a changelog, as this one. */
async function repository(changes: string) {
	const folder = await mkdtemp(path.join(tmpdir(), "portlight-release-"));
	const run = async (command: string, ...args: string[]) => {
		const { code, output } = await capture(command, args, { cwd: folder });
		return { code, output: output.trim() };
	};
	await writeFile(path.join(folder, "package.json"), '{\n  "name": "x",\n  "version": "0.1.3"\n}\n');
	await writeFile(
		path.join(folder, "package-lock.json"),
		'{ "version": "0.1.3", "packages": { "": { "version": "0.1.3" }, "node_modules/y": { "version": "0.1.3" } } }\n',
	);
	await writeFile(path.join(folder, "CHANGELOG.md"), `# Changelog\n\n## [Unreleased]\n${changes}\n## [0.1.3] - 2026-01-01\n\n- Old.\n`);
	await run("git", "init", "--quiet");
	await run("git", "config", "user.name", "x");
	await run("git", "config", "user.email", "x@example.com");
	await run("git", "config", "commit.gpgsign", "false");
	await run("git", "config", "tag.gpgsign", "false");
	await run("git", "add", ".");
	await run("git", "commit", "--quiet", "--message", "Start");
	return {
		run,
		release: (...args: string[]) => run(process.execPath, script, ...args),
		read: (name: string) => readFile(path.join(folder, name), "utf8"),
		write: (name: string, text: string) => writeFile(path.join(folder, name), text),
		remove: () => rm(folder, { recursive: true, force: true }),
	};
}

for (const [part, version] of [
	["patch", "0.1.4"],
	["minor", "0.2.0"],
	["major", "1.0.0"],
] as const)
	test(`a ${part} release raises the version, heads the changes, commits and tags`, async (context) => {
		const { run, release, read, remove } = await repository("\n### Added\n\n- News.\n");
		context.after(remove);
		const { code, output } = await release(part);
		assert.equal(code, 0, output);
		assert.equal(JSON.parse(await read("package.json")).version, version);
		const lock = JSON.parse(await read("package-lock.json"));
		assert.deepEqual([lock.version, lock.packages[""].version, lock.packages["node_modules/y"].version], [version, version, "0.1.3"]);
		const day = new Date().toISOString().slice(0, 10);
		assert.ok((await read("CHANGELOG.md")).includes(`## [Unreleased]\n\n## [${version}] - ${day}\n\n### Added\n\n- News.\n\n## [0.1.3]`));
		assert.equal((await run("git", "describe", "--exact-match")).output, `v${version}`);
		assert.equal((await run("git", "log", "-1", "--format=%s")).output, `Release ${version}`);
		assert.equal((await run("git", "status", "--porcelain")).output, "");
	});

test("nothing is released without changes, with changes that are not committed, or without a part to raise", async (context) => {
	const empty = await repository("");
	context.after(empty.remove);
	assert.match((await empty.release("minor")).output, /nothing under \[Unreleased\]/);
	assert.match((await empty.release("huge")).output, /^Usage:/);
	await empty.write("package.json", "{}");
	assert.match((await empty.release("minor")).output, /not committed/);
	assert.equal((await empty.run("git", "tag")).output, "");
});

test("workflows run other people's actions at one commit only, and commands that exist", async () => {
	const manifest = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
	const folder = path.join(root, ".github/workflows");
	for (const name of await readdir(folder)) {
		const { on, jobs, permissions } = parse(await readFile(path.join(folder, name), "utf8"));
		assert.ok(on && permissions, name);
		for (const { steps = [], uses } of Object.values<{ steps?: { uses?: string; run?: string }[]; uses?: string }>(jobs)) {
			if (uses !== undefined) assert.match(uses, /^\.\/\.github\/workflows\/[\w-]+\.yml$/);
			for (const step of steps) {
				assert.ok(step.uses ?? step.run, name);
				if (step.uses !== undefined) assert.match(step.uses, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/, name);
				for (const [, command] of step.run?.matchAll(/npm run ([\w:-]+)/g) ?? []) assert.ok(manifest.scripts[command ?? ""], command);
			}
		}
	}
});

test("the npm package holds the command line, and starts", async (context) => {
	const { code, output } = await capture(process.execPath, [path.join(root, "scripts/packageNpm.mjs"), "--no-build"], { cwd: root });
	assert.equal(code, 0, output);
	const folder = path.join(root, "out/npm");
	const packed = await capture("npm", ["pack", "--json", "--pack-destination", await temporary(context)], {
		cwd: folder,
		shell: process.platform === "win32",
	});
	assert.equal(packed.code, 0, packed.output);
	const { version } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
	for (const file of ["dist/cli.js", "dist/grammars/tree-sitter.wasm", "l10n/bundle.l10n.json", "LICENSE", "dist/ThirdPartyNotices.txt"])
		assert.ok(packed.output.includes(`"${file}"`), file);
	assert.ok(!packed.output.includes('"dist/client.js"'));
	const said = await capture(process.execPath, [path.join(folder, "dist/cli.js"), "--version"], { cwd: tmpdir() });
	assert.ok(said.output.includes(version), said.output);
	const checked = await capture(process.execPath, [path.join(folder, "dist/cli.js"), "check", path.join(root, "examples/flask")]);
	assert.match(checked.output, /80\/tcp/);
});

async function temporary(context: { after(cleanUp: () => Promise<void>): void }): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), "portlight-npm-"));
	context.after(() => rm(folder, { recursive: true, force: true }));
	return folder;
}
