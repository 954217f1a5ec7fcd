import type { ImageFiles } from "../context/imageFiles.ts";
import type { StageFiles } from "../context/stageFiles.ts";

/**
 * The files of a stage, and behind them the manifests that a build puts beside its output: Next.js copies the project's
 * package.json into `.next/standalone` (nextjs.org/docs/app/api-reference/config/next-config-js/output).
 */
export function withBuiltManifests(files: StageFiles): ImageFiles {
	return {
		look: (path) => files.look(path),
		list: (path) => files.list(path),
		async read(path) {
			const read = await files.read(path);
			if (read.kind === "text" || !path.endsWith("/package.json")) return read;
			const { files: built, path: there } = await files.trace(path);
			const [, project, below = ""] = /^(.*)\/\.next\/standalone((?:\/.*)?)\/package\.json$/.exec(there) ?? [];
			if (project === undefined) return read;
			// In a workspace the output holds the project at the place where it has stood in it.
			const folder = below === "" || project.endsWith(below) ? project : `${project}${below}`;
			const own = await built.read(`${folder}/package.json`);
			return own.kind === "text" ? own : read;
		},
	};
}
