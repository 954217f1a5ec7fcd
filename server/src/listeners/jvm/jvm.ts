import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { evidenceIn, rangeBetween } from "../../model/text.ts";
import { knownText } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import type { Build, Scene, Technology } from "../technology.ts";
import { type JavaCommand, readJava } from "./command.ts";
import type { Framework } from "./framework.ts";
import { isRunner, predictArchive } from "./knownArchives.ts";
import { helidon, micronaut, quarkus } from "./microprofile.ts";
import { predictSource } from "./plainJava.ts";
import { type JvmProject, projectOf, readProject } from "./project.ts";
import { dropwizard, ktor, play } from "./serverFiles.ts";
import { spring } from "./spring.ts";

/** Frameworks that are recognised by the dependencies of a project, in this order. */
const FRAMEWORKS: readonly Framework[] = [quarkus, micronaut, spring, dropwizard, play, ktor, helidon];

/**
 * Programs of the JVM: a jar, a class or a start script is followed to the project that it was built from; its dependencies
 * name the framework, and without one its source is read.
 */
export const jvm: Technology = { name: "jvm", title: "Java", command: predictJvm };

async function predictJvm(process: Process, scene: Scene): Promise<Prediction | undefined> {
	const command = readJava(process);
	if (!command) return undefined;
	const project = isRunner(command) ? undefined : await findProject(command, process, scene);
	if (project === "foreign") return undefined;
	if (!project) return (await predictArchive(command, process, scene)) ?? unclear(process, command);
	const evidence = [...process.evidence, buildEvidence(project)];
	const program = { process, scene, command, project, evidence };
	for (const framework of FRAMEWORKS) {
		const prediction = await framework.predict(program);
		if (prediction) return prediction;
	}
	return predictSource(program);
}

async function findProject({ program }: JavaCommand, process: Process, scene: Scene): Promise<JvmProject | "foreign" | undefined> {
	switch (program.kind) {
		case "jar":
			return projectOf(await scene.buildOf(program.path));
		case "project": {
			const own = await readProject(scene.files, program.folder);
			const from = own ? undefined : (await scene.buildOf(program.folder)).copiedFrom;
			return own ?? (from && readProject(from.files, from.path));
		}
		case "class": {
			const folders = new Set([...program.classpath.map((entry) => entry.replace(/\/\*$/, "")), process.cwd]);
			for (const folder of folders) {
				const project = await projectOf(await scene.buildOf(folder));
				if (project) return project;
			}
			return undefined;
		}
		case "executable": {
			const build = await scene.buildOf(program.path);
			if (!isMade(build)) return "foreign";
			return (await projectOf(build)) ?? "foreign";
		}
	}
}

/** Whether a build tool of the JVM made an executable: Gradle's start scripts, sbt's, native images. */
function isMade({ commands, copiedFrom }: Build): boolean {
	if (commands.some(({ argv }) => /(^|\/)(gradle|gradlew|sbt|mvn|mvnw|native-image)$/.test(knownText(argv[0]) ?? ""))) return true;
	return /\/(target|build)\/.*(-runner|\/bin\/)|-runner$/.test(copiedFrom?.path ?? "");
}

function buildEvidence({ file, text }: JvmProject) {
	const wanted = /<artifactId>[^<]*<\/artifactId>|\bid\b[^\n]*|plugins\s*\{/.exec(text)?.[0] ?? "";
	const start = Math.max(0, file.text.indexOf(wanted));
	return evidenceIn(file, rangeBetween(file.text, start, start + wanted.length), wanted);
}

function unclear(process: Process, { program }: JavaCommand): Prediction {
	const name =
		program.kind === "class"
			? program.name.replace(/^.*\./, "")
			: (program.kind === "project" ? program.folder : program.path).replace(/^.*\//, "");
	const reason = t("the project of {0} is not found", name);
	const at = process.evidence.at(-1);
	return { listeners: [], gaps: [at ? { reason, evidence: at } : { reason }] };
}
