import { readFile } from "node:fs/promises";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { findBuildFiles } from "../../../server/src/cli/findBuildFiles.ts";
import { fileCache } from "../../../server/src/context/fileCache.ts";
import { isDockerfileName } from "../../../server/src/dockerfile/fileName.ts";
import { knownImages } from "../../../server/src/image/knownImages.ts";
import { diskFiles } from "../../../server/src/io/files.ts";
import { loadGrammars } from "../../../server/src/io/grammars.ts";
import { createSources } from "../../../server/src/source/sources.ts";
import { analyse, type World } from "../../../server/src/verdict/analyse.ts";
import { type Findings, spread } from "../report.ts";

const root = path.join(import.meta.dirname, "../../..");

/** The folders whose Dockerfiles everybody has. */
const OWN = [path.join(root, "examples"), path.join(root, "test/fixtures")];

/** All Dockerfiles below the folder of clones, one folder for each repository; of the project's own examples when there is none. */
export async function corpus(findings: Findings, clones: string | undefined): Promise<void> {
	const world: World = {
		files: fileCache(diskFiles, () => true),
		baseImages: knownImages,
		sources: createSources(loadGrammars(path.join(root, "node_modules/@vscode/tree-sitter-wasm/wasm"))),
	};
	const files = (await Promise.all((clones === undefined ? OWN : [clones]).map(findBuildFiles))).flat();
	const dockerfiles = files.filter((file) => isDockerfileName(path.basename(file)));
	const times = { first: [] as number[], warm: [] as number[] };
	for (const file of dockerfiles) {
		const workspace = clones === undefined ? path.dirname(file) : path.join(clones, path.relative(clones, file).split(path.sep)[0] ?? "");
		const request = { uri: pathToFileURL(file).href, text: await readFile(file, "utf8"), roots: [pathToFileURL(workspace).href] };
		for (const found of [times.first, times.warm]) {
			const started = performance.now();
			await analyse(world, request);
			found.push(performance.now() - started);
		}
	}
	const name = `${dockerfiles.length} Dockerfiles ${clones === undefined ? "of the project" : "of the clones"}`;
	for (const [which, found] of Object.entries(times)) {
		findings.row({ name: `${name}, ${which === "first" ? "the first time" : "again"}`, unit: "ms", figures: spread(found) });
		const seconds = found.reduce((sum, one) => sum + one, 0) / 1_000;
		findings.row({ name: "  throughput", unit: "per second", figures: { Dockerfiles: found.length / seconds } });
	}
}
