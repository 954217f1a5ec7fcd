// npm run release -- major|minor|patch: raises the version in package.json and package-lock.json, gives the changes since the
// last version their heading in CHANGELOG.md, commits and tags. Nothing is pushed and nothing is published.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { capture } from "./processes.mjs";

const parts = ["major", "minor", "patch"];
const folder = process.cwd();
const part = process.argv[2] ?? "";

try {
	await release();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}

async function release() {
	if (!parts.includes(part)) throw new Error(`Usage: npm run release -- ${parts.join("|")}`);
	if ((await git("status", "--porcelain")) !== "") throw new Error("There are changes that are not committed.");
	const manifest = await text("package.json");
	const before = JSON.parse(manifest).version;
	const version = raised(before);
	const changelog = withHeading(await text("CHANGELOG.md"), version);
	const lock = await text("package-lock.json");
	// As texts: npm would write the whole lockfile anew.
	await writeFile(file("package.json"), withVersion(manifest, before, version, 1));
	await writeFile(file("package-lock.json"), withVersion(lock, before, version, 2));
	await writeFile(file("CHANGELOG.md"), changelog);
	await git("commit", "--all", "--message", `Release ${version}`);
	await git("tag", "--annotate", `v${version}`, "--message", `Portlight ${version}`);
	console.log(`Tagged v${version}. Publish it with: git push --follow-tags`);
}

/** @param {string} version */
function raised(version) {
	const numbers = version.split(".").map(Number);
	const at = parts.indexOf(part);
	return numbers.map((number, index) => (index < at ? number : index === at ? number + 1 : 0)).join(".");
}

/** The first `count` versions of a manifest are its own. */
function withVersion(json, before, version, count) {
	let left = count;
	const changed = json.replace(/"version": "([^"]+)"/g, (found, one) => (left-- > 0 && one === before ? `"version": "${version}"` : found));
	if (changed === json) throw new Error(`No version ${before} was found to raise.`);
	return changed;
}

function withHeading(changelog, version) {
	const unreleased = /^## \[Unreleased\]\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(changelog);
	if (!unreleased?.[1]?.trim()) throw new Error("CHANGELOG.md has nothing under [Unreleased]: there is nothing to release.");
	const day = new Date().toISOString().slice(0, 10);
	return changelog.replace("## [Unreleased]\n", `## [Unreleased]\n\n## [${version}] - ${day}\n`);
}

async function git(...args) {
	const { code, output } = await capture("git", args, { cwd: folder });
	if (code !== 0) throw new Error(`git ${args[0]} failed:\n${output}`);
	return output.trim();
}

function file(name) {
	return path.join(folder, name);
}

function text(name) {
	return readFile(file(name), "utf8");
}
