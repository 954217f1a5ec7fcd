import { knownText, likelyText, type Value } from "../../model/value.ts";
import { absolute, optionArguments } from "./command.ts";
import { type JvmProgram, readDocuments } from "./framework.ts";
import { type Document, type Origins, RELAXED, readSettings, settingOf, settingText } from "./settings.ts";
import type { SpringMain } from "./springMain.ts";

/** A program's settings from everywhere that Spring Boot takes them from, the strongest first. */
export async function springOrigins(program: JvmProgram, main: SpringMain): Promise<Origins> {
	const { process, command } = program;
	const json = await jsonDocument(program);
	const base: Omit<Origins, "files"> = {
		arguments: optionArguments(command.args),
		properties: new Map([...main.fixed, ...command.properties]),
		environment: process.environment,
		naming: RELAXED,
	};
	const defaults = [main.defaults];
	const given = { ...base, files: [...json, ...defaults] };
	const names = (settingText(given, "spring.config.name") ?? "application").split(",").map((one) => one.trim());
	const application = [...json, ...(await configured(program, base, names))];
	for (const name of names.toReversed()) application.push(...(await documents(program, name)));
	const plain = application.filter((one) => conditionOf(one) === undefined);
	const stated = { ...base, files: [...plain, ...defaults] };
	const active = settingOf(stated, "spring.profiles.active");
	const listed = [active, settingOf(stated, "spring.profiles.include")].flatMap((one) => list(likelyText(one) ?? ""));
	const profiles = listed.length > 0 ? listed : ["default"];
	const specific: Document[] = [];
	for (const profile of active?.kind === "unknown" ? await everyProfile(program, names) : profiles.toReversed()) {
		for (const name of names.toReversed()) specific.push(...(await documents(program, `${name}-${profile}`)));
		specific.push(...application.filter((one) => conditionOf(one) !== undefined && holds(conditionOf(one) ?? "", [profile])));
	}
	const bootstrap = /spring-cloud/.test(program.project.dependencies) ? await documents(program, "bootstrap") : [];
	const files = [...json, ...specific, ...plain, ...bootstrap, ...defaults];
	return { ...base, files: active?.kind === "unknown" ? undecided(active, specific, files) : files };
}

function list(text: string): string[] {
	return text
		.split(",")
		.map((one) => one.trim())
		.filter(Boolean);
}

/** The profiles that have a file of their own. */
async function everyProfile({ project }: JvmProgram, names: readonly string[]): Promise<string[]> {
	const files = await project.files.list(absolute(project.folder, "src/main/resources"));
	return files.flatMap((file) => {
		const [, name, profile] = /^([^-]+)-([\w-]+)\.(?:properties|ya?ml)$/.exec(file) ?? [];
		return name !== undefined && profile !== undefined && names.includes(name) ? [profile] : [];
	});
}

/** Files when nobody knows which profile is active: what only some of the profiles set is not known. */
function undecided(reason: Value, specific: readonly Document[], files: readonly Document[]): Document[] {
	const open = new Map<string, Value>();
	for (const document of specific)
		for (const [key, value] of document) {
			const all = files.map((one) => one.get(key)).filter((one) => one !== undefined);
			open.set(key, all.every((one) => knownText(one) !== undefined && knownText(one) === knownText(value)) ? value : reason);
		}
	return [open, ...files];
}

/** Files in config/ beside the program, beside it, and on the classpath; .properties before .yml. */
async function documents(program: JvmProgram, name: string): Promise<Document[]> {
	const all: Document[] = [];
	for (const extension of ["properties", "yml", "yaml"])
		all.push(
			...(await readDocuments(program, `${name}.${extension}`, ["config", "."])),
			...(await readDocuments(program, `config/${name}.${extension}`)),
		);
	return all;
}

/** `--spring.config.location`, `--spring.config.additional-location`: files of the image. */
async function configured(program: JvmProgram, base: Omit<Origins, "files">, named: readonly string[]): Promise<Document[]> {
	const found: Document[] = [];
	for (const key of ["spring.config.location", "spring.config.additional-location"])
		for (const place of (settingText({ ...base, files: [] }, key) ?? "").split(",")) {
			const path = place
				.trim()
				.replace(/^optional:/, "")
				.replace(/^file:(\/\/)?/, "");
			if (path === "" || path.startsWith("classpath:")) continue;
			const names = path.endsWith("/")
				? named.flatMap((name) => ["properties", "yml", "yaml"].map((one) => `${path}${name}.${one}`))
				: [path];
			for (const name of names) {
				const read = await program.scene.files.read(absolute(program.process.cwd, name));
				if (read.kind === "text") found.push(...readSettings(read.file, name).reverse());
			}
		}
	return found;
}

/** SPRING_APPLICATION_JSON, which is YAML as well. */
async function jsonDocument({ process, command }: JvmProgram): Promise<Document[]> {
	const value = process.environment.get("SPRING_APPLICATION_JSON") ?? command.properties.get("spring.application.json");
	if (value?.kind !== "known") return [];
	const at = value.from.at(-1);
	const read = readSettings({ uri: at?.uri ?? "", text: value.text, origin: { line: 0, character: 0 } }, "json.yml");
	return read.map(
		(document) => new Map([...document].map(([key, one]) => [key, one.kind === "known" ? { ...one, from: value.from } : one])),
	);
}

function conditionOf(document: Document): string | undefined {
	return likelyText(
		document.get("spring.config.activate.on-profile") ?? document.get("spring.profiles") ?? document.get("spring.profiles[0]"),
	);
}

/** `prod`, `prod | staging`, `!dev` ("Profile expressions"). */
function holds(expression: string, profiles: readonly string[]): boolean {
	return expression
		.split(/[,|]/)
		.some((part) =>
			part
				.split("&")
				.every((one) => (one.trim().startsWith("!") ? !profiles.includes(one.trim().slice(1)) : profiles.includes(one.trim()))),
		);
}

/** Libraries that bring settings from a server when the program starts. */
const REMOTE =
	/spring-cloud-(starter-config|config-client|starter-consul-config|starter-consul-all|starter-zookeeper-config|starter-vault-config|starter-alibaba-nacos-config|starter-kubernetes-(\w+-)?config|azure-appconfiguration-config)|nacos-config-spring-boot-starter|apollo-client/;

/**
 * Where settings that no file holds may come from: a configuration server that the program needs (Spring Cloud Config, "Config
 * Data Import", "Config First Bootstrap"). One that is optional, or on this machine alone, is taken for absent.
 */
export function remoteSettings({ project }: JvmProgram, origins: Origins): "needed" | "optional" | undefined {
	if (!REMOTE.test(project.dependencies)) return undefined;
	if (
		settingText(origins, "spring.cloud.config.enabled") === "false" ||
		settingText(origins, "spring.cloud.nacos.config.enabled") === "false"
	)
		return undefined;
	const imports = ["spring.config.import", ...Array.from({ length: 6 }, (_, i) => `spring.config.import[${i}]`)]
		.flatMap((key) => list(settingText(origins, key) ?? ""))
		.filter((one) => /^(optional:)?(configserver|consul|nacos|vault|zookeeper|kubernetes|azureAppConfiguration):?/i.test(one));
	if (imports.some((one) => !one.startsWith("optional:"))) return "needed";
	if (imports.length > 0) return "optional";
	if (settingText(origins, "spring.cloud.config.fail-fast") === "true") return "needed";
	const server = [
		"spring.cloud.config.uri",
		"spring.cloud.config.discovery.service-id",
		"spring.cloud.nacos.config.server-addr",
		"spring.cloud.consul.host",
		"apollo.meta",
	]
		.map((key) => settingText(origins, key))
		.find((one) => one !== undefined);
	return server === undefined || /localhost|127\.0\.0\.1/.test(server) ? "optional" : "needed";
}
