import type { Prediction } from "../../model/port.ts";
import type { Evidence } from "../../model/text.ts";
import { known, type Value } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import { predictClaim } from "../listener.ts";
import type { Scene } from "../technology.ts";
import { absolute, type JavaCommand } from "./command.ts";
import { type JvmProject, mavenProperty } from "./project.ts";
import { type Document, readSettings } from "./settings.ts";

/** A program of the JVM with the project that it is built from. */
export interface JvmProgram {
	readonly process: Process;
	readonly scene: Scene;
	readonly command: JavaCommand;
	readonly project: JvmProject;
	/** From the start command to the project's build file. */
	readonly evidence: readonly Evidence[];
}

/** A framework that is recognised by a project's dependencies and decides itself where to listen. */
export interface Framework {
	/** As its makers write it. */
	readonly title: string;
	/** Undefined when the project does not use it, or leaves the port to its source. */
	predict(program: JvmProgram): Promise<Prediction | undefined>;
}

/** A socket of Java without an address takes IPv4 and IPv6. */
export const ANY = "::";

/** What a server listens on by its settings, or by its own default. */
export function predictPort(program: JvmProgram, port: Value | undefined, byDefault: number, address?: Value): Prediction {
	return predictClaim({
		port: port ?? known(String(byDefault)),
		address: address ?? known(ANY),
		byConvention: port === undefined,
		anyAddress: ANY,
		evidence: program.evidence,
	});
}

/** Documents of a settings file on the classpath, and of one of that name in these folders of the image, which wins. */
export async function readDocuments(program: JvmProgram, name: string, folders: readonly string[] = []): Promise<Document[]> {
	const { scene, project, process } = program;
	const places = [
		...folders.map((folder) => ({ files: scene.files, path: absolute(absolute(process.cwd, folder), name) })),
		...["src/main/resources", "conf", "resources"].map((folder) => ({
			files: project.files,
			path: absolute(project.folder, `${folder}/${name}`),
		})),
	];
	const found: Document[] = [];
	for (const { files, path } of places) {
		const read = await files.read(path);
		// Later documents of a file override earlier ones.
		if (read.kind !== "text") continue;
		const text = read.file.text.replace(/@([\w.-]+)@/g, (whole, key: string) => mavenProperty(project, key) ?? whole);
		found.push(...readSettings({ ...read.file, text }, name).reverse());
	}
	return found;
}
