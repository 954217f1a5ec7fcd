import { resolvePath } from "../../dockerfile/walk.ts";
import type { Process } from "../../process/process.ts";
import { textOf } from "../commandLine.ts";
import type { Scene } from "../technology.ts";

/** Where programs without a folder in their name are looked for. */
const PATH = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** Whether this build puts the process's program into the image itself, so that its name alone tells nothing. */
export async function isBuiltHere(process: Process, scene: Scene): Promise<boolean> {
	const program = textOf(process.argv[0]);
	if (program === undefined) return false;
	const paths = program.includes("/") ? [resolvePath(process.cwd, program)] : PATH.map((folder) => `${folder}/${program}`);
	const { files: own } = await scene.buildOf("/");
	for (const path of paths) {
		const { kind } = await scene.files.look(path);
		if (kind === "file" || kind === "unknown") return true;
		// What a COPY takes from a stage that compiled or downloaded it does not always show.
		if ((await scene.buildOf(path)).files !== own) return true;
	}
	return false;
}
