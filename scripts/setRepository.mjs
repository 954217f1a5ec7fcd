// node scripts/setRepository.mjs OWNER/NAME: writes where the project lives into package.json, for a package that is published
// from there: links and pictures of README, provenance and badges hang on it. The checkout itself names no repository.
import { readFile, writeFile } from "node:fs/promises";
import process from "node:process";

const name = process.argv[2] ?? "";
if (!/^[\w.-]+\/[\w.-]+$/.test(name)) {
	console.error("Usage: node scripts/setRepository.mjs OWNER/NAME");
	process.exit(2);
}
const url = `https://github.com/${name}`;
const manifest = JSON.parse(await readFile("package.json", "utf8"));
manifest.repository = { type: "git", url: `git+${url}.git` };
manifest.bugs = { url: `${url}/issues` };
manifest.homepage = `${url}#readme`;
manifest.badges = [{ url: `${url}/actions/workflows/test.yml/badge.svg`, href: `${url}/actions/workflows/test.yml`, description: "Tests" }];
await writeFile("package.json", `${JSON.stringify(manifest, null, 2)}\n`);
