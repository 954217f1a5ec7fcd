import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { known, likelyText, type Value } from "../../model/value.ts";
import { mergePredictions } from "../listener.ts";
import { optionArguments } from "./command.ts";
import { type Framework, type JvmProgram, predictPort, readDocuments } from "./framework.ts";
import { type Document, type Origins, STRICT, settingOf, settingText } from "./settings.ts";

/** Extensions of Quarkus that bring its HTTP server. */
const QUARKUS_HTTP =
	/quarkus-(resteasy|rest\b(?!-client)|rest-(?!client)|vertx-http|vertx-web|undertow|reactive-routes|spring-web|smallrye-(graphql\b(?!-client)|openapi|health|metrics)|micrometer-registry-prometheus|websockets(?!-client)|funqy-http|funqy-knative|qute-web|keycloak-authorization|oidc\b|web-bundler|renarde|jackson-web|hibernate-orm-rest-data|amazon-lambda-(http|rest)|mcp-server-(sse|http))/;

/**
 * Quarkus: 8080 on all interfaces, `quarkus.http.port` and `quarkus.http.host` (Quarkus, "All configuration options").
 * Settings of the profile (`%prod.`) win; HTTPS opens only with a certificate, management on 9000 only when it is enabled.
 */
export const quarkus: Framework = {
	title: "Quarkus",
	async predict(program) {
		const { dependencies } = program.project;
		if (!/io-quarkus|quarkus-/.test(dependencies)) return undefined;
		const { command } = program;
		const development = command.program.kind === "project";
		const origins = await quarkusOrigins(program, development ? "dev" : "prod");
		const servers: Prediction[] = [];
		if (QUARKUS_HTTP.test(dependencies) && settingText(origins, "quarkus.http.host-enabled") !== "false") {
			const address = settingOf(origins, "quarkus.http.host") ?? known(development ? "127.0.0.1" : "0.0.0.0");
			if (settingText(origins, "quarkus.http.insecure-requests") !== "disabled")
				servers.push(predictPort(program, settingOf(origins, "quarkus.http.port"), 8080, address));
			const certificate = [
				"quarkus.http.ssl.certificate.files",
				"quarkus.http.ssl.certificate.key-store-file",
				"quarkus.http.ssl.certificate.file",
			].some((key) => settingOf(origins, key));
			if (certificate) servers.push(predictPort(program, settingOf(origins, "quarkus.http.ssl-port"), 8443, address));
			if (settingText(origins, "quarkus.management.enabled") === "true")
				servers.push(predictPort(program, settingOf(origins, "quarkus.management.port"), 9000));
		}
		if (/quarkus-grpc\b/.test(dependencies) && settingText(origins, "quarkus.grpc.server.use-separate-server") !== "false")
			servers.push({ listeners: [], gaps: [{ reason: t("whether gRPC has its own server is not known") }] });
		if (servers.length === 0) return { listeners: [], gaps: [{ reason: t("no web server among the extensions") }] };
		return mergePredictions(servers);
	},
};

async function quarkusOrigins(program: JvmProgram, byDefault: string): Promise<Origins> {
	const { process, command } = program;
	const files: Document[] = [];
	for (const name of ["application.properties", "application.yaml", "application.yml"])
		files.push(...(await readDocuments(program, name, ["config"])));
	const base = {
		arguments: new Map(),
		properties: new Map([...command.properties, ...dashed(program)]),
		environment: process.environment,
		naming: STRICT,
	};
	const profile = settingText({ ...base, files }, "quarkus.profile") ?? byDefault;
	const profiled = files.map(
		(document): Document =>
			new Map(
				[...document].flatMap(([key, value]) => {
					const name = new RegExp(`^"?%${profile.replace(/\W/g, "\\$&")}"?\\.(.*)$`).exec(key)?.[1];
					return name === undefined ? [] : [[name, value] as const];
				}),
			),
	);
	const own: Document[] = [];
	for (const extension of ["properties", "yaml", "yml"])
		own.push(...(await readDocuments(program, `application-${profile}.${extension}`, ["config"])));
	return { ...base, files: [...own, ...profiled, ...files] };
}

/** A native executable takes `-Dname=value` among its own arguments. */
function dashed({ command }: JvmProgram): [string, Value][] {
	return [...optionArguments(command.args)].filter(([name]) => name.startsWith("D")).map(([name, value]) => [name.slice(1), value]);
}

/**
 * Micronaut: 8080 on all interfaces, `micronaut.server.port`, MICRONAUT_SERVER_PORT, -1 for one of its choice; HTTPS on 8443
 * when `micronaut.server.ssl.enabled` (Micronaut, "HTTP Server Configuration").
 */
export const micronaut: Framework = {
	title: "Micronaut",
	async predict(program) {
		const { dependencies, text } = program.project;
		if (!/io-micronaut|micronaut-/.test(dependencies) && !/io\.micronaut/.test(text)) return undefined;
		if (
			!/micronaut-(http-server|server-netty|undertow|jetty|tomcat|http-server-netty)/.test(dependencies) &&
			!/runtime\s*\(?\s*['"](netty|tomcat|jetty|undertow)/.test(text)
		)
			return { listeners: [], gaps: [{ reason: t("no web server among the dependencies") }] };
		const origins = await plainOrigins(
			program,
			["application.properties", "application.yml", "application.yaml"],
			"micronaut.environments",
		);
		const port = settingOf(origins, "micronaut.server.port");
		const secure = ["micronaut.server.ssl.enabled", "micronaut.ssl.enabled"].some((key) => settingText(origins, key) === "true");
		if (secure && settingText(origins, "micronaut.server.dual-protocol") !== "true")
			return predictPort(program, settingOf(origins, "micronaut.server.ssl.port") ?? settingOf(origins, "micronaut.ssl.port"), 8443);
		if (likelyText(port)?.trim() === "-1") return { listeners: [], gaps: [{ reason: t("the port is chosen at run time") }] };
		const servers = [predictPort(program, port, 8080, settingOf(origins, "micronaut.server.host"))];
		if (secure) servers.push(predictPort(program, settingOf(origins, "micronaut.server.ssl.port"), 8443));
		return mergePredictions(servers);
	},
};

/** Helidon: `server.port` of application.yaml (SE) or META-INF/microprofile-config.properties (MP); without it a port is chosen. */
export const helidon: Framework = {
	title: "Helidon",
	async predict(program) {
		if (!/io-helidon/.test(program.project.dependencies)) return undefined;
		const origins = await plainOrigins(program, [
			"META-INF/microprofile-config.properties",
			"application.yaml",
			"application.yml",
			"application.properties",
		]);
		const port = settingOf(origins, "server.port");
		return port ? predictPort(program, port, 8080, settingOf(origins, "server.host")) : undefined;
	},
};

async function plainOrigins(program: JvmProgram, names: readonly string[], stages?: string): Promise<Origins> {
	const { process, command } = program;
	const files: Document[] = [];
	for (const name of names) files.push(...(await readDocuments(program, name, ["config"])));
	const base = {
		arguments: optionArguments(command.args),
		properties: command.properties,
		environment: process.environment,
		naming: STRICT,
	};
	const own: Document[] = [];
	for (const stage of stages === undefined ? [] : (settingText({ ...base, files: [] }, stages) ?? "").split(",").filter(Boolean))
		for (const name of names) own.push(...(await readDocuments(program, name.replace(/\.(\w+)$/, `-${stage.trim()}.$1`), ["config"])));
	return { ...base, files: [...own, ...files] };
}
