import path from "node:path";
import { inlayHints } from "../../server/src/features/inlayHints.ts";
import { knownImages } from "../../server/src/image/knownImages.ts";
import { loadGrammars } from "../../server/src/io/grammars.ts";
import { createSources } from "../../server/src/source/sources.ts";
import { type AnalysisRequest, analyse, type World } from "../../server/src/verdict/analyse.ts";
import type { Analysis } from "../../server/src/verdict/report.ts";
import { type MemoryFile, memoryFiles, ROOT, uriOf } from "./memoryFiles.ts";

const grammars = loadGrammars(path.join(import.meta.dirname, "../../node_modules/@vscode/tree-sitter-wasm/wasm"));
const sources = createSources(grammars);

export function worldOf(files: Readonly<Record<string, MemoryFile>>): World {
	return { files: memoryFiles(files), baseImages: knownImages, sources };
}

export type Files = Readonly<Record<string, MemoryFile>>;

/** Analyses `Dockerfile` among these files, or another one that the options name. */
export async function analyseFiles(files: Files, options: Partial<AnalysisRequest> & { path?: string } = {}): Promise<Analysis> {
	const { path: name = "Dockerfile", ...request } = options;
	const text = files[name];
	const { analysis } = await analyse(worldOf(files), {
		uri: uriOf(name),
		text: typeof text === "string" ? text : "",
		roots: [ROOT],
		...request,
	});
	return analysis;
}

/** The Dockerfile with its hints at the ends of the lines, as an editor draws them. */
export async function withHints(files: Files, options: Partial<AnalysisRequest> & { path?: string } = {}): Promise<string> {
	const analysis = await analyseFiles(files, options);
	const lines = analysis.dockerfile.document.getText().split(/\r?\n/);
	for (const hint of inlayHints(analysis)) {
		const label = typeof hint.label === "string" ? hint.label : hint.label.map((part) => part.value).join("");
		lines[hint.position.line] += ` ${label}`;
	}
	return lines.join("\n");
}
