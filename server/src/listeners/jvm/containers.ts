import { XMLParser } from "fast-xml-parser";
import { parseReference } from "../../image/reference.ts";
import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { evidenceIn, isStock, rangeBetween, type TextFile } from "../../model/text.ts";
import { known, knownText, likelyText, lookUp, type Value } from "../../model/value.ts";
import { type Process, programName } from "../../process/process.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import type { Scene, Technology } from "../technology.ts";

const ANY = "::";

/** Anybody may call a script startup.sh: Tomcat's stands in its folder, or where a variable says that this is Tomcat. */
function isTomcats({ argv, environment }: Process, scene: Scene): boolean {
	return (
		/tomcat|catalina/i.test(knownText(argv[0]) ?? "") ||
		environment.has("CATALINA_HOME") ||
		environment.has("CATALINA_BASE") ||
		/tomcat|tomee/.test(scene.base?.image.reference ?? "")
	);
}

/**
 * Apache Tomcat, TomEE: `catalina.sh run`; the connectors of conf/server.xml, 8080 in the one that it comes with. The shutdown
 * port is on loopback only (Tomcat, "The HTTP Connector", "The Server Component").
 */
export const tomcat: Technology = {
	name: "tomcat",
	title: "Apache Tomcat",
	async command(process, scene) {
		const name = programName(knownText(process.argv[0]) ?? "");
		const verb = knownText(process.argv[1]);
		const starts = name === "catalina.sh" && (verb === "run" || verb === "start" || verb === "jpda");
		if (!starts && !(name === "startup.sh" && isTomcats(process, scene))) return undefined;
		const home =
			likelyText(process.environment.get("CATALINA_BASE")) ?? likelyText(process.environment.get("CATALINA_HOME")) ?? "/usr/local/tomcat";
		const read = await scene.files.read(`${home}/conf/server.xml`);
		if (read.kind === "unknown") return { listeners: [], gaps: [{ reason: read.reason }] };
		if (read.kind === "absent") return claim(process, undefined, "8080");
		const properties = new Map<string, Value>();
		for (const variable of ["CATALINA_OPTS", "JAVA_OPTS"]) {
			const value = process.environment.get(variable);
			for (const [, key = "", text = ""] of (likelyText(value) ?? "").matchAll(/-D([\w.]+)=(\S+)/g))
				properties.set(key, known(text, ...(value?.kind === "known" ? value.from : [])));
		}
		const connectors = elements(read.file.text, "Connector").filter((one) => one.port !== "-1");
		return mergePredictions(
			connectors.map((one) =>
				claim(process, resolved(one.port ?? "", read.file, properties, process), "8080", one.address, isStock(read.file)),
			),
		);
	},
};

/**
 * WildFly and JBoss EAP: `standalone.sh`; HTTP on 8080 and, since WildFly 10.1 and EAP 7.1, HTTPS on 8443 at `-b` (loopback without
 * it), the management on 9990 at `-bmanagement` (WildFly, "Getting Started Guide", "Interfaces and ports").
 */
export const wildfly: Technology = {
	name: "wildfly",
	title: "WildFly",
	async command(process, scene) {
		if (programName(knownText(process.argv[0]) ?? "") !== "standalone.sh") return undefined;
		const words = process.argv.map((word) => likelyText(word) ?? "");
		const property = (key: string) =>
			words.map((word) => new RegExp(`^-D${key.replaceAll(".", "\\.")}=(.*)$`).exec(word)?.[1]).find((one) => one !== undefined);
		const option = (name: string) =>
			words
				.map((word, i) => (word === name ? words[i + 1] : word.startsWith(`${name}=`) ? word.slice(name.length + 1) : undefined))
				.find((one) => one !== undefined);
		const offset = Number(property("jboss.socket.binding.port-offset") ?? 0);
		if (!Number.isInteger(offset)) return { listeners: [], gaps: [{ reason: t("the port offset is not known") }] };
		const address = option("-b") ?? property("jboss.bind.address") ?? "127.0.0.1";
		const management = option("-bmanagement") ?? property("jboss.bind.address.management") ?? "127.0.0.1";
		const port = (key: string, byDefault: number) => String(Number(property(key) ?? byDefault) + offset);
		return mergePredictions([
			claim(process, undefined, port("jboss.http.port", 8080), address),
			...(isWithoutHttps(process, scene) ? [] : [claim(process, undefined, port("jboss.https.port", 8443), address)]),
			claim(process, undefined, port("jboss.management.http.port", 9990), management),
		]);
	},
};

function isWithoutHttps({ argv, environment }: Process, scene: Scene): boolean {
	const { name = "", version: tag } = scene.base ? parseReference(scene.base.image.reference) : {};
	const version =
		likelyText(environment.get("WILDFLY_VERSION")) ??
		/(?:wildfly|jboss)-([\d.]+)/.exec(likelyText(argv[0]) ?? "")?.[1] ??
		(/wildfly/.test(name) ? tag : undefined);
	const [major = 99, minor = 99] = version?.split(".").map(Number) ?? [];
	return major < 10 || (major === 10 && minor < 1);
}

/**
 * Open Liberty and WebSphere Liberty: `server run`; the httpEndpoint of server.xml, on all interfaces only with host="*"
 * (Open Liberty, "httpEndpoint"). The images' own configuration opens 9080 and 9443.
 */
export const liberty: Technology = {
	name: "open-liberty",
	title: "Open Liberty",
	async command(process, scene) {
		const [program, verb, name] = process.argv.map((word) => likelyText(word) ?? "");
		if (
			programName(program ?? "") !== "server" ||
			(verb !== "run" && verb !== "start") ||
			!/wlp|liberty/.test(`${program} ${[...process.environment.keys()].join(" ").toLowerCase()}`)
		)
			return undefined;
		const file = await firstFile(scene, [
			"/config/server.xml",
			`/opt/ol/wlp/usr/servers/${name || "defaultServer"}/server.xml`,
			`/opt/ibm/wlp/usr/servers/${name || "defaultServer"}/server.xml`,
		]);
		if (!file) return mergePredictions([claim(process, undefined, "9080"), claim(process, undefined, "9443")]);
		const [endpoint, ...others] = elements(file.text, "httpEndpoint");
		if (!endpoint || others.length > 0) return mergePredictions([claim(process, undefined, "9080"), claim(process, undefined, "9443")]);
		const variables = new Map(
			elements(file.text, "variable").flatMap((one): [string, Value][] =>
				one.name ? [[one.name, known(one.value ?? one.defaultValue ?? "")]] : [],
			),
		);
		const secure = endpoint.httpsPort;
		const servers = [
			claim(
				process,
				endpoint.httpPort === undefined ? undefined : resolved(endpoint.httpPort, file, variables, process),
				"9080",
				endpoint.host ?? "localhost",
			),
		];
		if (secure !== "-1")
			servers.push(
				claim(process, secure === undefined ? undefined : resolved(secure, file, variables, process), "9443", endpoint.host ?? "localhost"),
			);
		return mergePredictions(servers);
	},
};

/** Jetty: `java -jar start.jar`; 8080, `jetty.http.port` (Eclipse Jetty, "Operations Guide": "http module"). */
export const jetty: Technology = {
	name: "jetty",
	title: "Eclipse Jetty",
	async command(process) {
		const words = process.argv.map((word) => likelyText(word) ?? "");
		if (programName(words[0] ?? "") !== "java" || !words.some((word) => /(^|\/)start\.jar$/.test(word)) || !words.includes("-jar"))
			return undefined;
		const given = process.argv.find((word) => /^(-D)?jetty\.(http\.)?port=/.test(likelyText(word) ?? ""));
		const port = /=(\d+)$/.exec(likelyText(given) ?? "")?.[1];
		return claim(process, port === undefined ? undefined : known(port, ...(given?.kind === "known" ? given.from : [])), "8080");
	},
};

function claim(process: Process, port: Value | undefined, byDefault: string, address?: string, stock = false): Prediction {
	return predictClaim({
		port: port ?? known(byDefault),
		address: known(address ?? ANY),
		byConvention: port === undefined || stock,
		anyAddress: ANY,
		evidence: process.evidence,
	});
}

/** `${name}` and `${name:default}` in an attribute: a property, or a variable of the environment. */
function resolved(text: string, file: TextFile, properties: ReadonlyMap<string, Value>, process: Process): Value {
	const start = Math.max(0, file.text.indexOf(text));
	const at = evidenceIn(file, rangeBetween(file.text, start, start + text.length), text);
	const placeholder = /^\$\{(?:env\.)?([\w.]+)(?::-?([^}]*))?\}$/.exec(text);
	if (!placeholder?.[1]) return known(text, at);
	const [, name, fallback] = placeholder;
	const found = properties.get(name) ?? lookUp(process.environment, name, at);
	return found.kind === "variable" && !found.fallback && fallback !== undefined ? { ...found, fallback: known(fallback, at) } : found;
}

type Attributes = Readonly<Record<string, string>>;

/** The attributes of every element of a name, in order; comments are not among them. */
function elements(text: string, name: string): Attributes[] {
	let parsed: unknown;
	try {
		parsed = new XMLParser({
			ignoreAttributes: false,
			attributeNamePrefix: "",
			parseAttributeValue: false,
			preserveOrder: true,
			processEntities: false,
		}).parse(text);
	} catch {
		return [];
	}
	const found: Attributes[] = [];
	const visit = (node: unknown, depth: number): void => {
		if (depth > 40) return;
		if (Array.isArray(node)) for (const one of node) visit(one, depth + 1);
		else if (typeof node === "object" && node !== null)
			for (const [key, value] of Object.entries(node)) {
				if (key === name) found.push(((node as Record<string, unknown>)[":@"] ?? {}) as Attributes);
				if (key !== ":@") visit(value, depth + 1);
			}
	};
	visit(parsed, 0);
	return found;
}

async function firstFile(scene: Scene, paths: readonly string[]): Promise<TextFile | undefined> {
	for (const path of paths) {
		const read = await scene.files.read(path);
		if (read.kind === "text") return read.file;
	}
	return undefined;
}
