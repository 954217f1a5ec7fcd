import type { Prediction } from "../../model/port.ts";
import { likelyText } from "../../model/value.ts";
import { mergePredictions } from "../listener.ts";
import { absolute, optionArguments } from "./command.ts";
import { type Framework, type JvmProgram, predictPort, readDocuments } from "./framework.ts";
import { type Document, type Origins, RELAXED, readSettings, settingOf, settingText } from "./settings.ts";

/** Starters that bring an embedded web server, by themselves or by what they depend on (Spring Boot, "Build Systems: Starters"). */
const WEB =
	/spring-boot-starter-(web|webflux|webmvc|web-services|webservices|jersey|hateoas|data-rest|websocket|undertow|tomcat|jetty|reactor-netty)\b|spring-cloud-(starter-gateway|gateway-server|config-server|starter-netflix-eureka-server|starter-netflix-zuul|starter-gateway-server-\w+)|spring-boot-admin-(starter-)?server|vaadin-spring-boot-starter|springdoc-openapi-(starter-)?web(mvc|flux)|camunda-bpm-spring-boot-starter-(webapp|rest)|dgs-spring|graphql-spring-boot-starter|spring-cloud-dataflow-server|mybatis-plus-boot-starter-web|jhipster-framework|spring-cloud-stream-app-starters-http/;

/**
 * Spring Boot: 8080 on all interfaces; `server.port` and `server.address` from arguments, SPRING_APPLICATION_JSON, system
 * properties, variables and application files, those of active profiles first (Spring Boot, "Externalized Configuration").
 * `management.server.port` is a server of its own, and gRPC starters bring one. Without a web starter nothing listens.
 */
export const spring: Framework = { title: "Spring Boot", predict };

async function predict(program: JvmProgram): Promise<Prediction | undefined> {
	const { dependencies, text } = program.project;
	if (!/spring-boot|springframework-boot/.test(dependencies) && !/spring-boot-maven-plugin|org\.springframework\.boot/.test(text))
		return undefined;
	const origins = await originsOf(program);
	const grpc = predictGrpc(program, origins);
	const type = settingText(origins, "spring.main.web-application-type");
	const port = settingOf(origins, "server.port");
	if (type === "none" || (await startsWithoutWeb(program))) return mergePredictions(grpc);
	if (!WEB.test(dependencies)) {
		if (grpc.length > 0) return mergePredictions(grpc);
		return { listeners: [], gaps: [{ reason: "no web server among the dependencies" }] };
	}
	const servers = [...grpc];
	if (likelyText(port)?.trim() !== "-1") servers.push(predictPort(program, port, 8080, settingOf(origins, "server.address")));
	const management = /spring-boot-starter-actuator|spring-boot-actuator/.test(dependencies)
		? settingOf(origins, "management.server.port")
		: undefined;
	if (management && likelyText(management)?.trim() !== "-1")
		servers.push(predictPort(program, management, 8080, settingOf(origins, "management.server.address")));
	return mergePredictions(servers);
}

/** grpc-spring-boot-starter of net.devh and Spring gRPC: 9090; of LogNet: 6565 (their manuals, "Server configuration"). */
function predictGrpc(program: JvmProgram, origins: Origins): Prediction[] {
	const { dependencies } = program.project;
	const found: Prediction[] = [];
	const server = (key: string, byDefault: number) => {
		const port = settingOf(origins, key);
		if (likelyText(port)?.trim() !== "-1") found.push(predictPort(program, port, byDefault));
	};
	if (/net-devh:grpc-(server-)?spring-boot(-starter|-autoconfigure)?\b(?!.*client)/.test(dependencies)) server("grpc.server.port", 9090);
	else if (/io-github-lognet:grpc-spring-boot-starter/.test(dependencies)) server("grpc.port", 6565);
	else if (/spring-grpc-(server-)?spring-boot-starter\b|spring-boot-starter-grpc-server/.test(dependencies))
		server("spring.grpc.server.port", 9090);
	return found;
}

async function originsOf(program: JvmProgram): Promise<Origins> {
	const { process, command } = program;
	const json = await jsonDocument(program);
	const base: Omit<Origins, "files"> = {
		arguments: optionArguments(command.args),
		properties: command.properties,
		environment: process.environment,
		naming: RELAXED,
	};
	const application = [...json, ...(await configured(program, base)), ...(await documents(program, "application"))];
	const active = settingText({ ...base, files: application.filter((one) => conditionOf(one) === undefined) }, "spring.profiles.active");
	const profiles = (active ?? "default")
		.split(",")
		.map((one) => one.trim())
		.filter(Boolean);
	const specific: Document[] = [];
	for (const profile of profiles.toReversed()) {
		specific.push(...(await documents(program, `application-${profile}`)));
		specific.push(...application.filter((one) => conditionOf(one) !== undefined && holds(conditionOf(one) ?? "", [profile])));
	}
	const plain = application.filter((one) => conditionOf(one) === undefined);
	const bootstrap = /spring-cloud/.test(program.project.dependencies) ? await documents(program, "bootstrap") : [];
	return { ...base, files: [...json, ...specific, ...plain, ...bootstrap] };
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
async function configured(program: JvmProgram, base: Omit<Origins, "files">): Promise<Document[]> {
	const found: Document[] = [];
	for (const key of ["spring.config.location", "spring.config.additional-location"])
		for (const place of (settingText({ ...base, files: [] }, key) ?? "").split(",")) {
			const path = place
				.trim()
				.replace(/^optional:/, "")
				.replace(/^file:(\/\/)?/, "");
			if (path === "" || path.startsWith("classpath:")) continue;
			const names = path.endsWith("/") ? ["properties", "yml", "yaml"].map((one) => `${path}application.${one}`) : [path];
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

/** A main class that says WebApplicationType.NONE. */
async function startsWithoutWeb({ project }: JvmProgram): Promise<boolean> {
	for (const language of ["java", "kotlin"]) {
		let folder = absolute(project.folder, `src/main/${language}`);
		for (let depth = 0; depth < 8; depth++) {
			const names = await project.files.list(folder);
			for (const name of names.filter((one) => /(Application|App|Main)\w*\.(java|kt)$/.test(one)).slice(0, 3)) {
				const read = await project.files.read(absolute(folder, name));
				if (read.kind === "text" && /@SpringBootApplication/.test(read.file.text) && /WebApplicationType\.NONE/.test(read.file.text))
					return true;
			}
			const folders = names.filter((one) => !one.includes("."));
			if (folders.length !== 1) break;
			folder = absolute(folder, folders[0] ?? "");
		}
	}
	return false;
}
