import { URI, Utils } from "vscode-uri";
import { type ConfigEntry, type ConfigMap, type ConfigNode, child, evidenceAt, type Place } from "../config/node.ts";
import { resolveUri } from "../context/resolveUri.ts";
import type { FileSystem } from "../model/files.ts";
import { t } from "../model/message.ts";
import type { Gap } from "../model/port.ts";
import type { TextFile } from "../model/text.ts";
import { known, likelyText, type Value } from "../model/value.ts";
import { parseDotenv } from "../source/core/dotenv.ts";
import { SourceFile } from "../source/core/sourceFile.ts";
import { readComposeDocument } from "./document.ts";
import { DEFAULT_FILES, OVERRIDE_FILES } from "./fileName.ts";
import { interpolate, type Variables } from "./interpolate.ts";
import { mergeNodes, normalizeService } from "./merge.ts";
import { type Folders, readService, type Service } from "./service.ts";

/** What `docker compose` would start, seen from one of its files. */
export interface ComposeProject {
	/** URI of the folder of its first file. */
	readonly folder: string;
	/** The files that were merged, the first at the bottom. */
	readonly files: readonly TextFile[];
	/** In the order of the text; with every profile. */
	readonly services: readonly Service[];
	/** Files that are missing or broken. */
	readonly gaps: readonly Gap[];
}

/** Files of one project, `include` and `extends` together: more are a circle or a mistake. */
const MAX_FILES = 50;

/**
 * Reads the project that the compose file at `uri` belongs to. A default file gets its override on top; an override, and
 * a file whose services have neither image nor build (`docker-compose.prod.yml`), goes on top of the folder's default file.
 * Never rejects: what cannot be read is a gap.
 */
export async function readProject(files: FileSystem, uri: string, text: string): Promise<ComposeProject> {
	const folder = Utils.dirname(URI.parse(uri)).toString();
	return mergeProject(files, folder, await filesOfProject(files, folder, { uri, text, origin: { line: 0, character: 0 } }));
}

/** Reads the project of exactly these files, the first at the bottom, as `docker compose --file` does. Never rejects. */
export async function mergeProject(files: FileSystem, folder: string, chain: readonly TextFile[]): Promise<ComposeProject> {
	const gaps: Gap[] = [];
	const own = await readVariables(files, folder);
	const included = new Map<string, ReadonlyMap<string, Value>>();
	const variables: Variables = (one) => included.get(one) ?? own;
	const reader = createReader(files, chain, { gaps, included, variables });
	let services: ReadonlyMap<string, ConfigEntry> = new Map();
	for (const file of chain) services = mergeServices(services, await reader.services(file));
	// Of files that are put on top of each other all paths start at the project's folder, of others beside the file.
	const folders: Folders = (uri) => (chain.some((file) => file.uri === uri) ? URI.parse(folder) : Utils.dirname(URI.parse(uri)));
	return {
		folder,
		files: chain,
		services: [...services]
			.filter(([, { value }]) => value.tag !== "reset")
			.map(([name, { key, value }]) => readService(name, key, value.kind === "map" ? value : emptyMap(value.place), variables, folders)),
		gaps,
	};
}

function emptyMap(place: Place): ConfigMap {
	return { kind: "map", entries: new Map(), place };
}

async function filesOfProject(files: FileSystem, folder: string, own: TextFile): Promise<readonly TextFile[]> {
	const listed = await files.list(folder);
	const names = listed.kind === "entries" ? listed.entries : new Map<string, unknown>();
	const name = Utils.basename(URI.parse(own.uri));
	const beside = async (candidates: readonly string[]): Promise<TextFile | undefined> => {
		const found = candidates.find((one) => names.has(one));
		if (found === undefined || found === name) return undefined;
		const uri = Utils.joinPath(URI.parse(folder), found).toString();
		const read = await files.read(uri);
		return read.kind === "text" ? { uri, text: read.text, origin: { line: 0, character: 0 } } : undefined;
	};
	if ((DEFAULT_FILES as readonly string[]).includes(name)) {
		const above = await beside(OVERRIDE_FILES);
		return above ? [own, above] : [own];
	}
	const isOverride = (OVERRIDE_FILES as readonly string[]).includes(name) || lacksImages(own);
	const below = isOverride ? await beside(DEFAULT_FILES) : undefined;
	return below ? [below, own] : [own];
}

/** Whether some service says neither what to build nor which image to start: it must come from a file below. */
function lacksImages(file: TextFile): boolean {
	const services = child(readComposeDocument(file).root, "services");
	if (services?.kind !== "map") return false;
	return [...services.entries.values()].some(
		({ value }) => value.kind === "map" && !["image", "build", "extends"].some((field) => value.entries.has(field)),
	);
}

function mergeServices(below: ReadonlyMap<string, ConfigEntry>, above: ReadonlyMap<string, ConfigEntry>): Map<string, ConfigEntry> {
	const merged = new Map(below);
	// One that is reset stays, marked, for it may have to take away what another file says.
	for (const [name, entry] of above) merged.set(name, { key: entry.key, value: mergeNodes(merged.get(name)?.value, entry.value) });
	return merged;
}

interface Reader {
	/** The services of a file, `include` and `extends` followed. */
	services(file: TextFile): Promise<ReadonlyMap<string, ConfigEntry>>;
}

interface Reading {
	readonly gaps: Gap[];
	/** The variables of included files, by URI; filled while reading. */
	readonly included: Map<string, ReadonlyMap<string, Value>>;
	readonly variables: Variables;
}

function createReader(files: FileSystem, given: readonly TextFile[], { gaps, included, variables }: Reading): Reader {
	const opened = new Map<string, TextFile>();

	async function open(uri: string, place: Place): Promise<TextFile | undefined> {
		const known = opened.get(uri);
		if (known) return known;
		if (opened.size >= MAX_FILES) {
			gaps.push({ reason: t("too many compose files"), evidence: evidenceAt(place) });
			return undefined;
		}
		const own = given.find((one) => one.uri === uri);
		const read = own ? { kind: "text" as const, text: own.text } : await files.read(uri);
		if (read.kind !== "text") {
			const name = Utils.basename(URI.parse(uri));
			gaps.push({ reason: read.kind === "absent" ? t("{0} is not there", name) : `${name}: ${read.reason}`, evidence: evidenceAt(place) });
			return undefined;
		}
		const file: TextFile = { uri, text: read.text, origin: { line: 0, character: 0 } };
		opened.set(uri, file);
		return file;
	}

	async function servicesOf(file: TextFile, including: readonly string[]): Promise<ReadonlyMap<string, ConfigEntry>> {
		const { root, problem } = readComposeDocument(file);
		if (problem) gaps.push({ reason: problem.reason, evidence: evidenceAt(problem.place) });
		let services: ReadonlyMap<string, ConfigEntry> = new Map();
		for (const { path, folder } of includesOf(child(root, "include"))) {
			const place = path.place;
			const uri = resolveFrom(folder, likelyText(interpolate(path.text, variables, place)));
			const other = uri === undefined || including.includes(uri) ? undefined : await open(uri, place);
			if (!other) continue;
			// The including project's variables win over the included one's.
			included.set(other.uri, new Map([...(await readVariables(files, folderOf(other).toString())), ...variables(file.uri)]));
			services = mergeServices(services, await servicesOf(other, [...including, other.uri]));
		}
		const written = child(root, "services");
		if (written?.kind !== "map") return services;
		const here = new Map<string, ConfigEntry>();
		for (const [name, { key, value }] of written.entries) {
			// `web:` with nothing behind it is being typed.
			if (value.kind === "map") here.set(name, { key, value: await extended(file, name, value, []) });
			else if (value.kind === "scalar")
				here.set(name, { key, value: { ...emptyMap(value.place), ...(value.tag ? { tag: value.tag } : {}) } });
		}
		return mergeServices(services, here);
	}

	/** The service with what it extends below it (docs.docker.com/reference/compose-file/services/#extends). */
	async function extended(file: TextFile, name: string, node: ConfigMap, above: readonly string[]): Promise<ConfigMap> {
		const service = normalizeService(node);
		const extend = child(node, "extends");
		if (!extend) return service;
		const text = (at: ConfigNode | undefined) =>
			at?.kind === "scalar" ? likelyText(interpolate(at.text, variables, at.place)) : undefined;
		const wanted = extend.kind === "scalar" ? text(extend) : text(child(extend, "service"));
		const path = text(child(extend, "file"));
		const uri = path === undefined ? file.uri : resolveFrom(folderOf(file), path);
		const from = uri === file.uri ? file : uri === undefined ? undefined : await open(uri, extend.place);
		const key = `${uri}#${wanted}`;
		if (!from || wanted === undefined || above.includes(key) || key === `${file.uri}#${name}`) return service;
		const base = child(readComposeDocument(from).root, "services", wanted);
		if (base?.kind !== "map") {
			gaps.push({ reason: t("there is no service {0} to extend", wanted), evidence: evidenceAt(extend.place) });
			return service;
		}
		const below = await extended(from, wanted, base, [...above, key]);
		const merged = mergeNodes(below, service);
		return merged.kind === "map" ? merged : service;
	}

	return { services: (file) => servicesOf(file, [file.uri]) };
}

interface Include {
	readonly path: Extract<ConfigNode, { kind: "scalar" }>;
	/** Where a relative path starts. */
	readonly folder: URI;
}

/** `include: [path]`, or mappings with one or several paths. */
function includesOf(node: ConfigNode | undefined): readonly Include[] {
	if (node?.kind !== "list") return [];
	return node.items.flatMap((item) => {
		const paths = item.kind === "map" ? child(item, "path") : item;
		const all = paths?.kind === "list" ? paths.items : paths ? [paths] : [];
		return all.flatMap((path) => (path.kind === "scalar" ? [{ path, folder: Utils.dirname(URI.parse(path.place.file.uri)) }] : []));
	});
}

function folderOf(file: TextFile): URI {
	return Utils.dirname(URI.parse(file.uri));
}

function resolveFrom(folder: URI, path: string | undefined): string | undefined {
	if (path === undefined || path === "" || path.startsWith("~") || /^[a-z+]+:\/\//i.test(path)) return undefined;
	return resolveUri(folder, path);
}

/** The variables of the `.env` file beside a project. */
async function readVariables(files: FileSystem, folder: string): Promise<ReadonlyMap<string, Value>> {
	const uri = Utils.joinPath(URI.parse(folder), ".env").toString();
	const read = await files.read(uri);
	const variables = new Map<string, Value>();
	if (read.kind !== "text") return variables;
	const file = new SourceFile(uri, { uri, text: read.text, origin: { line: 0, character: 0 } }, undefined);
	for (const { name, value, at } of parseDotenv(file)) variables.set(name, known(value, at));
	return variables;
}
