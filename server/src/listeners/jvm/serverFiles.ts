import { isMap, isScalar, isSeq, parseDocument } from "yaml";
import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { evidenceIn, rangeBetween, type TextFile } from "../../model/text.ts";
import { known, knownText, lookUp, unknown, type Value } from "../../model/value.ts";
import { mergePredictions } from "../listener.ts";
import { absolute } from "./command.ts";
import { type Framework, type JvmProgram, predictPort } from "./framework.ts";

/**
 * Dropwizard: the application on 8080 and its administration on 8081, or the connectors of the YAML file behind `server`
 * (Dropwizard, "Configuration Reference: Servers"). Other subcommands (`db migrate`) listen on nothing.
 */
export const dropwizard: Framework = {
	title: "Dropwizard",
	async predict(program) {
		if (!/io-dropwizard:dropwizard-core|dropwizard-core/.test(program.project.dependencies)) return undefined;
		const [verb, name] = program.command.args.map(knownText);
		if (verb !== "server")
			return verb === undefined ? { listeners: [], gaps: [{ reason: t("the subcommand is not known") }] } : { listeners: [], gaps: [] };
		if (name === undefined) return mergePredictions([predictPort(program, undefined, 8080), predictPort(program, undefined, 8081)]);
		const file = await find(program, name);
		return file
			? ofConnectors(program, file)
			: { listeners: [], gaps: [{ reason: t("{0} is not in the image", name.replace(/^.*\//, "")) }] };
	},
};

async function find({ process, scene, project }: JvmProgram, name: string): Promise<TextFile | undefined> {
	const inImage = await scene.files.read(absolute(process.cwd, name));
	if (inImage.kind === "text") return inImage.file;
	const onClasspath = await project.files.read(absolute(project.folder, `src/main/resources/${name}`));
	return onClasspath.kind === "text" ? onClasspath.file : undefined;
}

function ofConnectors(program: JvmProgram, file: TextFile): Prediction {
	const server: unknown = parseDocument(file.text, { logLevel: "silent" }).get("server");
	const simple = isMap(server) && server.get("type") === "simple";
	const value = (node: unknown, key: string): Value | undefined => {
		const found = isMap(node) ? node.get(key, true) : undefined;
		if (!isScalar(found) || !found.range) return undefined;
		return substituted(String(found.value), file, found.range[0], found.range[1], program);
	};
	if (simple && isMap(server))
		return predictPort(program, value(server.get("connector"), "port"), 8080, value(server.get("connector"), "bindHost"));
	const servers: Prediction[] = [];
	for (const [key, byDefault] of [
		["applicationConnectors", 8080],
		["adminConnectors", 8081],
	] as const) {
		const list: unknown = isMap(server) ? server.get(key) : undefined;
		if (!isSeq(list)) servers.push(predictPort(program, undefined, byDefault));
		else for (const one of list.items) servers.push(predictPort(program, value(one, "port"), byDefault, value(one, "bindHost")));
	}
	return mergePredictions(servers);
}

/** `${PORT:-8080}` of an EnvironmentVariableSubstitutor. */
function substituted(text: string, file: TextFile, start: number, end: number, { process }: JvmProgram): Value {
	const at = evidenceIn(file, rangeBetween(file.text, start, end), file.text.slice(start, end));
	const variable = /^\$\{(\w+)(?::-?(.*))?\}$/.exec(text);
	if (!variable?.[1]) return text.includes("${") ? unknown(t("a placeholder that is not followed"), at) : known(text, at);
	const found = lookUp(process.environment, variable[1], at);
	return found.kind === "variable" && !found.fallback && variable[2] !== undefined ? { ...found, fallback: known(variable[2], at) } : found;
}

/**
 * Play: 9000, `-Dhttp.port`, PLAY_HTTP_PORT, `play.server.http.port` or `http.port` of conf/application.conf (Play,
 * "Configuring the HTTP server"). -Dhttp.port=disabled closes it.
 */
export const play: Framework = {
	title: "Play",
	async predict(program) {
		const { dependencies, text } = program.project;
		if (!/com-typesafe-play|org-playframework/.test(dependencies) && !/\bPlay(Scala|Java|Service|MinimalJava)\b/.test(text))
			return undefined;
		const { command, process, project } = program;
		const given =
			command.properties.get("http.port") ?? command.properties.get("play.server.http.port") ?? process.environment.get("PLAY_HTTP_PORT");
		if (knownText(given) === "disabled") return { listeners: [], gaps: [] };
		const read = await project.files.read(absolute(project.folder, "conf/application.conf"));
		const written = read.kind === "text" ? hoconValue(read.file, ["play.server.http.port", "http.port"], program) : undefined;
		return predictPort(program, given ?? written, 9000, command.properties.get("http.address"));
	},
};

/**
 * Ktor with EngineMain: `ktor.deployment.port` of application.conf or application.yaml, `-port=` and `-P:ktor.deployment.port=`
 * (Ktor, "Configuration in a file"). A server that the source makes is left to the source.
 */
export const ktor: Framework = {
	title: "Ktor",
	async predict(program) {
		const { dependencies, text } = program.project;
		if (
			!/ktor-server|io-ktor/.test(dependencies) ||
			!/EngineMain/.test(`${text}${program.command.program.kind === "class" ? program.command.program.name : ""}`)
		)
			return undefined;
		const { command, project } = program;
		for (const word of command.args) {
			const match = /^-(?:port|P:ktor\.deployment\.port)=(\d+)$/.exec(knownText(word) ?? "");
			if (match?.[1]) return predictPort(program, known(match[1], ...(word.kind === "known" ? word.from : [])), 80);
		}
		const given = command.properties.get("ktor.deployment.port");
		if (given) return predictPort(program, given, 80);
		for (const name of ["application.conf", "application.yaml", "application.yml"]) {
			const read = await project.files.read(absolute(project.folder, `src/main/resources/${name}`));
			if (read.kind !== "text") continue;
			const value = name.endsWith(".conf") ? hoconValue(read.file, ["ktor.deployment.port"], program) : yamlPort(read.file, program);
			if (value) return predictPort(program, value, 80, known("0.0.0.0"));
		}
		return { listeners: [], gaps: [{ reason: t("ktor.deployment.port is not found") }] };
	},
};

function yamlPort(file: TextFile, program: JvmProgram): Value | undefined {
	const node = parseDocument(file.text, { logLevel: "silent" }).getIn(["ktor", "deployment", "port"], true);
	if (!isScalar(node) || !node.range) return undefined;
	const text = String(node.value);
	// "$PORT:8080" is the variable with a default.
	const variable = /^\$\{?(\w+)(?::(.*?))?\}?$/.exec(text);
	return substituted(
		variable ? `\${${variable[1]}${variable[2] === undefined ? "" : `:${variable[2]}`}}` : text,
		file,
		node.range[0],
		node.range[1],
		program,
	);
}

/** The last value of a path in a HOCON file, `${?NAME}` as an override; only plain nesting is understood. */
function hoconValue(file: TextFile, paths: readonly string[], { process }: JvmProgram): Value | undefined {
	const stack: string[] = [];
	let result: Value | undefined;
	let offset = 0;
	for (const line of file.text.split("\n")) {
		const text = line.replace(/(^|\s)(#|\/\/).*$/, "");
		for (const [, name, open, close, value] of text.matchAll(
			/([\w.-]+)?\s*(?:[:=]?\s*(\{)|(\})|[:=]\s*("[^"]*"|\$\{\??[\w.]+\}|[^\s{},]+))/g,
		)) {
			if (open) stack.push(name ?? "");
			else if (close) stack.pop();
			else if (name !== undefined && value !== undefined && paths.includes([...stack, name].filter(Boolean).join("."))) {
				const at = evidenceIn(file, rangeBetween(file.text, offset, offset + line.length), line);
				const plain = value.replace(/^"|"$/g, "");
				const variable = /^\$\{\??(\w+)\}?/.exec(plain)?.[1];
				if (variable === undefined) result = known(plain, at);
				else {
					const found = lookUp(process.environment, variable, at);
					result = found.kind === "variable" && !found.fallback && result ? { ...found, fallback: result } : found;
				}
			}
		}
		offset += line.length + 1;
	}
	return result;
}
