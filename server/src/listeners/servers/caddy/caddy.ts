import { resolvePath } from "../../../dockerfile/walk.ts";
import { t } from "../../../model/message.ts";
import type { Prediction } from "../../../model/port.ts";
import { type Evidence, isStock, type TextFile } from "../../../model/text.ts";
import { known, likelyText, mapText, type Value } from "../../../model/value.ts";
import { type Process, programName } from "../../../process/process.ts";
import { flagValue, textOf } from "../../commandLine.ts";
import { mergePredictions, predictClaim } from "../../listener.ts";
import type { Scene, Technology } from "../../technology.ts";
import { readConfig } from "../configFile.ts";
import { readEndpoints } from "../endpoint.ts";
import { readMatching } from "../files.ts";
import { fillIn } from "../placeholders.ts";
import { type CaddyBlock, parseCaddyfile } from "./caddyfile.ts";

/**
 * Caddy: the ports of its sites' addresses; a host name means 443, with UDP for HTTP/3, and 80 for redirects
 * (caddyserver.com/docs/automatic-https); the administration endpoint on 127.0.0.1:2019 (caddyserver.com/docs/api).
 * JSON: `apps.http.servers.*.listen`.
 */
export const caddy: Technology = {
	name: "caddy",
	title: "Caddy",
	async command(process, scene) {
		if (programName(textOf(process.argv[0]) ?? "") !== "caddy") return undefined;
		const [verb, ...args] = process.argv.slice(1);
		const serves = likelyText(verb);
		if (serves === "file-server" || serves === "reverse-proxy" || serves === "respond" || serves === "static-response") {
			const address = flagValue(args, ["--listen", "-l", "--from"]);
			const given = address
				? sites(process, address, process.evidence.at(-1))
				: [claim(process, known("80"), known(""), process.evidence.at(-1), true)];
			return mergePredictions([...given, admin(process, undefined)]);
		}
		if (serves !== "run" && serves !== "start" && !serves?.startsWith("-") && serves !== undefined) return { listeners: [], gaps: [] };
		// Without a verb it is Caddy 1; the later one only prints its help.
		return predictCaddy(process, scene, process.argv.slice(1), serves === undefined || serves.startsWith("-"));
	},
};

/** What `run` with these flags listens on, by its Caddyfile or JSON; also for servers that Caddy is built into. */
export async function predictCaddy(process: Process, scene: Scene, args: readonly Value[], isOld = false): Promise<Prediction> {
	const given = likelyText(flagValue(args, ["--config", "-c", "-conf"]));
	const path = resolvePath(process.cwd, given ?? "Caddyfile");
	let read = await scene.files.read(path);
	if (read.kind === "absent" && given === undefined) read = await scene.files.read("/etc/caddy/Caddyfile");
	const at = process.evidence.at(-1);
	if (read.kind !== "text") {
		const reason = read.reason ?? t("{0} is not in the image", programName(path));
		return { listeners: [], gaps: [at ? { reason, evidence: at } : { reason }] };
	}
	if (/^\s*\{\s*"/.test(read.file.text) || path.endsWith(".json")) return readJson(process, read.file);
	return readCaddyfile(process, scene, read.file, isOld);
}

/** What a Caddyfile with these addresses, separated by blanks or commas, and nothing else listens on. */
export function predictSites(process: Process, addresses: Value): Prediction {
	const at = process.evidence.at(-1);
	const found = addressesOf(addresses).flatMap((one) => sites(process, one, at, STANDARD, likelyText(addresses) === undefined));
	return mergePredictions([...found, admin(process, undefined)]);
}

function readJson(process: Process, file: TextFile): Prediction {
	const entries = readConfig(file, "yaml");
	const listens = entries.filter((entry) => /^apps\.http\.servers\.[^.]+\.listen$/.test(entry.key));
	const found = listens.flatMap((entry) =>
		readEndpoints(fillIn(entry.text, process.environment, entry.at)).map((one) =>
			claim(process, one.port ?? known("80"), one.address, entry.at, false, one.protocol),
		),
	);
	return mergePredictions([...found, admin(process, entries.find((entry) => entry.key === "admin.listen")?.text)]);
}

async function readCaddyfile(process: Process, scene: Scene, file: TextFile, isOld: boolean): Promise<Prediction> {
	const predictions: Prediction[] = [];
	const blocks = await withImports(parseCaddyfile(file), scene, resolvePath(pathOf(file), ".."), 0);
	const options = blocks.find((block) => block.hasBraces && block.words.length === 0);
	const option = (name: string): readonly string[] | undefined => options?.inner.find((one) => one.words[0] === name)?.words.slice(1);
	const ports: Ports = {
		http: option("http_port")?.[0] ?? "80",
		https: option("https_port")?.[0] ?? "443",
		automatic: !["off", "disable_certs"].includes(option("auto_https")?.[0] ?? ""),
		redirects: option("auto_https")?.[0] !== "disable_redirects",
		isOld,
	};
	// (name) is a snippet, &(name) a named route.
	const own = withoutHooks(blocks.filter((block) => block !== options && !/^&?\(/.test(block.words[0] ?? "")));
	// Without braces the whole file is one site, whose addresses are its first line.
	const written = own[0]?.hasBraces ? own.filter((block) => block.hasBraces) : own.slice(0, 1);
	for (const block of written) {
		for (const word of block.words
			.join(" ")
			.split(/[\s,]+/)
			.filter(Boolean))
			for (const address of addressesOf(fill(word, process, block.at)))
				predictions.push(...sites(process, address, block.at, ports, isStock(file)));
	}
	const administration = option("admin")?.[0];
	if (administration !== "off" && !isOld) predictions.push(admin(process, administration));
	return mergePredictions(predictions);
}

/** Without lines such as `{$CADDY_EXTRA_CONFIG}` before the sites, which somebody may fill; nobody does by default. */
function withoutHooks(blocks: readonly CaddyBlock[]): readonly CaddyBlock[] {
	const rest = blocks.filter((block) => block.hasBraces || !block.words.every((word) => /^\{\$\w+\}$/.test(word)));
	const isSite = rest[0]?.hasBraces === true && /^(?:\{\$|localhost\b|https?:|\S*[.:])/.test(rest[0].words[0] ?? "");
	return isSite ? rest : blocks;
}

/** A variable may hold several addresses: `SERVER_NAME=localhost, app:80`. */
function addressesOf(value: Value): readonly Value[] {
	const parts = (likelyText(value) ?? "").split(/[\s,]+/).filter(Boolean);
	return parts.length < 2 ? [value] : parts.map((part) => mapText(value, (_, from) => known(part, ...from)));
}

interface Ports {
	readonly http: string;
	readonly https: string;
	readonly automatic: boolean;
	readonly redirects: boolean;
	/** Caddy 1: a site without a name is plain HTTP, on 2015 when it has no port. */
	readonly isOld: boolean;
}

const STANDARD: Ports = { http: "80", https: "443", automatic: true, redirects: true, isOld: false };

/** Caddy's own placeholders for the environment: `{$PORT}`, `{$PORT:80}`, `{env.PORT}`. */
function fill(text: string, process: Process, at: Evidence): Value {
	return fillIn(
		text
			.replace(/\{\$(\w+)(?::([^}]*))?\}/g, (_, name, value) => `\${${name}${value === undefined ? "" : `:-${value}`}}`)
			.replace(/\{env\.(\w+)\}/g, "${$1}"),
		process.environment,
		at,
	);
}

/** The sockets of one site address: `:80`, `example.org`, `http://example.org:8080`, `localhost`. */
function sites(process: Process, address: Value, at: Evidence | undefined, ports: Ports = STANDARD, stock = false): Prediction[] {
	const likely = likelyText(address);
	if (likely === undefined) return [claim(process, address, known(""), at, stock)];
	const [, scheme = "", rest = ""] = /^(?:([a-z]+):\/\/)?(.*)$/.exec(likely) ?? [];
	const [, host = "", port] = /^(\[[^\]]*\]|[^:/]*)(?::([^/]*))?/.exec(rest) ?? [];
	if (scheme !== "" && scheme !== "http" && scheme !== "https") return [];
	const portOf = (text: string): Value => mapText(address, (_, from) => known(text, ...from));
	const one = (text: string): Prediction => claim(process, portOf(text), known(""), at, stock || port === undefined);
	const quic = (text: string): Prediction => claim(process, portOf(text), known(""), at, stock || port === undefined, "udp");
	if (ports.isOld && scheme === "" && /^(?:[\d.]*|\[.*\]|localhost)$/.test(host)) return [one(port ?? "2015")];
	if (port !== undefined) {
		// HTTPS comes with a host name or its own port, but not on the port of HTTP.
		const encrypted =
			scheme === "https" || (scheme === "" && ports.automatic && port !== ports.http && (host !== "" || port === ports.https));
		const redirects = encrypted && ports.automatic && ports.redirects && host !== "";
		return [one(port), ...(encrypted ? [quic(port)] : []), ...(redirects ? [claim(process, portOf(ports.http), known(""), at, true)] : [])];
	}
	if (scheme === "http" || host === "" || !ports.automatic) return [one(scheme === "https" ? ports.https : ports.http)];
	return [one(ports.https), quic(ports.https), ...(ports.redirects ? [one(ports.http)] : [])];
}

async function withImports(blocks: readonly CaddyBlock[], scene: Scene, folder: string, depth: number): Promise<CaddyBlock[]> {
	const found: CaddyBlock[] = [];
	for (const block of blocks) {
		const [name, pattern] = block.words;
		if (name !== "import" || pattern === undefined || depth > 5) {
			found.push(block);
			continue;
		}
		for (const file of (await readMatching(scene.files, folder, pattern)).files)
			found.push(...(await withImports(parseCaddyfile(file), scene, folder, depth + 1)));
	}
	return found;
}

/** Imports are relative to the file, of which only the place in the image counts. */
function pathOf(file: TextFile): string {
	return file.standsFor ? "/etc/caddy/Caddyfile" : `/etc/caddy/${programName(file.uri)}`;
}

function admin(process: Process, address: string | undefined): Prediction {
	const at = process.evidence.at(-1);
	if (address === "off" || address?.startsWith("unix/")) return { listeners: [], gaps: [] };
	const [endpoint] = address === undefined || !at ? [] : readEndpoints(known(address, at));
	return claim(process, endpoint?.port ?? known("2019"), endpoint?.address ?? known("127.0.0.1"), at, endpoint === undefined);
}

function claim(
	process: Process,
	port: Value,
	address: Value,
	at: Evidence | undefined,
	byConvention: boolean,
	protocol: "tcp" | "udp" | "sctp" = "tcp",
): Prediction {
	return predictClaim({ port, address, protocol, byConvention, anyAddress: "::", evidence: [...process.evidence, ...(at ? [at] : [])] });
}
