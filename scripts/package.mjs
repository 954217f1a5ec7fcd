// npm run package: the extension as one .vsix file. `--out <file>` puts it elsewhere, `--no-build` packs dist/ as it is,
// `--pre-release` makes it one of the marketplaces' pre-release channel.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { root } from "./folders.mjs";
import { prepare } from "./install.mjs";
import { capture, run } from "./processes.mjs";
import { unzip } from "./zip.mjs";

/** Everything that a user's VS Code gets. What is not here does not belong into the package. */
const allowed = [
	/^\[Content_Types\]\.xml$/,
	/^extension\.vsixmanifest$/,
	/^extension\/package(\.nls(\.[\w-]+)?)?\.json$/,
	/^extension\/(readme|changelog)\.md$/,
	/^extension\/LICENSE\.txt$/,
	/^extension\/docs\/expose\.md$/,
	/^extension\/docs\/findings\/[\w-]+\.md$/,
	/^extension\/dist\/(client|languageServer|server)\.js$/,
	/^extension\/dist\/package\.json$/,
	/^extension\/dist\/ThirdPartyNotices\.txt$/,
	/^extension\/dist\/grammars\/[\w-]+\.wasm$/,
	/^extension\/l10n\/bundle\.l10n(\.[\w-]+)?\.json$/,
	/^extension\/media\/[\w-]+\.(svg|png)$/,
	/^extension\/syntaxes\/[\w.-]+\.json$/,
];
const required = [
	"package.json",
	"package.nls.json",
	"l10n/bundle.l10n.json",
	"readme.md",
	"changelog.md",
	"LICENSE.txt",
	"dist/client.js",
	"dist/server.js",
	"dist/languageServer.js",
	"dist/package.json",
	"dist/ThirdPartyNotices.txt",
	"media/icon.png",
	"media/portlight.svg",
];

await prepare();
const { values } = parseArgs({ options: { out: { type: "string" }, "no-build": { type: "boolean" }, "pre-release": { type: "boolean" } } });
const { name, version, repository } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
const vsix = path.resolve(values.out ?? path.join(root, `${name}-${version}.vsix`));

if (!values["no-build"] && (await run(process.execPath, [path.join(root, "esbuild.mjs")], { cwd: root })) !== 0) process.exit(1);
await mkdir(path.dirname(vsix), { recursive: true });
const vsce = path.join(root, "node_modules", "@vscode", "vsce", "vsce");
// The bundles hold every dependency. Only a manifest that is published names a repository that README's relative links can point into.
const links = repository === undefined ? ["--allow-missing-repository", "--no-rewrite-relative-links"] : [];
const readme = await writeReadme();
const channel = values["pre-release"] ? ["--pre-release"] : [];
const options = ["package", "--no-dependencies", "--readme-path", readme, ...links, ...channel, "--out", vsix];
// One time for all files: the same sources make the same package, whenever and wherever.
const env = { ...process.env, SOURCE_DATE_EPOCH: "946684800" };
const { code, output } = await capture(process.execPath, [vsce, ...options], { cwd: root, env });
if (code !== 0) {
	console.error(output);
	process.exit(1);
}
const files = (await unzip(vsix)).map((entry) => entry.name);
const wrong = [
	...files.filter((file) => !allowed.some((pattern) => pattern.test(file))).map((file) => `does not belong into the package: ${file}`),
	...required.filter((file) => !files.includes(`extension/${file}`)).map((file) => `missing in the package: ${file}`),
];
for (const line of wrong) console.error(line);
console.log(`${path.relative(process.cwd(), vsix)}: ${files.length} files`);
if (wrong.length > 0) process.exitCode = 1;

/**
 * README as the Marketplace and VS Code can show it: they take one picture for both colour schemes, and only from the web. The
 * light one has the contrast of print; without a repository its words stand for it.
 */
async function writeReadme() {
	const text = await readFile(path.join(root, "README.md"), "utf8");
	const plain = text.replace(/<picture>.*?<img src="([^"]+)"[^>]* alt="([^"]+)">\s*<\/picture>/gs, (_, source, words) =>
		repository === undefined ? `*${words}*` : `![${words}](${source})`,
	);
	const file = path.join("out", "marketplace", "README.md");
	await mkdir(path.join(root, path.dirname(file)), { recursive: true });
	await writeFile(path.join(root, file), plain);
	return file;
}
