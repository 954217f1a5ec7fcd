import { known, knownText, likelyText, mapText, type Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";

/** How a command starts a program of the JVM. */
export interface JavaCommand {
	readonly program:
		| { readonly kind: "jar"; readonly path: string }
		/** A class by its full name, on these paths. */
		| { readonly kind: "class"; readonly name: string; readonly classpath: readonly string[] }
		/** A start script or an executable that a build made. */
		| { readonly kind: "executable"; readonly path: string }
		/** `mvn spring-boot:run`, `gradle run`: the build tool starts it from its source in this folder. */
		| { readonly kind: "project"; readonly folder: string; readonly task: string };
	/** System properties: `-Dname=value`. */
	readonly properties: ReadonlyMap<string, Value>;
	readonly args: readonly Value[];
}

/** Options of `java` that take the next word (The java Command, "Standard Options for Java"). */
const WITH_VALUE = new Set([
	"-cp",
	"-classpath",
	"--class-path",
	"-p",
	"--module-path",
	"--add-modules",
	"--add-opens",
	"--add-exports",
	"--add-reads",
	"--upgrade-module-path",
	"--source",
]);

/** Variables from which every JVM takes options (JDK_JAVA_OPTIONS, JAVA_TOOL_OPTIONS). */
const OPTION_VARIABLES = ["JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"];

/** Reads a command of the JVM; undefined for anything else. */
export function readJava(process: Process): JavaCommand | undefined {
	const program = knownText(process.argv[0]);
	if (program === undefined) return undefined;
	const name = programName(program);
	const words = process.argv.slice(1);
	if (name === "java") return readLauncher(process, words);
	if (name === "run-java.sh") return readRunJava(process, words);
	if (/^(mvn|mvnw|mvnd)$/.test(name)) return readMaven(process, words);
	if (/^(gradle|gradlew)$/.test(name)) return readGradle(process, words);
	if (name === "sbt") return /\brun\b/.test(words.map(knownText).join(" ")) ? project(process, process.cwd, "run", words) : undefined;
	if (!program.includes("/") || /\.\w{2,3}$/.test(name)) return undefined;
	const variable = `${name.replace(/[^A-Za-z0-9]/g, "_").toUpperCase()}_OPTS`;
	const properties = new Map([...environmentProperties(process, [...OPTION_VARIABLES, "JAVA_OPTS", variable]), ...propertiesIn(words)]);
	return { program: { kind: "executable", path: absolute(process.cwd, program) }, properties, args: words };
}

function readLauncher(process: Process, words: readonly Value[]): JavaCommand | undefined {
	let classpath: string[] = (likelyText(process.environment.get("CLASSPATH")) ?? process.cwd)
		.split(":")
		.map((entry) => absolute(process.cwd, entry));
	const properties = environmentProperties(process, OPTION_VARIABLES);
	let isJar = false;
	for (let i = 0; i < words.length; i++) {
		const text = likelyText(words[i]);
		// A variable that nobody sets is no word, or options.
		if (text === undefined || text === "") continue;
		const property = propertyOf(words[i]);
		if (property) properties.set(...property);
		else if (text === "-jar") isJar = true;
		else if (isJar && !text.startsWith("-") && !text.startsWith("@"))
			return { program: { kind: "jar", path: absolute(process.cwd, text) }, properties, args: words.slice(i + 1) };
		else if (text === "-m" || text === "--module") {
			const name = likelyText(words[i + 1])?.split("/")[1];
			return name === undefined ? undefined : { program: { kind: "class", name, classpath }, properties, args: words.slice(i + 2) };
		} else if (WITH_VALUE.has(text)) {
			const value = likelyText(words[++i]) ?? "";
			if (/^(-cp|-classpath|--class-path)$/.test(text))
				classpath = value
					.split(":")
					.filter(Boolean)
					.map((entry) => absolute(process.cwd, entry));
		} else if (!text.startsWith("-") && !text.startsWith("@"))
			return { program: { kind: "class", name: text.replace(/^.*\//, ""), classpath }, properties, args: words.slice(i + 1) };
	}
	return undefined;
}

/** The start script of Red Hat's OpenJDK images: JAVA_APP_JAR, or the jar in /deployments; options in variables. */
function readRunJava(process: Process, words: readonly Value[]): JavaCommand {
	const jar = likelyText(process.environment.get("JAVA_APP_JAR"));
	const properties = environmentProperties(process, [...OPTION_VARIABLES, "JAVA_OPTIONS", "JAVA_OPTS", "JAVA_OPTS_APPEND"]);
	return { program: { kind: "jar", path: absolute("/deployments", jar ?? "quarkus-run.jar") }, properties, args: words };
}

function readMaven(process: Process, words: readonly Value[]): JavaCommand | undefined {
	const texts = words.map((word) => knownText(word) ?? "");
	const goal = texts.find((text) =>
		/^(spring-boot:run|quarkus:(dev|run)|mn:run|liberty:(run|dev)|jetty:run|exec:java|.*tomcat\d?-maven-plugin:run|tomcat\d?:run|.*:spring-boot-maven-plugin:run)$/.test(
			text,
		),
	);
	if (goal === undefined) return undefined;
	const file = flag(texts, /^(-f|--file)$/);
	const module = flag(texts, /^(-pl|--projects)$/)?.replace(/^:/, "");
	const root = file === undefined ? process.cwd : absolute(process.cwd, file.replace(/\/?pom\.xml$/, ""));
	const command = project(process, module === undefined ? root : absolute(root, module), goal, words);
	const given = words.find((word) => /^-Dspring-boot\.run\.(arguments|jvmArguments)=/.test(knownText(word) ?? ""));
	const inner = (
		knownText(given)
			?.replace(/^[^=]*=/, "")
			.replace(/^["']|["']$/g, "") ?? ""
	)
		.split(/[\s,]+/)
		.filter(Boolean);
	const values = inner.map((text) => known(text, ...(given?.kind === "known" ? given.from : [])));
	return {
		...command,
		args: values.filter((word) => knownText(word)?.startsWith("--")),
		properties: new Map([...command.properties, ...propertiesIn(values)]),
	};
}

function readGradle(process: Process, words: readonly Value[]): JavaCommand | undefined {
	const texts = words.map((word) => knownText(word) ?? "");
	const task = texts.find((text) => /(^|:)(bootRun|run|quarkusDev|runShadow|appRun|jettyRun|libertyRun|libertyDev)$/.test(text));
	if (task === undefined) return undefined;
	const root = absolute(process.cwd, flag(texts, /^(-p|--project-dir)$/) ?? ".");
	const module = task.split(":").slice(0, -1).join("/");
	const command = project(process, absolute(root, `./${module}`), task, words);
	const given = /--args[= ]['"]?(.*)$/.exec(texts.join(" "))?.[1]?.replace(/['"]$/, "");
	// Gradle's own system properties are not the program's.
	return {
		...command,
		properties: environmentProperties(process, OPTION_VARIABLES),
		args: given === undefined ? [] : given.split(/\s+/).map((text) => known(text)),
	};
}

function project(process: Process, folder: string, task: string, words: readonly Value[]): JavaCommand {
	return {
		program: { kind: "project", folder, task },
		properties: new Map([...environmentProperties(process, OPTION_VARIABLES), ...propertiesIn(words)]),
		args: [],
	};
}

function flag(texts: readonly string[], names: RegExp): string | undefined {
	const at = texts.findIndex((text) => names.test(text));
	return at < 0 ? undefined : texts[at + 1];
}

function environmentProperties(process: Process, names: readonly string[]): Map<string, Value> {
	const properties = new Map<string, Value>();
	for (const name of names) {
		const value = process.environment.get(name);
		const text = likelyText(value);
		if (!value || text === undefined) continue;
		for (const word of text.split(/\s+/)) {
			const property = propertyOf(mapText(value, (_, from) => known(word, ...from)));
			if (property) properties.set(...property);
		}
	}
	return properties;
}

function propertiesIn(words: readonly Value[]): [string, Value][] {
	return words.flatMap((word) => {
		const property = propertyOf(word);
		return property ? [property] : [];
	});
}

function propertyOf(word: Value | undefined): [string, Value] | undefined {
	const text = likelyText(word);
	const match = text === undefined ? undefined : /^-D([^=]+)=/.exec(text);
	if (!word || !match?.[1]) return undefined;
	return [match[1], mapText(word, (whole, from) => known(whole.slice(match[0].length), ...from))];
}

/** Arguments of the form `--name=value`, as Spring Boot and Micronaut take them. */
export function optionArguments(args: readonly Value[]): ReadonlyMap<string, Value> {
	const options = new Map<string, Value>();
	for (const word of args) {
		const match = /^--?([\w.[\]-]+)=/.exec(likelyText(word) ?? "");
		if (match?.[1])
			options.set(
				match[1],
				mapText(word, (text, from) => known(text.slice(match[0].length), ...from)),
			);
	}
	return options;
}

/** An absolute POSIX path without `.`, `..` and doubled slashes. */
export function absolute(cwd: string, path: string): string {
	const parts: string[] = [];
	for (const part of (path.startsWith("/") ? path : `${cwd}/${path}`).split("/")) {
		if (part === "..") parts.pop();
		else if (part !== "" && part !== ".") parts.push(part);
	}
	return `/${parts.join("/")}`;
}
