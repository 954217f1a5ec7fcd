import type { ImageFiles } from "../context/imageFiles.ts";
import type { StageFiles } from "../context/stageFiles.ts";
import { buildCommands } from "./builds.ts";
import { deployedFrom } from "./deployedPackages.ts";

/**
 * The files of a stage, and behind them the manifests that a build puts beside its output: Next.js copies the project's
 * package.json into `.next/standalone` (nextjs.org/docs/app/api-reference/config/next-config-js/output), `pnpm deploy` a package's own.
 */
export function withBuiltManifests(files: StageFiles): ImageFiles {
	return {
		look: (path) => files.look(path),
		list: (path) => files.list(path),
		async read(path) {
			const read = await files.read(path);
			if (read.kind === "text" || !path.endsWith("/package.json")) return read;
			const trace = await files.trace(path);
			const { files: built, path: there } = trace;
			const deployed = await deployedFrom(buildCommands(trace), built, there);
			if (deployed !== undefined) return built.read(deployed);
			const [, project, below = ""] = /^(.*)\/\.next\/standalone((?:\/.*)?)\/package\.json$/.exec(there) ?? [];
			if (project === undefined) return read;
			// In a workspace the output holds the project at the place where it has stood in it.
			const folder = below === "" || project.endsWith(below) ? project : `${project}${below}`;
			const own = await built.read(`${folder}/package.json`);
			return own.kind === "text" ? own : read;
		},
	};
}
