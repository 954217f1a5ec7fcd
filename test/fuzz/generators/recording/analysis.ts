import type { Files } from "../../../support/analysis.ts";
import { record } from "./seeds.ts";

export * from "../../../support/analysis.ts";

export async function analyseFiles(files: Files, { path = "Dockerfile" }: { path?: string } = {}): Promise<never> {
	return record({ kind: "project", files: texts(files), path });
}

export function withHints(files: Files, options?: { path?: string }): Promise<never> {
	return analyseFiles(files, options);
}

/** Compose files are analysed in a world of their own. */
export function worldOf(files: Files): never {
	const path = ["compose.yaml", "compose.yml", "docker-compose.yml", "Dockerfile"].find((one) => one in files) ?? "Dockerfile";
	return record({ kind: "project", files: texts(files), path });
}

function texts(files: Files): Record<string, string> {
	return Object.fromEntries(Object.entries(files).flatMap(([path, file]) => (typeof file === "string" ? [[path, file]] : [])));
}
