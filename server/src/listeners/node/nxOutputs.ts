import type { ImageFiles } from "../../context/imageFiles.ts";
import type { Output } from "./buildOutputs.ts";
import { joinPath, objectIn, readJson, textIn } from "./projectFiles.ts";

/** A workspace with more folders of applications is not searched to its end. */
const MOST_PROJECTS = 50;

/**
 * What `nx build` makes of the projects at the root and below `apps`: `options.outputPath` holds what is built of `options.main`
 * (nx.dev/reference/project-configuration; the executors of @nx/esbuild, @nx/webpack, @nx/js).
 */
export async function nxOutputs(files: ImageFiles, root: string): Promise<Output[]> {
	if ((await files.look(joinPath(root, "nx.json"))).kind !== "file") return [];
	const names = (await files.list(joinPath(root, "apps"))).slice(0, MOST_PROJECTS);
	const folders = [root, ...names.map((name) => joinPath(root, "apps", name))];
	const outputs = await Promise.all(folders.map((folder) => outputOf(files, root, folder)));
	return outputs.filter((one) => one !== undefined);
}

async function outputOf(files: ImageFiles, root: string, folder: string): Promise<Output | undefined> {
	const project = await readJson(files, joinPath(folder, "project.json"));
	const options = objectIn(objectIn(objectIn(project?.targets)?.build)?.options);
	const [main, out] = [textIn(options?.main), textIn(options?.outputPath)];
	if (main === undefined || out === undefined) return undefined;
	const bundle = /^(?:main|index)\.[cm]?js$/;
	const output = joinPath(root, out);
	return (built) => (built.startsWith(`${output}/`) && bundle.test(built.slice(output.length + 1)) ? [joinPath(root, main)] : []);
}
