import type { ImageFiles } from "../../context/imageFiles.ts";
import type { TextFile } from "../../model/text.ts";
import { knownText } from "../../model/value.ts";
import type { Process } from "../../process/process.ts";
import type { Build } from "../technology.ts";
import { between, without, withoutComments } from "./buildText.ts";
import { absolute } from "./command.ts";

/** A Maven, Gradle or sbt project whose build file was found. */
export interface JvmProject {
	readonly folder: string;
	readonly files: ImageFiles;
	/** Its pom.xml, build.gradle, build.gradle.kts or build.sbt. */
	readonly file: TextFile;
	/** The group and name of every dependency in sight, one a line, dots and dashes alike: `org-springframework-boot:…`. */
	readonly dependencies: string;
	/** The build file without comments, for plugins and main classes. */
	readonly text: string;
	/** Build files that this one inherits from, the nearest first, without comments. */
	readonly ancestors: readonly string[];
}

const BUILD_FILES = ["pom.xml", "build.gradle.kts", "build.gradle", "build.sbt"];

/** The project that a jar, a class folder or a start script at this path was built from. */
export async function projectOf(build: Build, depth = 0): Promise<JvmProject | undefined> {
	const name = build.path.slice(build.path.lastIndexOf("/") + 1).replace(/\.jar$/, "");
	const roots = build.commands.flatMap((command) => buildFolder(command) ?? []);
	if (roots.length > 0) {
		const own = await projectAbove(build.files, build.path);
		if (own) return own;
		for (const { folder, module } of roots.toReversed()) {
			const found = await chooseModule(build.files, folder, module, name);
			if (found) return found;
		}
		return undefined;
	}
	const archive = build.commands.map(unpacked).findLast((path) => path !== undefined);
	if (archive !== undefined && build.buildOf && depth < 4) return projectOf(await build.buildOf(archive), depth + 1);
	if (!build.copiedFrom) return undefined;
	const { files, path } = build.copiedFrom;
	return (await projectAbove(files, path)) ?? chooseModule(files, "/", undefined, name);
}

/** The jar that a command takes apart: `java -Djarmode=tools -jar app.jar extract`, `jar -xf app.jar`, `unzip app.jar`. */
function unpacked({ argv, cwd }: Process): string | undefined {
	const words = argv.map((word) => knownText(word) ?? "");
	const tool = words[0]?.replace(/^.*\//, "") ?? "";
	const unpacks = tool === "java" ? words.includes("extract") : tool === "jar" ? /^-?x/.test(words[1] ?? "") : tool === "unzip";
	const jar = unpacks ? words.find((word) => word.endsWith(".jar")) : undefined;
	return jar === undefined ? undefined : absolute(cwd, jar);
}

/** The module whose output folder a path lies in: `/src/api` of `/src/api/target/api.jar`. */
async function projectAbove(files: ImageFiles, path: string): Promise<JvmProject | undefined> {
	const folder = /^(.*?)\/(?:target|build)(?:\/|$)/.exec(path)?.[1];
	return folder === undefined ? undefined : readProject(files, folder === "" ? "/" : folder);
}

/** The folder that a build tool works in, and the module that it was told to build. */
function buildFolder({ argv, cwd }: Process): { readonly folder: string; readonly module?: string } | undefined {
	const words = argv.map((word) => knownText(word) ?? "");
	const tool = words[0]?.replace(/^.*\//, "") ?? "";
	if (!/^(mvn|mvnw|mvnd|gradle|gradlew|sbt)$/.test(tool)) {
		// `sh ./mvnw package`
		const wrapped = /^(sh|bash)$/.test(tool) && /(mvnw|gradlew)$/.test(words[1] ?? "");
		return wrapped
			? buildFolder({ ...{ cwd, environment: new Map(), evidence: [], ends: false, conditional: false }, argv: argv.slice(1) })
			: undefined;
	}
	const after = (names: RegExp) => {
		const at = words.findIndex((word) => names.test(word));
		return at < 0 ? undefined : words[at + 1];
	};
	const file = after(/^(-f|--file|-b|--build-file)$/);
	const folder = absolute(
		cwd,
		file === undefined ? (after(/^(-p|--project-dir)$/) ?? ".") : file.replace(/\/?(pom\.xml|build\.gradle(\.kts)?)$/, "") || ".",
	);
	const module =
		after(/^(-pl|--projects)$/) ??
		words
			.map((word) => /^:?([\w:-]+):(build|bootJar|shadowJar|assemble|installDist|installShadowDist|jar|fatJar)$/.exec(word)?.[1])
			.find(Boolean);
	return module === undefined ? { folder } : { folder, module: module.split(",")[0]?.replace(/^:/, "").replaceAll(":", "/") ?? "" };
}

/** A module by the one that was built, by the jar's name, or the only one that makes a program. */
async function chooseModule(files: ImageFiles, root: string, module: string | undefined, name: string): Promise<JvmProject | undefined> {
	const top = await readProject(files, root);
	const modules = await modulesOf(files, root, top);
	if (module) {
		const last = module.replace(/^.*\//, "");
		const named = modules.find(
			(one) => one.folder === absolute(root, module) || one.folder.endsWith(`/${last}`) || artifactOf(one) === last,
		);
		if (named) return named;
	}
	if (modules.length === 0) return top;
	const fits = modules.filter((one) =>
		[one.folder.replace(/^.*\//, ""), artifactOf(one), finalNameOf(one)].some(
			(own) => own !== undefined && own !== "" && (name === own || name.startsWith(`${own}-`)),
		),
	);
	const longest = fits.sort((a, b) => b.folder.length - a.folder.length)[0];
	if (longest) return longest;
	const programs = [...modules, ...(top ? [top] : [])].filter(makesProgram);
	return programs.length === 1 ? programs[0] : undefined;
}

function artifactOf({ text }: JvmProject): string | undefined {
	return /<artifactId>\s*([^<\s]+)/.exec(without(text, "<parent>", "</parent>"))?.[1];
}

function finalNameOf({ text }: JvmProject): string | undefined {
	return /<finalName>\s*([^<$\s]+)\s*<\/finalName>/.exec(text)?.[1];
}

/** Whether a build makes something that can be started, not only a library. */
function makesProgram({ text }: JvmProject): boolean {
	return /spring-boot-maven-plugin|quarkus-maven-plugin|micronaut-maven-plugin|maven-shade-plugin|maven-assembly-plugin|mainClass|org\.springframework\.boot['")\s]|io\.quarkus['")\s]|io\.micronaut\.application|com\.(github\.johnrengelman|gradleup)\.shadow|['"(\s]application['")\s]|io\.ktor\.plugin/.test(
		text,
	);
}

const MOST_MODULES = 40;

async function modulesOf(files: ImageFiles, root: string, top: JvmProject | undefined): Promise<JvmProject[]> {
	const names = [...(top?.text.matchAll(/<module>\s*([^<\s]+)\s*<\/module>/g) ?? [])].map((match) => match[1] ?? "");
	for (const name of ["settings.gradle", "settings.gradle.kts"]) {
		const read = await files.read(absolute(root, name));
		if (read.kind !== "text") continue;
		for (const [, list = ""] of withoutComments(read.file.text).matchAll(/\binclude\s*\(?((?:\s*['"][^'"]+['"]\s*,?)+)/g))
			names.push(...[...list.matchAll(/['"]:?([^'"]+)['"]/g)].map((match) => (match[1] ?? "").replaceAll(":", "/")));
	}
	const modules: JvmProject[] = [];
	for (const name of names.slice(0, MOST_MODULES)) {
		const module = await readProject(files, absolute(root, name));
		if (module) modules.push(module, ...(/<modules>/.test(module.text) ? await modulesOf(files, module.folder, module) : []));
		if (modules.length >= MOST_MODULES) break;
	}
	return modules;
}

/** The project whose build file stands in a folder. */
export async function readProject(files: ImageFiles, folder: string, depth = 0): Promise<JvmProject | undefined> {
	for (const name of BUILD_FILES) {
		const read = await files.read(folder.startsWith("/..") ? `${folder}/${name}` : absolute(folder, name));
		if (read.kind !== "text") continue;
		const text = withoutComments(read.file.text);
		const texts = [name === "pom.xml" ? mavenDependencies(text) : gradleDependencies(text)];
		const ancestors: string[] = [];
		if (depth < 3)
			for (const other of relatives(text, folder)) {
				const project = await readProject(files, other, depth + 2);
				texts.push(project?.dependencies ?? "");
				if (project && name === "pom.xml") ancestors.push(project.text, ...project.ancestors);
			}
		return { folder, files, file: read.file, dependencies: texts.join("\n"), text, ancestors };
	}
	return undefined;
}

/** A property of a Maven project: of the profile that is active by default, its own, or an inherited one. */
export function mavenProperty({ text, ancestors }: JvmProject, name: string): string | undefined {
	for (const one of [text, ...ancestors]) {
		const active = between(one, "<profile>", "</profile>").filter((profile) => /<activeByDefault>\s*true\s*</.test(profile));
		for (const place of [...active, without(one, "<profiles>", "</profiles>")])
			for (const properties of between(place, "<properties>", "</properties>")) {
				const value = between(properties, `<${name}>`, `</${name}>`)[0]?.trim();
				if (value !== undefined && !value.includes("${")) return value;
			}
	}
	return undefined;
}

/** Projects from which this one inherits or takes dependencies: a parent pom, sibling modules of Gradle. */
function relatives(text: string, folder: string): string[] {
	const parent = between(text, "<parent>", "</parent>")[0];
	const path =
		parent === undefined || /<relativePath\s*\/>/.test(parent)
			? undefined
			: (/<relativePath>\s*([^<\s]*)/.exec(parent)?.[1] ?? "../pom.xml");
	const root = absolute(folder, "..");
	const siblings = [
		...text.matchAll(/^\s*(?:implementation|api|runtimeOnly|compile)\b[^\n]*project\(\s*(?:path\s*[:=]\s*)?['"]:([\w:-]+)['"]/gm),
	].map((match) => absolute(root, (match[1] ?? "").replaceAll(":", "/")));
	return [...(path ? [above(folder, path.replace(/\/?pom\.xml$/, "") || ".")] : []), ...siblings.slice(0, 6)];
}

/** A path beside or above a folder. A build that sends one module alone has its parent above the root of all files. */
function above(folder: string, path: string): string {
	const [, up = ""] = /^((?:\/\.\.)+)$/.exec(folder === "/" ? "" : folder) ?? [];
	return (folder === "/" || up !== "") && /^\.\.(\/\.\.)*\/?$/.test(path) ? `${up}/${path.replace(/\/$/, "")}` : absolute(folder, path);
}

function mavenDependencies(text: string): string {
	const own = ["dependencyManagement", "build", "profiles"].reduce((rest, tag) => without(rest, `<${tag}>`, `</${tag}>`), text);
	return between(own, "<dependency>", "</dependency>")
		.filter((one) => !/<scope>\s*(test|import)\s*<|<type>\s*test-jar/.test(one))
		.map((one) => `${/<groupId>\s*([^<\s]+)/.exec(one)?.[1] ?? ""}:${/<artifactId>\s*([^<\s]+)/.exec(one)?.[1] ?? ""}`.replaceAll(".", "-"))
		.join("\n");
}

/** Every line that adds something to the classpath at run time, version catalogs (`libs.spring.boot.starter.web`) included. */
function gradleDependencies(text: string): string {
	return text
		.split("\n")
		.filter((line) =>
			/^\s*(implementation|api|runtimeOnly|compile|runtime|developmentOnly|\w*[iI]mplementation|\w+Api)\b|^\s*("|')[\w.-]+:|%%?|mavenCentral\(\)|runtime\(|\bid\b/.test(
				line,
			),
		)
		.filter((line) => !/^\s*(test|androidTest|integrationTest|functionalTest)\w*\b|%\s*("test"|Test)/.test(line))
		.map((line) => line.replaceAll(".", "-").trim())
		.join("\n");
}
