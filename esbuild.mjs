// Builds dist/: the extension's client, the language server and the command line, each one file, and the
// tree-sitter grammars beside them. `--watch` rebuilds on change.
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { noticesOf, packagesOf } from "./scripts/notices.mjs";

const root = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(root, "dist");
const watch = process.argv.includes("--watch");

/** Only grammars that an evaluator in server/src/source loads are shipped. */
const grammars = ["c-sharp", "go", "java", "javascript", "python", "ruby", "rust", "tsx", "typescript"];

/**
 * dockerode reaches gRPC for BuildKit sessions and ssh2 for ssh:// hosts; Portlight builds nothing through the API and
 * uses the user's own ssh, so both stay out of the bundle. So does supports-color, which `debug` takes if it is there.
 */
const leaveOut = {
	name: "leave-out",
	setup(build) {
		build.onResolve({ filter: /^(supports-color|@grpc\/(grpc-js|proto-loader)|protobufjs|ssh2|docker-modem\/lib\/ssh)$/ }, (args) => ({
			path: args.path,
			namespace: "leave-out",
		}));
		build.onLoad({ filter: /.*/, namespace: "leave-out" }, () => ({ contents: "module.exports = {};" }));
	},
};

/** @type {esbuild.BuildOptions} */
const shared = {
	bundle: true,
	platform: "node",
	// VS Code 1.91 runs extensions on Node 20.
	target: "node20",
	format: "cjs",
	// jsonc-parser's main is UMD, whose requires a bundler cannot follow.
	mainFields: ["module", "main"],
	minify: true,
	keepNames: true,
	sourcemap: false,
	legalComments: "none",
	absWorkingDir: root,
	logLevel: "warning",
	metafile: true,
	plugins: [leaveOut],
};

const bundles = [
	{ entryPoints: ["client/src/extension.ts"], outfile: "dist/client.js", external: ["vscode"] },
	{ entryPoints: ["server/src/main.ts"], outfile: "dist/server.js", external: ["./languageServer.js"] },
	{ entryPoints: ["server/src/languageServer.ts"], outfile: "dist/languageServer.js" },
	{ entryPoints: ["server/src/cli.ts"], outfile: "dist/cli.js", banner: { js: "#!/usr/bin/env node" } },
];

await rm(dist, { recursive: true, force: true });
await mkdir(path.join(dist, "grammars"), { recursive: true });
// The sources are ES modules, the bundles are not: VS Code 1.91 loads extensions with require.
await writeFile(path.join(dist, "package.json"), '{ "type": "commonjs" }\n');
const wasm = path.join(path.dirname(createRequire(import.meta.url).resolve("@vscode/tree-sitter-wasm/package.json")), "wasm");
await copyFile(path.join(wasm, "tree-sitter.wasm"), path.join(dist, "grammars", "tree-sitter.wasm"));
for (const name of grammars)
	await copyFile(path.join(wasm, `tree-sitter-${name}.wasm`), path.join(dist, "grammars", `tree-sitter-${name}.wasm`));

const contexts = await Promise.all(bundles.map((bundle) => esbuild.context({ ...shared, ...bundle })));
if (watch) await Promise.all(contexts.map((context) => context.watch()));
else {
	const built = await Promise.all(contexts.map((context) => context.rebuild()));
	const inputs = built.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
	const notices = await noticesOf(packagesOf([...inputs, "node_modules/@vscode/tree-sitter-wasm/wasm"]));
	await writeFile(path.join(dist, "ThirdPartyNotices.txt"), notices);
	await Promise.all(contexts.map((context) => context.dispose()));
}
