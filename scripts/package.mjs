// npm run package: the extension as one .vsix file. `--out <file>` puts it elsewhere, `--no-build` packs dist/ as it is.
import { mkdir, readFile } from "node:fs/promises";
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
const { values } = parseArgs({ options: { out: { type: "string" }, "no-build": { type: "boolean" } } });
const { name, version } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
const vsix = path.resolve(values.out ?? path.join(root, `${name}-${version}.vsix`));

if (!values["no-build"] && (await run(process.execPath, [path.join(root, "esbuild.mjs")], { cwd: root })) !== 0) process.exit(1);
await mkdir(path.dirname(vsix), { recursive: true });
const vsce = path.join(root, "node_modules", "@vscode", "vsce", "vsce");
// The bundles hold every dependency; the manifest names no repository that README's relative links could point into.
const options = ["package", "--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "--out", vsix];
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
