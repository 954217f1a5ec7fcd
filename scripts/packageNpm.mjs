// npm run package:npm: the command line as an npm package, in out/npm. The checkout's own manifest is the extension's, and
// private, so that nobody publishes it by accident. `--no-build` takes dist/ as it is.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { outFolder, root } from "./folders.mjs";
import { prepare } from "./install.mjs";
import { run } from "./processes.mjs";

await prepare();
if (!process.argv.includes("--no-build") && (await run(process.execPath, [path.join(root, "esbuild.mjs")], { cwd: root })) !== 0)
	process.exit(1);
const folder = path.join(outFolder, "npm");
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });

const manifest = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
const texts = JSON.parse(await readFile(path.join(root, "package.nls.json"), "utf8"));
const { name, version, license, keywords, bin, engines, repository, bugs, homepage } = manifest;
const description = texts.description;
/** What the command line loads. */
const files = ["dist/*.js", "!dist/client.js", "dist/package.json", "dist/ThirdPartyNotices.txt", "dist/grammars", "l10n"];
const published = {
	...{ name, version, description, license, keywords, bin, engines: { node: engines.node }, files },
	...{ repository, bugs, homepage, publishConfig: { access: "public", provenance: true } },
};
await writeFile(path.join(folder, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
for (const part of ["dist", "l10n", "README.md", "CHANGELOG.md", "LICENSE"])
	await cp(path.join(root, part), path.join(folder, part), { recursive: true });
console.log(`${path.relative(process.cwd(), folder)}: ${name}@${version}`);
